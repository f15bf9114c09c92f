"""Journalists ask for our releases: confirmed by letter before an officer sees them, never probing, decided with a reason."""

import re

import pytest
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.mailing.models import Delivery, Suppression
from pressroom import tasks
from pressroom.actions import applications, rights
from pressroom.models import Journalist, JournalistApplication
from pressroom.rules.links import CONFIRM, PREFERENCES
from tests import make
from tests.make import DAY, NOON
from tests.pressroom import makers, press

pytestmark = pytest.mark.django_db
FORM = "/vi/bao-chi/danh-cho-nha-bao/"
LIST = "/admin/pressroom/journalistapplication/"


def letters() -> list[str]:
    return [each.key.partition(":")[0] for each in Delivery.objects.order_by("pk")]


def address_in(delivery: Delivery) -> str:
    """The path of the personal link in a letter."""
    return re.search(r"https?://[^/\s]+(/(?:vi|en)/(?:bao-chi|press)/\S+)", delivery.message.text).group(1)


@pytest.fixture
def officer(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    person = press.officer()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


class TestAsking:
    @pytest.mark.parametrize("address", [FORM, "/en/press/for-journalists/"])
    def test_the_form_stands_in_both_languages(self, client, address):
        answer = client.get(address)

        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]

    def test_nobody_sees_an_application_before_its_address_has_answered(self, client, officer):
        press.applying(client)

        assert JournalistApplication.objects.get().state == "asked"
        assert "Trần Thu Hà" not in client.get(LIST).text
        assert client.get(f"{LIST}{JournalistApplication.objects.get().pk}/change/").status_code == 404

    def test_the_letter_leads_to_a_page_whose_button_confirms(self, client):
        press.applying(client)
        address = address_in(Delivery.objects.get())

        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
        assert JournalistApplication.objects.get().state == "asked"
        client.post(address)
        client.post(address)

        assert JournalistApplication.objects.get().state == "confirmed"

    def test_the_words_agreed_to_are_kept(self, client):
        press.applying(client)

        assert "Tôi đồng ý" in JournalistApplication.objects.get().consent

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [("consent", None), ("email", "khong"), ("full_name", ""), ("outlet_name", None), ("stamp", "forged"),
         ("frequency", "hourly"), ("language", "fr"), ("full_name", "x" * 5000), ("beats", "999999"), ("beats", "x")],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, client, name, wrong):
        answer = press.applying(client, **{name: wrong})

        assert answer.status_code == 200
        assert "field__error" in answer.text
        assert "Báo Lao động" in answer.text or name == "outlet_name"
        assert not JournalistApplication.objects.exists()

    def test_a_machine_is_answered_like_a_person_and_not_listened_to(self, client):
        answers = [press.applying(client, website="http://spam.example"), press.applying(client)]

        assert len({(each.status_code, each.headers["Location"]) for each in answers}) == 1
        assert JournalistApplication.objects.count() == 1

    def test_nobody_learns_on_the_page_whether_an_address_is_known(self, client):
        press.journalist(email="lan@bao.example")
        press.confirmed_application("ha@bao.example")

        answers = [
            press.applying(client, email=email)
            for email in ("LAN@bao.example", "ha@bao.example", "moi@bao.example")
        ]

        assert len({(each.status_code, each.headers["Location"]) for each in answers}) == 1
        assert letters()[-3:] == ["journalist-known", "application-waits", "application-confirm"]

    def test_asked_again_it_is_one_application_and_one_letter_an_hour(self, client):
        for outlet in ("Báo A", "Báo B", "Báo C"):
            press.applying(client, outlet_name=outlet)

        assert [each.outlet_name for each in JournalistApplication.objects.all()] == ["Báo C"]
        assert letters() == ["application-confirm"]

    def test_too_many_from_one_place_are_told_so_and_not_kept(self, client):
        answers = [press.applying(client, email=f"a{number}@bao.example") for number in range(25)]

        assert [each.status_code for each in answers] == [302] * 20 + [429] * 5
        assert JournalistApplication.objects.count() == 20

    def test_only_announced_topics_are_named(self, client):
        secret, known = make.topic(title_vi="Chủ đề bí mật"), make.topic(title_vi="Việc làm")
        press.entry("Một tin", known, at=timezone.now() - DAY)
        press.entry("Chưa đăng", secret, at=timezone.now() + DAY)

        page = client.get(FORM).text

        assert "Việc làm" in page
        assert "Chủ đề bí mật" not in page

    @pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "a" * 900, "..%2f", "W10:1:1"])
    def test_forged_links_lead_to_words_that_help(self, client, token):
        for address in (
            f"{FORM}xac-nhan/{token}/",
            f"{FORM}lua-chon/{token}/",
            f"{FORM}lua-chon/{token}/quyet-dinh/",
        ):
            assert client.get(address).status_code in {400, 404, 405}
            assert client.post(address).status_code in {400, 403, 404}

    def test_a_link_older_than_a_week_confirms_nothing(self, client, monkeypatch):
        application = press.application(now=timezone.now())
        token, later = CONFIRM.token(application), (timezone.now() + 8 * DAY).timestamp()
        monkeypatch.setattr("time.time", lambda: later)

        assert client.post(f"{FORM}xac-nhan/{token}/").status_code == 404

    def test_what_nobody_confirmed_and_what_was_refused_long_ago_is_erased(self, monkeypatch):
        press.application("a@bao.example")
        refused = press.confirmed_application("b@bao.example")
        applications.refuse(refused, reason="Không phải nhà báo", by=press.officer(), now=NOON)
        waiting = press.confirmed_application("c@bao.example")
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + 91 * DAY)

        tasks.forget_what_is_over()

        assert list(JournalistApplication.objects.all()) == [waiting]


