"""Lists by rule over journalists: whom they reach, in which language, who has left, who reads digests instead."""

from datetime import date

import pytest

from portal.mailing import audiences as lists
from portal.mailing.actions import sending
from portal.mailing.models import Delivery, MailingList, Subscription
from pressroom.actions import journalists
from pressroom.letters import LIST_ID
from tests import make
from tests.make import NOON
from tests.pressroom import press

pytestmark = pytest.mark.django_db


def reached(chosen, language: str = "vi") -> list[str]:
    return [each.email for each in lists.recipients(chosen, language)]


class TestRules:
    def test_a_list_without_a_rule_reaches_no_journalist(self):
        press.journalist()

        assert reached(make.mailing_list()) == []

    def test_beats_reach_those_who_named_them_and_those_who_named_none(self):
        labour, children = make.topic(), make.topic()
        on_it = press.journalist(beats=(labour,))
        press.journalist(beats=(children,))
        everything = press.journalist()

        assert reached(press.list_of_journalists(beats=(labour,))) == [on_it.email, everything.email]

    def test_two_beats_reach_a_journalist_once(self):
        topics = make.topic(), make.topic()
        both = press.journalist(beats=topics)

        assert reached(press.list_of_journalists(beats=topics)) == [both.email]

    def test_countries_and_outlets_restrict_together(self):
        japan, laos = make.country("JP"), make.country("LA")
        wanted = press.outlet(country=japan)
        here = press.journalist(outlet=wanted)
        press.journalist(outlet=press.outlet(country=japan))
        press.journalist(outlet=press.outlet(country=laos))

        assert reached(press.list_of_journalists(countries=[japan], outlets=[wanted])) == [here.email]

    def test_accredited_or_not_is_asked_of_today(self):
        valid = press.accredited()
        over = press.accredited(until=date(2020, 1, 1))
        known = press.journalist()

        assert reached(press.list_of_journalists(accreditation="accredited")) == [valid.email]
        assert reached(press.list_of_journalists("others", accreditation="not_accredited")) == [
            over.email,
            known.email,
        ]

    def test_the_kind_of_card_and_an_outlet_given_up_count(self):
        permit = press.journalist(card_kind="permit")
        press.journalist(card_kind="press_card")
        press.journalist(card_kind="permit", outlet=press.outlet(is_active=False))

        assert reached(press.list_of_journalists(card_kind="permit")) == [permit.email]

    def test_the_closed_and_those_who_want_no_letters_are_not_reached(self):
        closed = press.journalist()
        journalists.close(closed, by=press.officer(), now=NOON, why="Nghỉ hưu")
        press.journalist(frequency="never")

        assert reached(press.list_of_journalists()) == []


class TestLanguages:
    def test_a_mailing_in_one_language_reaches_those_who_want_it(self):
        vietnamese, english = press.journalist(language="vi"), press.journalist(language="en")
        chosen = press.list_of_journalists()

        assert (reached(chosen, "vi"), reached(chosen, "en")) == ([vietnamese.email], [english.email])

    def test_a_rule_may_want_one_language_only(self):
        press.journalist(language="vi")
        chosen = press.list_of_journalists(language="en")

        assert (reached(chosen, "vi"), reached(chosen, "en")) == ([], [])

    def test_they_are_named_in_the_language_of_the_letter(self):
        press.journalist(
            full_name="Jane Doe", language="en", outlet=press.outlet("x", name_vi="Hãng tin", name_en="Wire")
        )

        assert next(lists.recipients(press.list_of_journalists(), "en")).name == "Jane Doe, Wire"


class TestCopies:
    def test_whoever_stands_on_two_lists_gets_one_copy(self):
        press.journalist(email="lan@bao.example")
        mailing = sending.compose("Thông cáo", make.message(), by=None, now=NOON)
        mailing.lists.set([press.list_of_journalists("a"), press.list_of_journalists("b")])

        sending.approve(mailing, by=make.publisher(), now=NOON)

        assert [each.email for each in mailing.deliveries.all()] == ["lan@bao.example"]

    def test_one_click_leaves_the_list_for_good(self, client):
        press.journalist(email="Lan@bao.example")
        chosen = press.list_of_journalists()
        mailing = make.mailing("lan@bao.example")
        mailing.lists.add(chosen)

        client.post(f"/mail/{mailing.deliveries.get().token}/leave/")

        assert reached(chosen) == []
        assert Subscription.objects.get().state == "left"

    def test_the_page_of_ones_own_mail_shows_the_list_and_leaves_it(self, client):
        press.journalist(email="lan@bao.example")
        chosen = press.list_of_journalists()
        mailing = make.mailing("lan@bao.example")
        mailing.lists.add(chosen)
        page = f"/vi/thu-tin/{mailing.deliveries.get().token}/"

        assert chosen.title_vi in client.get(page).text
        client.post(f"{page}quyet-dinh/", {"choice": "leave", "list": [chosen.pk]})

        assert reached(chosen) == []

    def test_a_release_reaches_only_those_who_want_each_at_once(self):
        now, later = press.journalist(), press.journalist(frequency="daily")
        mailing = sending.compose("Thông cáo", make.message(list_id=LIST_ID), by=None, now=NOON)
        mailing.lists.set([press.list_of_journalists()])

        sending.approve(mailing, by=make.publisher(), now=NOON)

        assert [each.email for each in mailing.deliveries.all()] == [now.email]
        assert later.email in reached(MailingList.objects.get())

    @pytest.mark.parametrize("number", [3, 40])
    def test_reaching_costs_the_same_however_many_there_are(self, number, django_assert_max_num_queries):
        chosen = press.list_of_journalists()
        paper = press.outlet()
        for _ in range(number):
            press.journalist(outlet=paper)

        with django_assert_max_num_queries(11):
            assert len(reached(chosen)) == number


class TestTheListsOwnPage:
    def test_the_rule_is_edited_where_the_list_is(self, client, settings):
        settings.REQUIRE_SECOND_FACTOR = False
        client.force_login(press.officer(), backend="django.contrib.auth.backends.ModelBackend")
        chosen = press.list_of_journalists(accreditation="accredited")
        press.accredited()

        page = client.get(f"/admin/mailing/mailinglist/{chosen.pk}/change/").text

        assert "journalist_rule-0-accreditation" in page
        assert "1 người nhận bằng tiếng Việt" in page
        assert Delivery.objects.count() == 0
