"""Readers decide about their own mail: signing up, leaving, language, erasing. Opening a link changes nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.mailing import audiences, comparing, letters
from portal.mailing.actions import sending
from portal.mailing.models import Delivery, MailingList, Subscriber, Subscription
from portal.web.public_forms import stamp
from tests import make

pytestmark = pytest.mark.django_db
SIGN_UP = "/vi/thu-tin/"


def signing_up(client: Client, *lists: MailingList, email: str = "ban.doc@example.com", **said):
    fields = {"email": email, "lists": [each.pk for each in lists], "language": "vi", "consent": "on",
              "stamp": stamp(), "website": ""} | said  # fmt: skip
    return client.post(SIGN_UP, {name: value for name, value in fields.items() if value is not None})


def page_of(delivery: Delivery, language: str = "vi") -> str:
    return f"/{language}/{'thu-tin' if language == 'vi' else 'mail'}/{delivery.token}/"


def press(client: Client, delivery: Delivery, choice: str, **more):
    return client.post(f"{page_of(delivery)}quyet-dinh/", {"choice": choice, **more})


@pytest.fixture
def bulletin() -> MailingList:
    return make.mailing_list()


class TestSigningUp:
    def test_nothing_is_sent_to_a_list_before_its_letter_has_been_answered(self, client, bulletin):
        signing_up(client, bulletin)

        assert Subscription.objects.get().state == Subscription.State.ASKED
        assert list(audiences.recipients(bulletin, "vi")) == []

    def test_the_letter_leads_to_the_page_whose_button_confirms(self, client, bulletin, sink, deliver):
        signing_up(client, bulletin)
        deliver(timezone.now())
        address = re.search(r"https://portal\.example(/vi/\S+)", sink.letters()[0].get_content()).group(1)

        shown = client.get(address)
        assert Subscription.objects.get().state == Subscription.State.ASKED
        press(client, Delivery.objects.get(), "confirm")

        assert "Bản tin tiếng Anh" in shown.content.decode()
        assert Subscription.objects.get().state == Subscription.State.CONFIRMED
        assert [each.email for each in audiences.recipients(bulletin, "vi")] == ["ban.doc@example.com"]

    @pytest.mark.parametrize(("language", "page"), [("vi", "/vi/thu-tin/"), ("en", "/en/mail/")])
    def test_the_letter_comes_in_the_language_asked_for(self, client, bulletin, language, page):
        signing_up(client, bulletin, language=language)

        message = Delivery.objects.get().message
        assert message.language == language
        assert page in message.text
        assert Subscriber.objects.get().language == language

    def test_the_words_agreed_to_are_kept(self, client, bulletin):
        signing_up(client, bulletin)

        assert "Tôi đồng ý" in Subscription.objects.get().consent

    @pytest.mark.parametrize(
        ("left_out", "wrong"),
        [("consent", None), ("email", "khong-phai-dia-chi"), ("lists", None), ("stamp", "forged")],
    )
    def test_what_is_missing_is_said_and_nothing_is_kept(self, client, bulletin, left_out, wrong):
        answer = signing_up(client, bulletin, **{left_out: wrong})

        assert answer.status_code == 200
        assert "field__error" in answer.content.decode()
        assert not Subscriber.objects.exists()

    def test_a_machine_is_answered_like_a_person_and_not_listened_to(self, client, bulletin):
        answer = signing_up(client, bulletin, website="http://spam.example")

        assert answer.status_code == 302
        assert not Subscriber.objects.exists()

    def test_a_stranger_cannot_learn_who_is_on_the_list_nor_flood_a_mailbox(self, client, bulletin):
        answers = [signing_up(client, bulletin) for _ in range(3)]

        assert len({(answer.status_code, answer.headers["Location"]) for answer in answers}) == 1
        assert Delivery.objects.count() == 1

    def test_a_list_that_is_not_public_cannot_be_had(self, client):
        assert signing_up(client, make.mailing_list(is_public=False)).status_code == 200
        assert not Subscriber.objects.exists()

    def test_a_link_older_than_a_week_confirms_nothing(self, client, bulletin):
        signing_up(client, bulletin)
        Subscription.objects.update(asked_at=timezone.now() - 8 * make.DAY)

        press(client, Delivery.objects.get(), "confirm")

        assert Subscription.objects.get().state == Subscription.State.ASKED


class TestLeaving:
    @pytest.fixture
    def sent(self, bulletin) -> Delivery:
        """A copy of a mailing to the list, waiting to be sent."""
        mailing = make.mailing("press@cn.embassy.example")
        mailing.lists.add(bulletin)
        sending.release(mailing, Delivery.Stage.ALL, by=None, now=make.NOON)
        return mailing.deliveries.get()

    def test_scanners_that_open_every_link_change_nothing(self, client, sent):
        for address in (f"/mail/{sent.token}/leave/", page_of(sent), page_of(sent, "en")):
            assert client.get(address).status_code in {200, 302}
            assert client.head(address).status_code in {200, 302}
        assert client.get(f"{page_of(sent)}quyet-dinh/", {"choice": "erase"}).status_code == 405

        sent.refresh_from_db()
        assert (sent.state, Subscription.objects.count()) == (Delivery.State.QUEUED, 0)

    def test_one_click_of_the_mail_program_leaves_and_what_waits_is_not_sent(self, sent):
        client = Client(enforce_csrf_checks=True)

        answer = client.post(f"/mail/{sent.token}/leave/", {"List-Unsubscribe": "One-Click"})

        sent.refresh_from_db()
        assert answer.status_code == 200
        assert sent.state == Delivery.State.EXCLUDED
        assert Subscription.objects.get().state == Subscription.State.LEFT

    def test_a_replayed_request_changes_nothing_more(self, client, sent):
        for _ in range(3):
            client.post(f"/mail/{sent.token}/leave/")

        assert Subscription.objects.count() == 1

    def test_a_post_that_left_is_not_written_to_by_the_next_mailing(self, client, bulletin, sent):
        post = make.address("press@cn.embassy.example").post
        bulletin.posts.add(post)
        assert len(list(audiences.recipients(bulletin, "en"))) == 1

        client.post(f"/mail/{sent.token}/leave/")

        assert list(audiences.recipients(bulletin, "en")) == []

    def test_the_button_leaves_only_what_was_ticked(self, client, bulletin, sent):
        other = make.mailing_list(slug="tap-huan")
        sent.mailing.lists.add(other)

        press(client, sent, "leave", list=[other.pk])

        sent.refresh_from_db()
        assert [each.list for each in Subscription.objects.all()] == [other]
        assert sent.state == Delivery.State.QUEUED

    def test_the_mail_program_finds_the_address_in_the_letters_head(self, sink, deliver, sent):
        sent.message.list_id = "bulletin"
        sent.message.save()

        deliver()

        letter = sink.letters()[0]
        assert letter["List-Unsubscribe"] == f"<https://portal.example/mail/{sent.token}/leave/>"
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    @pytest.mark.parametrize("token", ["0" * 32, "x", "%00", "a" * 500])
    def test_a_forged_link_leads_to_words_that_help(self, client, token):
        for address in (f"/mail/{token}/leave/", f"/vi/thu-tin/{token}/"):
            assert client.get(address).status_code in {400, 404}
            assert client.post(address).status_code in {400, 403, 404}


class TestOwnPage:
    def test_its_language_is_remembered(self, client):
        delivery = letters.queue(make.message(), key="k", to="a@b.example", name="", now=make.NOON)

        press(client, delivery, "language", language="en")

        assert Subscriber.objects.get().language == "en"

    def test_who_asks_to_be_erased_is_forgotten_and_left_alone(self, client, bulletin):
        signing_up(client, bulletin)
        delivery = Delivery.objects.get()
        press(client, delivery, "confirm")

        press(client, delivery, "erase")

        later = letters.queue(make.message(), key="later", to=delivery.email, name="", now=make.NOON)
        assert not Subscriber.objects.exists()
        assert later.state == Delivery.State.EXCLUDED

    def test_it_is_kept_by_no_cache_and_tells_no_other_site_its_address(self, client):
        delivery = letters.queue(make.message(), key="k", to="a@b.example", name="", now=make.NOON)

        headers = client.get(page_of(delivery)).headers

        assert "no-store" in headers["Cache-Control"]
        assert headers["Referrer-Policy"] == "same-origin"
        assert "ETag" not in headers

    def test_anything_else_that_is_posted_does_nothing(self, client):
        delivery = letters.queue(make.message(), key="k", to="a@b.example", name="", now=make.NOON)

        for choice in ("", "drop table", "leave", "language"):
            assert press(client, delivery, choice, list="x", language="xx").status_code == 302
        assert not Subscription.objects.exists()

    def test_the_page_of_a_letter_whose_address_is_forgotten_leads_nowhere(self, client):
        delivery = letters.queue(make.message(), key="k", to="a@b.example", name="", now=make.NOON)
        Delivery.objects.update(email="")

        assert client.get(page_of(delivery)).status_code == 404
        assert client.post(f"/mail/{delivery.token}/leave/").status_code == 404


class TestAudience:
    def test_a_list_by_rule_reaches_the_posts_of_its_kinds_and_countries(self):
        china = make.organisation(country=make.country("CN"))
        make.address("press@cn.example", of=make.post(organisation=china))
        make.address(
            "press@ru.example", of=make.post(organisation=make.organisation(country=make.country("RU")))
        )
        make.address("info@ngo.example", of=make.post(organisation=make.organisation("ngo")))
        by_rule = make.mailing_list(kinds=["embassy"])
        by_rule.countries.add(china.country)

        assert [each.email for each in audiences.recipients(by_rule, "en")] == ["press@cn.example"]

    def test_a_post_left_out_by_hand_is_reached_by_no_rule(self):
        chosen = make.mailing_list(kinds=["embassy"])
        for email in ("in@cn.example", "out@cn.example"):
            post = make.address(email, of=make.post()).post
        chosen.left_out.add(post)
        chosen.posts.add(post)

        assert [each.email for each in audiences.recipients(chosen, "en")] == ["in@cn.example"]

    def test_a_post_is_named_in_the_language_of_the_letter(self):
        make.address("press@cn.example", of=make.post(title_vi="Tùy viên báo chí", title_en="Press attaché"))
        everybody = make.mailing_list(kinds=["embassy"])

        names = [next(audiences.recipients(everybody, language)).name for language in ("vi", "en")]

        assert [name.partition(",")[0] for name in names] == ["Tùy viên báo chí", "Press attaché"]

    def test_what_is_new_and_what_is_gone_since_last_time_is_told(self, bulletin):
        before = make.mailing("stays@a.example", "goes@b.example")
        before.lists.add(bulletin)
        now = sending.compose("Bản tin", make.message(), by=None, now=make.NOON)
        now.lists.add(bulletin)

        for email in ("stays@a.example", "Comes@C.example"):
            bulletin.posts.add(make.address(email).post)

        told = comparing.difference(now)

        assert (told.total, told.new.first, told.dropped.first) == (
            2,
            ["comes@c.example"],
            ["goes@b.example"],
        )


def test_a_forgotten_password_leaves_by_the_same_door(settings, client):
    settings.EMAIL_BACKEND = "portal.mailing.backend.Door"
    person = make.publisher()
    person.set_password("mat-khau-cu-va-dai")
    person.save()

    client.post(reverse("admin_password_reset"), {"email": person.email})

    assert Delivery.objects.get().email == person.email