class TestDeciding:
    def test_accepted_it_is_a_journalist_with_the_words_agreed_to(self):
        topic = make.topic()
        application = press.confirmed_application(beats=[topic], frequency="weekly", language="en")

        lan = applications.accept(application, outlet=press.outlet(), by=press.officer(), now=NOON)

        assert (lan.state, lan.frequency, lan.language, lan.consent) == (
            "known",
            "weekly",
            "en",
            "Tôi đồng ý",
        )
        assert list(lan.beats.all()) == [topic]
        assert "for-journalists/preferences/" in Delivery.objects.latest("pk").message.text

    def test_refused_the_applicant_reads_why(self):
        application = press.confirmed_application()
        by = press.officer()

        with pytest.raises(Refused):
            applications.refuse(application, reason="  ", by=by, now=NOON)
        applications.refuse(application, reason="Không tìm thấy cơ quan báo chí này.", by=by, now=NOON)

        assert "Không tìm thấy cơ quan báo chí này." in Delivery.objects.latest("pk").message.text

    def test_it_is_decided_once(self):
        application, by = press.confirmed_application(), press.officer()
        applications.accept(application, outlet=press.outlet(), by=by, now=NOON)

        with pytest.raises(Refused):
            applications.refuse(application, reason="Muộn", by=by, now=NOON)
        with pytest.raises(Refused):
            applications.accept(application, outlet=press.outlet(), by=by, now=NOON)

    def test_one_not_confirmed_cannot_be_accepted(self):
        with pytest.raises(Refused):
            applications.accept(press.application(), outlet=press.outlet(), by=press.officer(), now=NOON)

    def test_the_page_proposes_the_outlet_and_accepts(self, client, officer):
        paper = press.outlet("Báo Lao Động")
        application = press.confirmed_application()
        page = f"{LIST}{application.pk}/change/"

        shown = client.get(page)
        client.post(page, {"outlet": paper.pk, "accept": "yes"})

        assert shown.context["form"].initial["outlet"] == paper
        assert Journalist.objects.get().outlet == paper

    def test_the_page_refuses_without_a_reason_in_words(self, client, officer):
        application = press.confirmed_application()
        page = f"{LIST}{application.pk}/change/"

        answer = client.post(page, {"refuse": "yes", "reason": ""})

        assert "failure" in answer.text
        assert make.again(application).state == "confirmed"

    @pytest.mark.parametrize(
        "role", ["spokesperson", "administrator", "head of the editorial board", "editor"]
    )
    def test_only_the_press_office_sees_applications(self, client, settings, role):
        settings.REQUIRE_SECOND_FACTOR = False
        application = press.confirmed_application()
        client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")

        for address in (LIST, f"{LIST}{application.pk}/change/"):
            assert client.get(address).status_code == 403

    @pytest.mark.parametrize("number", [2, 12])
    def test_the_list_costs_the_same_however_long_it_is(
        self, client, officer, number, django_assert_max_num_queries
    ):
        for each in range(number):
            press.confirmed_application(f"a{each}@bao.example")
        client.get(LIST)

        with django_assert_max_num_queries(10):
            client.get(LIST)


