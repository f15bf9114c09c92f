"""The public pages for the press, in both languages: the form, the journalist's link, answers, spokesperson, contacts, channels."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts import limits
from portal.accounts.refusal import Refused
from portal.mailing.models import Delivery
from portal.people.models import Office
from portal.search.models import Entry
from portal.web.public_forms import stamp
from pressroom import links
from pressroom.actions import enquiries, forgetting, registers, spokespersons
from pressroom.models import Enquiry, OfficialChannel, PressContact, Spokesperson
from pressroom.views.enquiries import ASKS_PER_HOUR
from tests import make
from tests.make import DAY, HOUR, NOON
from tests.pressroom import makers

pytestmark = pytest.mark.django_db
ASK = {"vi": "/vi/bao-chi/gui-cau-hoi/", "en": "/en/press/enquiries/"}
VOICE = {"vi": "/vi/bao-chi/nguoi-phat-ngon/", "en": "/en/press/spokesperson/"}


@pytest.fixture(autouse=True)
def _site():
    make.identity()


def asking(client: Client, language: str = "en", **said):
    fields = {
        "asked_by": "Anna Berg", "outlet_name": "Nordic Wire", "email": "anna@wire.example", "subject": "Wages",
        "question": "By how much did wages rise?", "terms": "on_record", "consent": "on", "stamp": stamp(), "website": "",
    } | said  # fmt: skip
    return client.post(ASK[language], {name: value for name, value in fields.items() if value is not None})


class TestAsking:
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_a_question_gets_its_page_with_its_reference(self, client, language):
        page = client.get(asking(client, language)["Location"])

        asked = Enquiry.objects.get()
        assert asked.language == language
        assert asked.reference in page.content.decode()
        assert asked.consent

    def test_looking_at_the_form_asks_nothing(self, client):
        assert client.get(ASK["en"]).status_code == 200
        assert not Enquiry.objects.exists()

    @pytest.mark.parametrize("missing", ["asked_by", "outlet_name", "email", "question", "consent"])
    def test_nothing_typed_is_lost_when_something_is_missing(self, client, missing):
        page = asking(client, **{missing: None, "subject": "Wages & pensions"}).content.decode()

        assert "Wages &amp; pensions" in page
        assert not Enquiry.objects.exists()

    def test_a_machine_is_thanked_and_forgotten(self, client):
        assert asking(client, website="https://spam.example").status_code == 302
        assert not Enquiry.objects.exists()

    @pytest.mark.parametrize("said", ["", "forged", None])
    def test_a_form_that_is_not_ours_is_not_taken(self, client, said):
        assert asking(client, stamp=said).status_code == 200
        assert not Enquiry.objects.exists()

    def test_too_many_questions_from_one_network_wait_with_everything_kept(self, client):
        for _ in range(ASKS_PER_HOUR):
            limits.may_ask("press enquiry", "127.0.0.1", ASKS_PER_HOUR)

        page = asking(client)

        assert page.status_code == 429
        assert "By how much did wages rise?" in page.content.decode()
        assert not Enquiry.objects.exists()

    @pytest.mark.parametrize(
        "hostile",
        [
            {"email": "a@b\r\nBcc: x@y.example"}, {"email": "x" * 400}, {"terms": "published"}, {"wanted_by": "31/02/2026"},
            {"wanted_by": "9999-99-99"}, {"question": "x" * 9000}, {"asked_by": "<b>" * 60},
        ],
    )  # fmt: skip
    def test_hostile_input_is_told_so(self, client, hostile):
        assert asking(client, **hostile).status_code == 200
        assert not Enquiry.objects.exists()

    def test_control_characters_are_taken_out(self, client):
        asking(client, subject="Wages\x0b\u202e now")

        assert "\x0b" not in Enquiry.objects.get().subject


class TestFollowing:
    def test_opening_the_link_changes_nothing(self, client):
        asked = makers.enquiry(now=timezone.now())
        before = Enquiry.objects.values().get()

        for method in (client.get, client.head):
            assert method(links.enquiry_path(asked, "en")).status_code == 200

        assert Enquiry.objects.values().get() == before

    def test_the_page_shows_no_answer_before_it_has_been_sent(self, client):
        asked = makers.cleared(now=timezone.now())
        path = links.enquiry_path(asked, "en")

        before = client.get(path).content.decode()
        enquiries.send(asked, by=None, now=timezone.now())
        after = client.get(path).content.decode()

        assert "6 per cent" not in before
        assert "6 per cent" in after
        assert "Số liệu" not in after

    def test_a_further_question_is_an_enquiry_of_its_own_with_its_own_clock(self, client):
        first = makers.answered(now=timezone.now() - DAY)

        client.post(
            links.enquiry_path(first, "en"), {"question": "And pensions?", "stamp": stamp(), "website": ""}
        )

        second = Enquiry.objects.get(follows=first)
        assert second.reference != first.reference
        assert second.email == first.email
        assert second.due_at > timezone.now()
        assert Delivery.objects.filter(key=f"enquiry-received:{second.pk}").exists()

    @pytest.mark.parametrize("token", ["HB-2026-0001", "1", "x.y", "a" * 300, "%2e%2e"])
    def test_a_forged_link_leads_nowhere(self, client, token):
        makers.enquiry()

        assert client.get(f"/en/press/enquiries/{token}/").status_code == 404

    def test_a_link_ends_some_time_after_the_enquiry(self, client):
        asked = makers.answered(now=timezone.now() - timedelta(days=91))

        assert client.get(links.enquiry_path(asked, "en")).status_code == 404

    def test_nobody_keeps_or_indexes_the_page(self, client):
        response = client.get(links.enquiry_path(makers.enquiry(), "en"))

        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        assert 'content="noindex"' in response.content.decode()

    def test_hostile_words_are_shown_as_words(self, client):
        asked = makers.enquiry(question="<script>alert(1)</script>", now=timezone.now())

        assert "<script>alert" not in client.get(links.enquiry_path(asked, "en")).content.decode()


class TestAnswers:
    def test_a_published_answer_is_listed_and_read_in_both_languages(self, client):
        item = make.published(makers.public_answer(), "vi", "en")

        for language, path, words in (
            ("vi", "/vi/bao-chi/tra-loi/", "Tiền lương quý III"), ("en", "/en/press/answers/", "Wages in the third quarter"),
        ):  # fmt: skip
            assert words in client.get(path).content.decode()
            page = client.get(make.again(item).get_absolute_url(language)).content.decode()
            assert words in page
            assert "Nordic Wire" in page

    def test_a_draft_is_nowhere(self, client):
        item = makers.public_answer()

        assert "Wages" not in client.get("/en/press/answers/").content.decode()
        assert client.get(f"/en/press/answers/{item.pk}/").status_code == 404

    def test_a_journalist_who_did_not_agree_is_never_named(self, client):
        item = make.published(makers.public_answer(), "en")

        assert "Anna Berg" not in client.get(make.again(item).get_absolute_url("en")).content.decode()
        assert not Entry.objects.filter(text__contains="Anna Berg").exists()

    def test_nor_by_an_editors_hand(self):
        item = make.changed(makers.public_answer(), by=None, question_en="Anna Berg of Nordic Wire asked …")

        with pytest.raises(Refused, match="đồng ý"):
            make.published(item, "en")

    def test_one_who_agreed_is(self, client):
        item = make.published(makers.public_answer(may_be_named=True), "en")

        assert "Anna Berg" in client.get(make.again(item).get_absolute_url("en")).content.decode()

    def test_a_language_without_an_answer_leads_to_the_other(self, client):
        item = make.published(makers.public_answer(), "en")

        assert client.get(f"/vi/bao-chi/tra-loi/{item.pk}/").status_code == 404

    @pytest.mark.parametrize("count", [3, 30])
    def test_the_list_costs_the_same_however_long(self, client, count, django_assert_num_queries):
        item = make.published(makers.public_answer(), "en")
        make.many_entries(count, like=Entry.objects.about(item).get(language="en"), now=NOON)
        client.get("/en/press/answers/")

        with django_assert_num_queries(2):
            client.get("/en/press/answers/?page=")


class TestSpokesperson:
    def test_nobody_is_shown_before_being_named(self, client):
        makers.spokesperson()

        assert "Quỳnh Anh" not in client.get(VOICE["en"]).content.decode()

    @pytest.mark.parametrize(("language", "title"), [("vi", "Chánh Văn phòng"), ("en", "Chief of Office")])
    def test_name_post_telephone_and_address_are_shown(self, client, language, title):
        spokespersons.name_on_portal(makers.spokesperson(), by=None, now=NOON)

        page = client.get(VOICE[language]).content.decode()

        for said in ("Nguyễn Thị Quỳnh Anh", title, "024 3826 9557", "phatngon@portal.example"):
            assert said in page

    def test_whoever_spoke_before_is_kept_with_the_title_of_that_time(self, client):
        former = makers.spokesperson(
            until=date(2026, 11, 19), person=makers.somebody("Trần Văn Ân", until=date(2026, 11, 19))
        )
        Office.objects.create(
            person=former.person, title_vi="Vụ trưởng", title_en="Director General", since=date(2026, 11, 20)
        )
        spokespersons.name_on_portal(former, by=None, now=NOON)

        page = client.get(VOICE["en"]).content.decode()

        assert "Trần Văn Ân" in page
        assert "Chief of Office" in page
        assert "Director General" not in page

    def test_a_delegation_shows_its_matter_and_its_days(self, client):
        today = timezone.now().date()
        delegated = makers.spokesperson(
            person=makers.somebody("Lê Thị Hồng"), matter_vi="Bảo hiểm xã hội", matter_en="Social insurance", since=today,
            until=today + DAY,
        )  # fmt: skip
        spokespersons.name_on_portal(delegated, by=None, now=timezone.now())

        assert "Social insurance" in client.get(VOICE["en"]).content.decode()

    def test_naming_is_done_once(self):
        row = makers.spokesperson()
        spokespersons.name_on_portal(row, by=None, now=NOON)
        spokespersons.name_on_portal(row, by=None, now=NOON + HOUR)

        assert Spokesperson.objects.get().named_at == NOON

    def test_naming_is_seen_at_once_by_everybody(self, client):
        row = makers.spokesperson()
        client.get(VOICE["en"])

        spokespersons.name_on_portal(row, by=None, now=NOON)

        assert "Quỳnh Anh" in client.get(VOICE["en"]).content.decode()


class TestContactsAndChannels:
    @pytest.mark.parametrize(
        ("path", "name"), [("/vi/bao-chi/dau-moi/", "Phòng Báo chí"), ("/en/press/contacts/", "Press Office")]
    )
    def test_offices_are_listed_in_both_languages(self, client, path, name):
        registers.keep_public(
            PressContact(name_vi="Phòng Báo chí", name_en="Press Office", phone="024 1", email="bc@portal.example",
                         hours_vi="8–17 giờ", hours_en="8–17"),
            by=None, now=NOON,
        )  # fmt: skip

        assert name in client.get(path).content.decode()

    @pytest.mark.parametrize("path", ["/vi/bao-chi/kenh-chinh-thuc/", "/en/press/official-channels/"])
    def test_channels_of_today_stand_apart_from_former_ones(self, client, path):
        for platform, until in (("Facebook", None), ("Zalo", date(2025, 1, 1))):
            registers.keep_public(
                OfficialChannel(platform=platform, name_vi="Bộ", name_en="Ministry", url="https://kenh.example/bo",
                                since=date(2020, 1, 1), until=until),
                by=None, now=NOON,
            )  # fmt: skip

        today, former = client.get(path).content.decode().split('id="former"')
        assert "Facebook" in today
        assert "Zalo" not in today
        assert "Zalo" in former


class TestForgetting:
    def test_particulars_of_a_stranger_are_erased_in_their_time_and_figures_stay(self):
        asked = makers.answered(now=NOON - timedelta(days=181))
        Delivery.objects.update(state="accepted", answered_at=NOON)

        assert forgetting.forget_due(NOON) == 1

        asked = make.again(asked)
        assert (asked.asked_by, asked.email, asked.phone, asked.outlet_name, asked.consent) == (
            "",
            "",
            "",
            "",
            "",
        )
        assert (asked.state, asked.replied_at is not None) == ("answered", True)
        assert not Delivery.objects.filter(email="anna@wire.example").exists()
        assert "6 per cent" not in Delivery.objects.get(key=f"enquiry-answered:{asked.pk}").message.text

    def test_the_link_ends_with_them(self, client):
        asked = makers.answered(now=timezone.now())
        forgetting.forget(asked.pk, now=timezone.now())

        assert client.get(links.enquiry_path(asked, "en")).status_code == 404

    def test_a_journalist_of_the_register_is_promised_the_same(self):
        anna = makers.journalist(email="anna@wire.example")
        asked = makers.answered(now=NOON - timedelta(days=181))

        assert forgetting.forget_due(NOON) == 1

        asked = make.again(asked)
        assert (asked.asked_by, asked.email, asked.phone, asked.journalist) == ("", "", "", None)
        assert make.again(anna).email == "anna@wire.example"

    def test_nothing_is_erased_before_its_time_or_while_it_is_open(self):
        makers.answered(now=NOON - timedelta(days=179))
        makers.enquiry(now=NOON - timedelta(days=400))

        assert forgetting.forget_due(NOON) == 0

    def test_a_second_run_finds_nothing(self):
        makers.answered(now=NOON - timedelta(days=181))
        forgetting.forget_due(NOON)

        assert forgetting.forget_due(NOON) == 0
