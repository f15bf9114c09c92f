"""Badges: asked for with private files, checked, given within quotas, printed, checked in at the gate, files deleted."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from portal.accounts.refusal import Refused
from portal.history.models import Record
from portal.library.uploads import inspect
from portal.mailing.models import Delivery
from portal.web.public_forms import stamp
from pressroom import press_desk, tasks
from pressroom.actions import accreditation, rights
from pressroom.models import AccreditationRequest, OutletQuota
from pressroom.printing.accreditation import badges_pdf, gate_pdf
from pressroom.rules.links import ACCREDITATION
from tests import make
from tests.make import DAY, NOON
from tests.pressroom import briefings, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    person = press.officer()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


@pytest.fixture
def paper():
    return press.outlet("Báo Lao động")


def asking(client, round_, **said):
    fields = {
        "full_name": "Lê Minh Anh", "outlet_name": "Báo Lao động", "email": "anh@bao.example", "phone": "0912",
        "card_kind": "press_card", "card_number": "NB 1", "card_issuer": "Cục Báo chí", "card_valid_until": "2099-01-01",
        "language": "vi", "consent": "on", "stamp": stamp(), "website": "", "card": press.scan(),
    } | said  # fmt: skip
    address = f"/vi/bao-chi/dang-ky-tac-nghiep/{round_.pk}/"
    return client.post(address, {name: value for name, value in fields.items() if value is not None})


@pytest.fixture
def now_open():
    now = timezone.now()
    return press.round_(opens_at=now - DAY, closes_at=now + DAY, first_day=now.date() + timedelta(days=9),
                        last_day=now.date() + timedelta(days=9))  # fmt: skip


class TestAsking:
    def test_open_events_are_listed_and_others_are_not(self, client, now_open):
        now = timezone.now()
        press.round_(title_vi="Chưa mở", opens_at=now + DAY, closes_at=now + 2 * DAY)
        press.round_(title_vi="Nội bộ", opens_at=None, closes_at=now + 2 * DAY)
        hidden = press.round_(title_vi="Nháp", opens_at=None)

        page = client.get("/vi/bao-chi/dang-ky-tac-nghiep/").text

        assert [title in page for title in ("Họp báo quý IV", "Chưa mở", "Nội bộ")] == [True, False, False]
        assert client.get(f"/vi/bao-chi/dang-ky-tac-nghiep/{hidden.pk}/").status_code == 404

    def test_a_request_is_kept_with_its_scans_and_answered_by_letter(self, client, now_open, paper):
        answer = asking(client, now_open, letter=press.scan("thu.png"))

        request = AccreditationRequest.objects.get()
        assert answer.status_code == 302
        assert (request.state, request.outlet, request.files.count()) == ("received", paper, 2)
        assert "Tôi đồng ý" in request.consent
        assert request.code in Delivery.objects.get().message.text

    def test_a_second_request_is_answered_by_letter_alone(self, client, now_open):
        answers = [
            asking(client, now_open),
            asking(client, now_open, email="ANH@bao.example", full_name="Kẻ khác"),
        ]

        assert len({(each.status_code, each.headers["Location"]) for each in answers}) == 1
        assert AccreditationRequest.objects.get().full_name == "Lê Minh Anh"
        assert Delivery.objects.latest("pk").key.startswith("accreditation-again:")

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [("card", None), ("card", SimpleUploadedFile("a.exe", b"MZ\x90\x00")), ("consent", None), ("stamp", "x"),
         ("card", SimpleUploadedFile("a.csv", b"a,b\n1,2\n")), ("card", SimpleUploadedFile("a.pdf", b"")),
         ("card_valid_until", "2020-01-01"), ("card_valid_until", "hôm nay"), ("email", "x"), ("card_kind", "x")],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, client, now_open, name, wrong):
        answer = asking(client, now_open, **{name: wrong})

        assert answer.status_code == 200
        assert "field__error" in answer.text
        assert "Lê Minh Anh" in answer.text
        assert not AccreditationRequest.objects.exists()

    def test_after_its_hour_the_form_is_closed(self, client):
        now = timezone.now()
        over = press.round_(opens_at=now - 2 * DAY, closes_at=now - DAY)

        answer = asking(client, over)

        assert answer.status_code == 200
        assert not AccreditationRequest.objects.exists()
        assert '<form class="form"' not in client.get(f"/vi/bao-chi/dang-ky-tac-nghiep/{over.pk}/").text

    def test_machines_and_floods_are_not_kept(self, client, now_open):
        assert asking(client, now_open, website="x").status_code == 302
        answers = [asking(client, now_open, email=f"a{number}@bao.example") for number in range(22)]

        assert [each.status_code for each in answers] == [302] * 20 + [429] * 2
        assert AccreditationRequest.objects.count() == 20

    def test_the_status_page_follows_the_request(self, client, paper):
        badge = press.badge(outlet_name="Báo Lao động")
        page = f"/en/press/accreditation/status/{ACCREDITATION.token(badge)}/"
        assert "Received" in client.get(page).text

        by = press.officer()
        accreditation.check(badge, by=by, now=NOON)
        accreditation.refuse(badge, by=by, now=NOON, why="Không còn chỗ")

        assert "Không còn chỗ" in client.get(page).text
        assert client.get(page.replace("status/", "status/x")).status_code == 404


class TestQuotas:
    def test_an_outlet_gets_no_more_badges_than_its_quota(self, paper):
        round_, by = press.round_(seats_per_outlet=2), press.officer()
        asked = [press.checked_badge(round_, outlet=paper, by=by) for _ in range(3)]
        for each in asked[:2]:
            accreditation.accept(each, by=by, now=NOON)

        with pytest.raises(Refused, match="Báo Lao động"):
            accreditation.accept(asked[2], by=by, now=NOON)

        assert round_.requests.accepted().count() == 2

    def test_an_outlet_may_have_more_or_none(self, paper):
        round_, by = press.round_(seats_per_outlet=1), press.officer()
        OutletQuota.objects.create(round=round_, outlet=paper, seats=2)
        other = press.outlet()
        OutletQuota.objects.create(round=round_, outlet=other, seats=0)
        for _ in range(2):
            accreditation.accept(press.checked_badge(round_, outlet=paper, by=by), by=by, now=NOON)

        with pytest.raises(Refused):
            accreditation.accept(press.checked_badge(round_, outlet=other, by=by), by=by, now=NOON)

    def test_a_badge_given_back_makes_room_for_who_waits(self, paper):
        round_, by = press.round_(seats_per_outlet=1), press.officer()
        first, second = (press.checked_badge(round_, outlet=paper, by=by) for _ in range(2))
        accreditation.accept(first, by=by, now=NOON)
        accreditation.put_on_waiting_list(second, by=by, now=NOON)

        accreditation.refuse(first, by=by, now=NOON, why="Không đến được")

        assert accreditation.accept(second, by=by, now=NOON).state == "accepted"
        assert (
            Delivery.objects.filter(email=second.email, key__startswith="accreditation-decided:").count() == 2
        )

    def test_nobody_is_checked_without_an_outlet_nor_accepted_unchecked(self):
        badge, by = press.badge(outlet_name="Không ai biết"), press.officer()

        with pytest.raises(Refused):
            accreditation.check(badge, by=by, now=NOON)
        with pytest.raises(Refused):
            accreditation.accept(badge, by=by, now=NOON)

    def test_a_card_that_runs_out_before_the_day_is_refused(self, paper):
        by = press.officer()
        badge = press.checked_badge(outlet=paper, by=by, card_valid_until=date(2026, 11, 29))

        with pytest.raises(Refused):
            accreditation.accept(badge, by=by, now=NOON)

    def test_a_refusal_has_a_reason(self, paper):
        badge, by = press.badge(), press.officer()

        with pytest.raises(Refused):
            accreditation.refuse(badge, by=by, now=NOON, why="")

    def test_what_the_house_knows_of_a_journalist_is_linked(self):
        lan = press.accredited(email="lan@bao.example")

        badge = press.badge(email="LAN@bao.example")

        assert (badge.journalist, badge.outlet) == (lan, lan.outlet)

    @pytest.mark.on_postgresql
    @pytest.mark.django_db(transaction=True)
    def test_two_officers_at_once_give_the_last_badge_once(self, paper):
        from concurrent.futures import ThreadPoolExecutor

        if connection.vendor != "postgresql":
            pytest.skip("row locks are PostgreSQL's")
        round_, by = press.round_(seats_per_outlet=1), press.officer()
        asked = [press.checked_badge(round_, outlet=paper, by=by) for _ in range(4)]

        def accept(badge):
            try:
                accreditation.accept(badge, by=by, now=NOON)
            except Refused:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(4) as pool:
            given = list(pool.map(accept, asked))

        assert sorted(given) == [False, False, False, True]


class TestPuttingRight:
    """The press office corrects a request that has its badge already."""

    @pytest.fixture
    def taken(self, officer, paper):
        """The other paper has its one badge."""
        of, other = press.round_(seats_per_outlet=1), press.outlet("Báo Nhân Dân")
        for outlet in (paper, other):
            accreditation.accept(press.checked_badge(of, outlet=outlet, by=officer), by=officer, now=NOON)
        return other

    @pytest.fixture
    def given(self, taken, paper):
        return AccreditationRequest.objects.get(outlet=paper)

    def put_right(self, client, given, **said):
        fields = {
            "outlet": given.outlet_id, "journalist": "", "role": "", "phone": "0912", "card_kind": "press_card",
            "card_number": "NB 1", "card_issuer": "Cục Báo chí", "card_valid_until": "2027-01-01", "equipment": "",
        } | said  # fmt: skip
        return client.post(reverse("admin:pressroom_accreditationrequest_change", args=[given.pk]), fields)

    def test_a_badge_does_not_pass_to_an_outlet_that_has_all_of_its_own(self, client, given, taken):
        answer = self.put_right(client, given, outlet=taken.pk, phone="0987654321")

        assert "Báo Nhân Dân" in answer.text
        assert "0987654321" in answer.text
        assert (make.again(given).outlet, accreditation.seats_left(given.round, taken.pk)) == (
            given.outlet,
            0,
        )

    def test_it_passes_to_one_that_has_badges_left(self, client, given):
        third = press.outlet("Báo Tuổi Trẻ")

        self.put_right(client, given, outlet=third.pk)

        assert make.again(given).outlet == third

    def test_a_badge_stays_an_outlets(self, client, given):
        assert self.put_right(client, given, outlet="").status_code == 200
        assert make.again(given).outlet == given.outlet

    def test_a_card_that_runs_out_before_the_event_is_no_card_for_it(self, client, given):
        assert self.put_right(client, given, card_valid_until="2026-11-21").status_code == 200
        assert make.again(given).card_valid_until == date(2027, 1, 1)

    def test_whoever_was_faster_is_told_in_words(self, given, taken, officer):
        given.outlet = taken

        with pytest.raises(Refused, match="Báo Nhân Dân"):
            accreditation.describe(given, by=officer, now=NOON)

    def test_an_old_copy_does_not_take_a_badge_back(self, officer, paper):
        asked = press.checked_badge(press.round_(), outlet=paper, by=officer)
        before = make.again(asked)
        accreditation.accept(asked, by=officer, now=NOON)

        before.phone = "0987654321"
        accreditation.describe(before, by=officer, now=NOON)

        assert (make.again(asked).state, make.again(asked).phone) == ("accepted", "0987654321")

    def test_one_erased_meanwhile_stays_erased_and_may_still_be_decided(self, client, officer, paper):
        asked = press.checked_badge(press.round_(), outlet=paper, by=officer, email="lan@bao.example")
        rights.erase(press.journalist(email="lan@bao.example"), now=NOON)

        assert self.put_right(client, asked, phone="0987654321").status_code == 403
        with pytest.raises(Refused):
            accreditation.describe(asked, by=officer, now=NOON)
        accreditation.refuse(make.again(asked), by=officer, now=NOON, why="Đã yêu cầu xóa")
        assert make.again(asked).phone == ""


class TestFiles:
    @pytest.fixture
    def badge(self):
        return press.badge(scans=[("card", inspect(press.scan()))])

    def test_only_the_press_office_opens_a_file_and_that_is_written_down(
        self, client, settings, badge, officer
    ):
        address = reverse("admin:pressroom_accreditation_file", args=[badge.files.get().pk])

        answer = client.get(address)

        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert Record.objects.about(badge).filter(verb="opened a file", by=officer).exists()
        for role in ("spokesperson", "administrator", "head of the editorial board", "duty editor"):
            client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")
            assert client.get(address).status_code == 403, role
        client.logout()
        assert client.get(address).status_code == 302

    def test_no_public_address_leads_to_it(self, client, badge):
        name = badge.files.get().content.name

        for address in (f"/files/{name}", f"/media/{name}", f"/{name}", f"/static/{name}"):
            assert client.get(address).status_code in {301, 404}

    def test_it_is_deleted_so_many_days_after_the_event_and_marked(self, badge, monkeypatch):
        file = badge.files.get()
        name, last = file.content.name, badge.round.files_kept_until

        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + (last - NOON.date()))
        tasks.forget_what_is_over()
        assert default_storage.exists(name)
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + (last - NOON.date()) + DAY)
        tasks.forget_what_is_over()
        tasks.forget_what_is_over()

        file.refresh_from_db()
        assert not default_storage.exists(name)
        assert (bool(file.purged_at), file.content.name) == (True, "")
        assert Record.objects.about(file).filter(verb="purged").count() == 1

    def test_bytes_that_are_gone_already_are_no_failure(self, badge):
        file = badge.files.get()
        default_storage.delete(file.content.name)

        accreditation.purge(file, now=NOON)

        assert make.again(file).purged_at

    def test_a_purged_file_is_not_found(self, client, badge, officer):
        file = badge.files.get()
        accreditation.purge(file, now=NOON)

        assert client.get(reverse("admin:pressroom_accreditation_file", args=[file.pk])).status_code == 404
        page = client.get(reverse("admin:pressroom_accreditationrequest_change", args=[badge.pk])).text
        assert "đã xóa ngày 20/11/2026" in page


class TestGate:
    @pytest.fixture
    def today(self, paper):
        """An event of today with two people accepted."""
        day = timezone.localdate()
        round_, by = press.round_(first_day=day, last_day=day, seats_per_outlet=5), press.officer()
        for name in ("Trần Thị An", "Đỗ Văn Ấn"):
            badge = press.checked_badge(round_, outlet=paper, by=by, full_name=name, card_valid_until=day)
            accreditation.accept(badge, by=by, now=NOON)
        return round_

    def test_people_stand_by_given_name_and_are_found_without_diacritics(self, client, officer, today):
        page = reverse("admin:pressroom_accreditation_gate", args=[today.pk])

        shown = client.get(page).text
        found = client.get(page, {"q": "do van"}).text

        assert shown.index("Trần Thị An") < shown.index("Đỗ Văn Ấn")
        assert "Trần Thị An" not in found

    def test_a_scan_shows_the_person_and_its_button_lets_them_in_once(self, client, officer, today):
        badge = today.requests.first()
        page = reverse("admin:pressroom_accreditation_badge", args=[badge.code.lower()])

        assert "Trần Thị An" in client.get(page).text
        assert make.again(badge).checked_in_at is None
        for _ in range(2):
            client.post(reverse("admin:pressroom_accreditation_check_in", args=[badge.code]))

        assert make.again(badge).checked_in_at
        assert Record.objects.about(badge).filter(verb="came in").count() == 1

    def test_a_code_made_up_is_nobodys(self, client, officer):
        assert client.get("/admin/pressroom/accreditationround/badge/AAAAAAAA/").status_code == 404
        assert client.post("/admin/pressroom/accreditationround/badge/%00/check-in/").status_code in {
            400,
            404,
        }

    def test_nobody_comes_in_without_a_badge_or_on_another_day(self, paper):
        by = press.officer()
        badge = press.checked_badge(outlet=paper, by=by)

        with pytest.raises(Refused):
            accreditation.check_in(badge, by=by, now=NOON)
        accreditation.accept(badge, by=by, now=NOON)
        with pytest.raises(Refused):
            accreditation.check_in(badge, by=by, now=NOON)

    def test_whoever_came_in_is_not_refused_any_more(self, today):
        badge, by = today.requests.first(), press.officer()
        accreditation.check_in(badge, by=by, now=timezone.now())

        with pytest.raises(Refused):
            accreditation.refuse(badge, by=by, now=NOON, why="Muộn")

    def test_the_list_can_be_taken_along_and_that_is_written_down(self, client, officer, today):
        AccreditationRequest.objects.filter(full_name="Trần Thị An").update(full_name="=HYPERLINK(1)")

        answer = client.get(reverse("admin:pressroom_accreditation_gate_csv", args=[today.pk]))

        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [each["full_name"] for each in rows] == ["'=HYPERLINK(1)", "Đỗ Văn Ấn"]
        assert Record.objects.about(today).filter(verb="exported the gate list", by=officer).exists()

    def test_badges_and_list_are_printed_with_every_name(self, today):
        for make_pdf, language in ((badges_pdf, "vi"), (gate_pdf, "en")):
            text = "".join(
                page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(today, language))).pages
            )
            assert "Trần Thị An" in re.sub(r"\s+", " ", text)
            assert "Đỗ Văn Ấn" in re.sub(r"\s+", " ", text)

    def test_an_event_without_anybody_is_printed_too(self):
        assert badges_pdf(press.round_(), "vi").startswith(b"%PDF")
        assert gate_pdf(press.round_(), "en").startswith(b"%PDF")

    def test_a_hostile_name_is_only_a_name_on_paper(self, paper):
        round_, by = press.round_(), press.officer()
        badge = press.checked_badge(
            round_, outlet=paper, by=by, full_name='#panic("x") $x$ *a* \u202e<b>', role="#import x"
        )
        accreditation.accept(badge, by=by, now=NOON)

        assert badges_pdf(round_, "vi").startswith(b"%PDF")
        assert gate_pdf(round_, "vi").startswith(b"%PDF")

    @pytest.mark.parametrize("role", ["spokesperson", "administrator", "head of the editorial board"])
    def test_others_see_none_of_it(self, client, settings, today, role):
        settings.REQUIRE_SECOND_FACTOR = False
        client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")
        code = today.requests.first().code

        for name, args in (
            ("accreditation_gate", [today.pk]), ("accreditation_gate_csv", [today.pk]),
            ("accreditation_gate_pdf", [today.pk]), ("accreditation_badges", [today.pk]),
            ("accreditation_badge", [code]), ("accreditationround_changelist", []),
            ("accreditationrequest_changelist", []), ("foreignpressrequest_changelist", []),
        ):  # fmt: skip
            assert client.get(reverse(f"admin:pressroom_{name}", args=args)).status_code == 403, name
        assert client.post(reverse("admin:pressroom_accreditation_check_in", args=[code])).status_code == 403


class TestTheLists:
    @pytest.mark.parametrize("number", [2, 12])
    @pytest.mark.parametrize("name", ["accreditationrequest", "accreditationround"])
    def test_a_list_costs_the_same_however_long_it_is(
        self, client, officer, number, name, django_assert_max_num_queries
    ):
        for _ in range(number):
            press.badge()
        address = reverse(f"admin:pressroom_{name}_changelist")
        client.get(address)

        with django_assert_max_num_queries(12):
            client.get(address)

    def test_many_are_accepted_at_once_and_each_refusal_says_why(self, client, officer, paper):
        round_ = press.round_(seats_per_outlet=1)
        asked = [press.checked_badge(round_, outlet=paper, by=officer) for _ in range(2)]

        answer = client.post(reverse("admin:pressroom_accreditationrequest_changelist"), {
            "action": "give_badges", "_selected_action": [each.pk for each in asked],
        }, follow=True)  # fmt: skip

        assert round_.requests.accepted().count() == 1
        assert "đã nhận đủ số thẻ" in answer.text


class TestTheEventOfABriefing:
    @pytest.fixture
    def item(self):
        return briefings.announced()

    @pytest.fixture
    def of(self, item):
        return press.round_(briefing=item)

    def test_its_pages_lead_from_one_to_the_other(self, client, officer, item, of):
        there = reverse("admin:pressroom_accreditationround_change", args=[of.pk])
        back = reverse("admin:pressroom_briefing_change", args=[item.pk])

        assert there in client.get(back).text
        assert there in client.get(reverse("admin:pressroom_briefing_seats", args=[item.pk])).text
        assert back in client.get(there).text

    def test_a_briefing_without_one_names_none(self, client, officer, item):
        page = client.get(reverse("admin:pressroom_briefing_change", args=[item.pk])).text

        assert "accreditationround" not in page.split('class="briefing-nav"')[1].split("</nav>")[0]

    def test_a_briefing_has_one(self, item, of):
        with pytest.raises(IntegrityError), transaction.atomic():
            press.round_(briefing=item)

    def test_the_press_desk_leads_to_the_event_while_badges_wait(self, item, of, paper):
        press.badge(of)
        press.badge(of)
        over = press.round_(first_day=date(2026, 11, 1), last_day=date(2026, 11, 1))
        press.badge(over)

        pile = press_desk.badges_to_decide(NOON)

        assert [each.url for each in pile.lines] == [
            reverse("admin:pressroom_accreditationround_change", args=[of.pk])
        ]
        assert pile.lines[0].facts.startswith("2 ")
        assert str(item) in pile.lines[0].facts