class TestPreferences:
    @pytest.fixture
    def lan(self):
        return press.journalist(email="lan@bao.example", frequency="at_once")

    @pytest.fixture
    def page(self, lan) -> str:
        return f"{FORM}lua-chon/{PREFERENCES.token(lan)}/"

    def test_language_beats_and_frequency_are_the_journalists_own(self, client, lan, page):
        topic = make.topic()
        press.entry("Tin", topic, at=timezone.now() - DAY)

        client.post(page, {"language": "en", "frequency": "weekly", "beats": [topic.pk]})

        lan.refresh_from_db()
        assert (lan.language, lan.frequency, list(lan.beats.all())) == ("en", "weekly", [topic])

    def test_opening_the_page_changes_nothing_and_is_kept_by_nobody(self, client, lan, page):
        headers = client.get(f"{page}?choice=leave").headers

        assert "no-store" in headers["Cache-Control"]
        assert headers["Referrer-Policy"] == "same-origin"
        assert make.again(lan).frequency == "at_once"
        assert client.get(f"{page}quyet-dinh/").status_code == 405

    def test_one_button_leaves(self, client, lan, page):
        client.post(f"{page}quyet-dinh/", {"choice": "leave"})

        assert make.again(lan).frequency == "never"

    def test_what_we_keep_can_be_taken_along(self, client, lan, page):
        press.badge(email=lan.email)
        press.desk_request(email=lan.email)

        told = client.get(f"{page}du-lieu-cua-toi.json").json()

        assert told["record"]["email"] == "lan@bao.example"
        assert [len(told[name]) for name in ("accreditations", "desk_requests", "letters")] == [1, 1, 2]

    def test_a_link_dies_with_its_address(self, client, lan, page):
        Journalist.objects.filter(pk=lan.pk).update(email="moi@bao.example")

        assert client.get(page).status_code == 404

    def test_the_link_of_a_record_merged_leads_to_the_one_that_stands(self, client, lan, page):
        from pressroom.actions import merging

        survivor = press.journalist(full_name="Người Còn Lại")
        merging.merge(survivor, lan, by=press.officer(), now=NOON)

        client.post(f"{page}quyet-dinh/", {"choice": "leave"})

        assert make.again(survivor).frequency == "never"

    @pytest.mark.parametrize(
        "said", [{}, {"frequency": "x"}, {"language": "fr", "frequency": "daily"}, {"beats": "1"}]
    )
    def test_nonsense_is_answered_and_changes_nothing(self, client, lan, page, said):
        assert client.post(page, said).status_code == 200
        assert make.again(lan).frequency == "at_once"


