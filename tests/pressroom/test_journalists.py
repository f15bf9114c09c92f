"""The register of journalists: found without diacritics, lapsing by itself, renewed, exported, brought in from a file."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from portal.accounts.refusal import Refused
from portal.history.models import Record
from portal.languages.names import person_key, sort_text, split
from portal.mailing.models import Delivery
from pressroom import tasks
from pressroom.actions import digests, foreign_press, importing, journalists, merging, rights
from pressroom.models import CardReminder, Journalist
from pressroom.rules.journalist_rows import plan
from tests import make
from tests.make import DAY, NOON
from tests.pressroom import press

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def officer(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    person = press.officer()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


@pytest.fixture
def clock(monkeypatch):
    """The hour of the tasks."""

    def at(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    at(NOON)
    return at


class TestTheRegister:
    def test_a_journalist_is_found_without_diacritics_by_name_outlet_address_and_card(self):
        lan = press.accredited(
            full_name="Đỗ Thị Lan", outlet=press.outlet("Báo Nhân Dân"), email="lan@nd.example"
        )
        press.journalist(full_name="Phạm Văn Minh")

        for words in ("do lan", "NHAN DAN", "lan@nd", lan.card_number.lower(), "lan nhan"):
            assert list(Journalist.objects.matching(words)) == [lan], words

    def test_people_stand_by_given_name_in_vietnamese_order(self):
        for name in ("Lê Văn Ấn", "Trần Thị An", "Nguyễn Văn Ân", "Phạm Ăng", "Đỗ Văn Án"):
            press.journalist(full_name=name)

        names = [each.full_name for each in Journalist.objects.all()]

        assert names == ["Trần Thị An", "Đỗ Văn Án", "Phạm Ăng", "Nguyễn Văn Ân", "Lê Văn Ấn"]

    def test_the_text_databases_sort_by_stands_as_the_key_does(self):
        names = [
            split(each)
            for each in ("An", "Lê An", "Đỗ Ánh", "Lê Ân", "Bùi Bảo Anh", "Kim Øre", "Vũ Ba", "李 明")
        ]

        assert sorted(names, key=sort_text) == sorted(names, key=person_key)

    def test_history_names_nobody(self):
        lan = press.journalist(full_name="Đỗ Thị Lan", email="lan@nd.example")

        told = " ".join(f"{each.title} {each.details}" for each in Record.objects.about(lan))

        assert told
        assert "Lan" not in told
        assert "lan@" not in told

    def test_only_one_open_record_has_an_address(self, client, officer):
        press.journalist(email="lan@nd.example")

        answer = client.post(reverse("admin:pressroom_journalist_add"), {
            "full_name": "Ai Đó", "outlet": press.outlet().pk, "email": "LAN@nd.example", "language": "vi",
            "frequency": "at_once",
        })  # fmt: skip

        assert answer.status_code == 200
        assert Journalist.objects.count() == 1

    def test_who_has_no_card_or_an_old_one_is_not_accredited(self):
        by, bare = press.officer(), press.journalist()
        old = press.journalist(card_number="1", card_valid_until=TODAY - timedelta(days=1))

        for each in (bare, old):
            with pytest.raises(Refused):
                journalists.accredit(each, by=by, now=NOON)

    def test_an_ending_needs_a_reason(self):
        lan, by = press.accredited(), press.officer()

        for deed in (journalists.end_accreditation, journalists.close):
            with pytest.raises(Refused):
                deed(lan, by=by, now=NOON, why=" ")

        assert journalists.close(lan, by=by, now=NOON, why="Chuyển nghề").state == "closed"


class TestAnOldCopy:
    """Particulars saved from a copy read before somebody else did something change the particulars alone."""

    def test_does_not_undo_a_step_taken_meanwhile(self):
        lan = press.accredited()
        before = make.again(lan)
        journalists.close(lan, by=press.officer(), now=NOON, why="Nghỉ việc")

        before.phone = "0912345678"
        journalists.save(before, by=None, now=NOON)

        assert (make.again(lan).state, make.again(lan).phone) == ("closed", "0912345678")

    def test_does_not_bring_back_who_was_erased(self):
        lan = press.journalist(full_name="Đỗ Thị Lan")
        before = make.again(lan)
        rights.erase(lan, now=NOON)

        with pytest.raises(Refused):
            journalists.save(before, by=None, now=NOON)

        assert make.again(lan).full_name == "…"

    def test_does_not_open_again_what_was_merged(self):
        lan, other = press.journalist(), press.journalist()
        before = make.again(other)
        merging.merge(lan, other, by=press.officer(), now=NOON)

        with pytest.raises(Refused):
            journalists.save(before, by=None, now=NOON)

        assert make.again(other).merged_into == lan

    def test_of_a_request_of_foreign_press_does_not_undo_its_step(self):
        asked, officer = press.desk_request(), press.officer()
        before = make.again(asked)
        foreign_press.move(asked, "arranged", answer="Mời đến.", by=officer, now=NOON)

        before.people = 7
        foreign_press.save(before, by=officer, now=NOON)

        assert (make.again(asked).state, make.again(asked).people) == ("arranged", 7)

    def test_of_a_request_erased_meanwhile_is_refused_in_words(self, client, officer):
        asked = press.desk_request(full_name="Jane Doe", email="jane@wire.example")
        rights.erase(press.journalist(email="jane@wire.example"), now=NOON)
        page = reverse("admin:pressroom_foreignpressrequest_change", args=[asked.pk])
        said = {"kind": "interview", "people": 1, "first_day": "2026-12-01", "last_day": "2026-12-02", "places": "Hà Nội",
                "subject": "x", "full_name": "Jane Doe", "outlet_name": "W", "email": "jane@wire.example",
                "language": "en"}  # fmt: skip

        assert client.post(page, said).status_code == 403
        assert (make.again(asked).full_name, make.again(asked).email) == ("…", "")
        with pytest.raises(Refused):
            foreign_press.save(make.again(asked), by=officer, now=NOON)


class TestAFrequencyChangedInTheAdmin:
    def test_does_not_send_again_what_went_out_at_once(self):
        lan = press.journalist(frequency="at_once")
        press.entry("Đã gửi ngay", at=NOON - 8 * DAY)
        Journalist.objects.filter(pk=lan.pk).update(digested_until=NOON - 30 * DAY)
        lan = make.again(lan)
        lan.frequency = "daily"

        journalists.save(lan, by=press.officer(), now=NOON)

        assert digests.send_digests("daily", NOON + timedelta(minutes=1)) == 0

    def test_keeps_what_a_digest_still_owes(self):
        lan = press.journalist(frequency="daily")
        Journalist.objects.filter(pk=lan.pk).update(digested_until=NOON - 3 * DAY)
        lan = make.again(lan)
        lan.frequency = "weekly"

        journalists.save(lan, by=press.officer(), now=NOON)

        assert make.again(lan).digested_until == NOON - 3 * DAY


class TestCards:
    def test_an_accreditation_rests_on_the_day_after_its_card_and_not_before(self, clock):
        lan = press.accredited(until=TODAY)

        tasks.watch_cards()
        assert make.again(lan).state == "accredited"
        clock(NOON + DAY)
        tasks.watch_cards()

        assert make.again(lan).state == "lapsed"
        assert list(Journalist.objects.accredited(TODAY + timedelta(days=1))) == []

    def test_it_is_told_once_however_often_the_task_runs(self, clock):
        press.accredited(until=TODAY - timedelta(days=1))

        for _ in range(3):
            tasks.watch_cards()

        assert [each.key.partition(":")[0] for each in Delivery.objects.all()] == ["card-lapsed"]

    def test_thirty_and_seven_days_before_there_is_a_letter_and_a_line(self, clock):
        press.accredited(until=TODAY + timedelta(days=30), email="lan@nd.example")

        for day in range(31):
            clock(NOON + day * DAY)
            tasks.watch_cards()
            tasks.watch_cards()

        assert list(CardReminder.objects.values_list("days_before", flat=True)) == [30, 7]
        assert Delivery.objects.filter(key__startswith="card-runs-out:", email="lan@nd.example").count() == 2

    def test_a_card_first_seen_days_before_its_end_is_told_of_once(self, clock):
        press.accredited(until=TODAY + timedelta(days=5))

        tasks.watch_cards()
        tasks.watch_cards()

        assert [each.days_before for each in CardReminder.objects.all()] == [7]

    def test_a_clock_that_slept_catches_up(self, clock):
        press.accredited(until=TODAY + timedelta(days=25))

        tasks.watch_cards()

        assert [each.days_before for each in CardReminder.objects.all()] == [30]

    def test_the_letter_is_in_the_journalists_language(self, clock):
        press.accredited(until=TODAY + timedelta(days=3), language="en")

        tasks.watch_cards()

        assert "runs out on 23 November 2026" in Delivery.objects.get().message.subject

    def test_a_new_card_brings_the_accreditation_back(self, client, officer, clock):
        lan = press.accredited(until=TODAY - timedelta(days=1))
        tasks.watch_cards()
        lan = make.again(lan)
        lan.card_valid_until = TODAY + timedelta(days=400)

        journalists.save(lan, by=officer, now=NOON)

        assert make.again(lan).state == "accredited"
        assert Record.objects.about(lan).filter(verb="renewed").exists()

    def test_the_line_stands_on_the_desk_until_it_is_seen(self, client, officer, clock):
        press.accredited(until=TODAY + timedelta(days=3), full_name="Đỗ Thị Lan")
        tasks.watch_cards()

        assert "Đỗ Thị Lan" in client.get("/admin/").text
        client.post(reverse("admin:pressroom_cardreminder_changelist"), {
            "action": "seen", "_selected_action": [CardReminder.objects.get().pk],
        })  # fmt: skip

        assert "Đỗ Thị Lan" not in client.get("/admin/").text

    def test_one_bad_record_does_not_stop_the_rest(self, clock):
        first = press.accredited(until=TODAY - timedelta(days=1))
        Journalist.objects.filter(pk=first.pk).update(email="no address at all")
        second = press.accredited(until=TODAY - timedelta(days=1))

        tasks.watch_cards()

        assert make.again(second).state == "lapsed"


class TestExport:
    def test_an_export_is_what_the_list_shows_safe_from_formulas_and_written_down(self, client, officer):
        press.journalist(full_name="=cmd|'/c calc'!A1", language="en")
        press.journalist(full_name="Người khác", language="vi")

        answer = client.get(f"{reverse('admin:pressroom_journalist_csv')}?language__exact=en")

        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [each["full_name"] for each in rows] == ["'=cmd|'/c calc'!A1"]
        deed = Record.objects.get(verb="exported", note="journalists")
        assert (deed.by, deed.details["rows"]) == (officer, 1)

    def test_a_workbook_has_text_cells_only(self, client, officer):
        press.journalist(full_name="+84 Đỗ")

        answer = client.get(reverse("admin:pressroom_journalist_xlsx"))

        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}

    def test_others_take_nothing_away(self, client, settings):
        settings.REQUIRE_SECOND_FACTOR = False
        client.force_login(make.reporter(), backend="django.contrib.auth.backends.ModelBackend")

        for name in ("csv", "xlsx", "import", "duplicates"):
            assert client.get(reverse(f"admin:pressroom_journalist_{name}")).status_code == 403

    def test_an_address_that_filters_by_nonsense_leads_back_to_the_list(self, client, officer):
        answer = client.get(f"{reverse('admin:pressroom_journalist_csv')}?no_such__field=1")

        assert answer.status_code == 302


class TestImport:
    HEADER = "full_name,email,outlet_en,language,card_valid_until\n"

    def planned(self, *rows: str):
        from portal.directory.reading import read
        from pressroom.rules.journalist_rows import COLUMNS, REQUIRED

        text = self.HEADER + "\n".join(rows)
        return read(text.encode(), columns=COLUMNS, required=REQUIRED).lines

    def test_lines_are_told_before_anything_is_done(self):
        press.outlet("World Wire")
        press.journalist(email="old@wire.example", outlet=press.outlet("The Daily"), full_name="Old Name")

        told = plan(self.planned(
            "Jane Doe,jane@wire.example,world wire,en,30/6/2027",
            "Old Name,OLD@wire.example,World Wire,,",
            "=1+1,x@wire.example,World Wire,,",
            "Ai Đó,jane@wire.example,World Wire,,",
            "Ai Đó,khong,World Wire,,",
            "Ai Đó,b@wire.example,No Such Paper,,",
            "Ai Đó,c@wire.example,World Wire,fr,",
        ))  # fmt: skip

        assert [bool(line.refusal) for line in told] == [False, False, True, True, True, True, True]
        assert told[1].known
        assert not Journalist.objects.filter(full_name="Jane Doe").exists()

    def test_carried_out_they_are_known_by_address(self):
        wire = press.outlet("World Wire")
        known = press.journalist(email="old@wire.example", full_name="Old Name", phone="1")

        done = importing.carry_out(
            self.planned("Jane Doe,jane@wire.example,World Wire,en,2027-06-30", "New Name,old@wire.example,World Wire,,"),
            by=press.officer(), now=NOON,
        )  # fmt: skip

        jane, known = Journalist.objects.get(email="jane@wire.example"), make.again(known)
        assert done == 2
        assert (jane.outlet, jane.language, jane.card_valid_until) == (wire, "en", date(2027, 6, 30))
        assert (known.full_name, known.phone, known.outlet) == ("New Name", "1", wire)

    def test_the_page_shows_the_plan_and_the_plan_is_carried_out(self, client, officer):
        press.outlet("World Wire")
        address = reverse("admin:pressroom_journalist_import")
        file = press.scan("a.csv", (self.HEADER + "Jane Doe,jane@wire.example,World Wire,en,\n").encode())

        shown = client.post(address, {"file": file})
        assert not Journalist.objects.exists()
        client.post(address, {"signed": shown.context["signed"]})

        assert Journalist.objects.get().full_name == "Jane Doe"

    def test_a_plan_of_somebody_else_or_made_up_is_refused(self, client, officer):
        from django.core import signing

        from pressroom.admin.journalist_files import SALT

        lines = [
            [2, {"full_name": "Jane", "email": "jane@wire.example", "outlet_en": press.outlet("W").name_en}]
        ]
        for signed in ("x", signing.dumps([officer.pk + 1, lines], salt=SALT), signing.dumps("a", salt=SALT)):
            client.post(reverse("admin:pressroom_journalist_import"), {"signed": signed})

        assert not Journalist.objects.exists()


class TestTheAdmin:
    @pytest.mark.parametrize("number", [3, 12])
    def test_the_list_costs_the_same_however_long_it_is(
        self, client, officer, number, django_assert_max_num_queries
    ):
        for _ in range(number):
            press.accredited()
        client.get(reverse("admin:pressroom_journalist_changelist"))

        with django_assert_max_num_queries(12):
            client.get(reverse("admin:pressroom_journalist_changelist"))

    def test_the_buttons_do_what_they_say_and_refuse_in_words(self, client, officer):
        lan = press.journalist()
        address = reverse("admin:pressroom_journalist_step", args=[lan.pk])

        refused = client.post(address, {"step": "accredit"}, follow=True)
        Journalist.objects.filter(pk=lan.pk).update(card_number="NB 1")
        client.post(address, {"step": "accredit"})

        assert "messagelist" in refused.text
        assert make.again(lan).state == "accredited"

    def test_a_look_changes_nothing(self, client, officer):
        lan = press.accredited()

        client.get(reverse("admin:pressroom_journalist_step", args=[lan.pk]), {"step": "close"})

        assert make.again(lan).state == "accredited"