class TestBeingErased:
    @pytest.fixture
    def lan(self):
        return press.accredited(full_name="Đỗ Thị Lan", email="lan@bao.example", phone="0912345678")

    def erase(self, client, lan, **more):
        return client.post(
            f"{FORM}lua-chon/{PREFERENCES.token(lan)}/quyet-dinh/", {"choice": "erase", **more}
        )

    def test_it_asks_for_a_tick(self, client, lan):
        self.erase(client, lan)

        assert make.again(lan).full_name == "Đỗ Thị Lan"

    def test_names_addresses_cards_and_scans_go_everywhere(self, client, lan):
        from portal.library.uploads import inspect

        badge = press.badge(email=lan.email, full_name="Đỗ Thị Lan", scans=[("card", inspect(press.scan()))])
        asked = press.desk_request(email=lan.email, full_name="Đỗ Thị Lan")
        absorbed = press.journalist(full_name="Lan Đỗ", email="cu@bao.example")
        from pressroom.actions import merging

        merging.merge(lan, absorbed, by=press.officer(), now=NOON)
        self.erase(client, lan, sure="yes")

        for each in (lan, badge, asked, absorbed):
            each.refresh_from_db()
            kept = " ".join(str(getattr(each, field.attname)) for field in each._meta.concrete_fields)
            assert "Lan" not in kept, each._meta.label
            assert "bao.example" not in kept, each._meta.label
        file = badge.files.get()
        assert file.purged_at
        assert not file.content

    def test_what_they_asked_of_the_press_desk_stays_without_their_name(self, client, lan):
        enquiry = makers.enquiry(journalist=lan, asked_by="Đỗ Thị Lan", email=lan.email, phone="0912345678")

        self.erase(client, lan, sure="yes")

        enquiry.refresh_from_db()
        assert (enquiry.asked_by, enquiry.email, enquiry.phone) == ("", "", "")
        assert enquiry.question

    def test_what_letters_said_to_them_alone_is_emptied(self, client, lan):
        press.badge(email=lan.email, full_name="Đỗ Thị Lan")
        assert "Đỗ Thị Lan" in Delivery.objects.get().message.text

        self.erase(client, lan, sure="yes")

        assert Delivery.objects.get().message.text == ""

    def test_the_proof_stays_and_nothing_is_written_again(self, client, lan):
        from portal.history.models import Record
        from portal.mailing import letters as mail

        before = mail.queue(make.message(), key="before", to=lan.email, name="", now=NOON)

        self.erase(client, lan, sure="yes")

        after = mail.queue(make.message(), key="after", to="lan@bao.example", name="", now=NOON)
        assert Delivery.objects.filter(pk=before.pk).exists()
        assert Record.objects.about(lan).filter(verb="erased").exists()
        assert after.state == Delivery.State.EXCLUDED

    def test_the_link_is_dead_afterwards(self, client, lan):
        self.erase(client, lan, sure="yes")

        assert self.erase(client, lan, sure="yes").status_code == 404

    @pytest.fixture
    def merged(self, lan):
        """Her earlier record, with an address of its own."""
        from pressroom.actions import merging

        before = press.journalist(full_name="Đỗ Thị Lan", email="cu@bao.example")
        merging.merge(lan, before, by=press.officer(), now=NOON)
        return before

    def test_what_came_from_the_address_of_a_record_merged_into_theirs_goes_too(self, client, lan, merged):
        asked = press.desk_request(email="cu@bao.example", full_name="Đỗ Thị Lan")
        badge = press.badge(email="cu@bao.example", full_name="Đỗ Thị Lan")

        self.erase(client, lan, sure="yes")

        assert (make.again(asked).full_name, make.again(asked).email) == ("…", "")
        assert (make.again(badge).full_name, make.again(badge).email) == ("…", "")
        assert not Delivery.objects.filter(name__contains="Lan").exists()

    def test_what_came_from_another_address_in_their_name_goes_too(self, client, lan):
        makers.enquiry(journalist=lan, asked_by="Đỗ Thị Lan", email="nha@rieng.example")
        asked = press.desk_request(email="nha@rieng.example", full_name="Đỗ Thị Lan")

        self.erase(client, lan, sure="yes")

        assert (make.again(asked).full_name, make.again(asked).email) == ("…", "")

    def test_the_address_of_somebody_else_in_the_register_is_not_theirs_to_erase(self, client, lan):
        minh = press.journalist(full_name="Phạm Văn Minh", email="minh@bao.example")
        makers.enquiry(journalist=lan, asked_by="Đỗ Thị Lan", email="minh@bao.example")
        his = press.desk_request(email="minh@bao.example", full_name="Phạm Văn Minh")

        self.erase(client, lan, sure="yes")

        assert make.again(his).full_name == make.again(minh).full_name == "Phạm Văn Minh"
        assert not Suppression.objects.filter(email="minh@bao.example").exists()

    def test_nothing_is_written_again_to_any_address_of_theirs(self, client, lan, merged):
        self.erase(client, lan, sure="yes")

        assert set(Suppression.objects.standing().values_list("email", flat=True)) >= {
            "lan@bao.example", "cu@bao.example",
        }  # fmt: skip

    def test_erased_by_the_link_of_a_letter_to_the_earlier_address_is_erased_whole(self, lan, merged):
        from portal.mailing.actions import subscribing

        subscribing.erase("CU@bao.example", now=NOON)

        lan.refresh_from_db()
        assert (lan.is_erased, lan.full_name) == (True, "…")
        assert Suppression.objects.filter(email="lan@bao.example").exists()

    def test_their_own_file_tells_of_every_address(self, lan, merged):
        press.desk_request(email="cu@bao.example", full_name="Đỗ Thị Lan")

        told = rights.own_data(lan)

        assert len(told["desk_requests"]) == 1
        assert [each["subject"] for each in told["letters"]]
