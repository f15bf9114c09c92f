"""The organisers' pages: the desk, the page of an event, figures with their rows, the list to take away."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.duties.models import limit_on
from portal.history.models import Record
from portal.languages.dates import vietnamese_day
from portal.mailing.models import Mailing
from portal.printing import page_count
from tests import make
from tests.make import DAY, HOUR
from tests.training import office
from training import training_desk
from training.models import Answer, HeadCount, Question, Quota, RetentionRule, RightsRequest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _identity():
    make.identity()


@pytest.fixture
def desk(desk_of):
    return desk_of(office.officer(language="en"))


def today():
    return vietnamese_day(timezone.now())


def to_come(**fields):
    return office.event(begins_on=today() + timedelta(days=9), held=False, **{"capacity": 20, **fields})


def lately(**fields):
    return office.event(begins_on=today() - timedelta(days=3), **{"capacity": 20, **fields})


def page(client, name, *args, query="", **posted):
    address = reverse(f"admin:{name}", args=args) + query
    answer = client.post(address, posted) if posted else client.get(address)
    return answer


def pile(key: str):
    return next((each for each in training_desk.piles(timezone.now(), "en") if each.key == key), None)


class TestDesk:
    def test_an_event_is_shown_with_its_figures_as_words_and_as_a_picture_that_says_them(self, desk):
        event = to_come(planned_count=40, planned_qualifier="about")
        office.registration(event)

        said = page(desk, "training_desk").content.decode()

        assert "planned about 40; registered 1; attended –; certified –" in said
        assert "1 of 20 seats given" in said
        assert 'role="img"' in said
        assert "bar--rough" in said

    def test_what_waits_for_a_person_is_piled_up(self, desk):
        event = to_come()
        office.registration(event, state="applied")
        office.registration(event, state="offered", now=timezone.now() - 47 * HOUR)
        Quota.objects.create(
            event=event, name_vi="Vụ A", name_en="Department A", seats=3, focal_email="a@unit.example"
        )
        over = lately()
        office.present(office.registration(over))
        lately(progress="confirmed")
        question = Question.objects.filter(kind="scale").first()
        for _each in range(5):
            Answer.objects.create(event=over, question=question, score=4)

        assert [each.key for each in training_desk.piles(timezone.now(), "en")] == [
            "decide", "offers", "nominations", "open", "certificates", "surveys",
        ]  # fmt: skip
        assert pile("offers").late == 1
        assert pile("nominations").lines[0].facts.startswith("Department A: ")
        assert page(desk, "training_desk").status_code == 200

    def test_surveys_with_few_answers_are_not_read(self):
        over, question = lately(), Question.objects.filter(kind="scale").first()
        for _each in range(4):
            Answer.objects.create(event=over, question=question, score=4)

        assert pile("surveys") is None

    def test_a_request_on_paper_is_late_after_two_working_days(self):
        asked = office.registration(lately())
        RightsRequest.objects.create(registration=asked, kind="see", received_at=timezone.now() - 6 * DAY)

        assert pile("rights").late == 1
        assert asked.full_name not in str(pile("rights").lines)

    @pytest.mark.parametrize("size", [2, 11])
    def test_its_queries_do_not_grow(self, desk, size, django_assert_num_queries):
        for _each in range(size):
            event = to_come()
            for state in ("applied", "offered", "seated"):
                office.registration(event, state=state, unit=office.unit())
            Quota.objects.create(event=event, name_vi="A", name_en="A", seats=3, focal_email="a@unit.example")
            RightsRequest.objects.create(
                registration=event.registrations.first(), kind="see", received_at=timezone.now()
            )
        page(desk, "training_desk")

        with django_assert_num_queries(DESK_QUERIES):
            page(desk, "training_desk")

    def test_who_stayed_away_is_counted_by_registration(self, desk):
        for _each in range(2):
            event = lately()
            office.registration(event, "Đỗ Văn Án", email="an@unit.example")
            office.present(office.registration(event, "Phạm Ăng"))

        said = page(desk, "training_no_shows").content.decode()

        assert "Đỗ Văn Án" in said
        assert "Phạm Ăng" not in said

    @pytest.mark.parametrize("size", [3, 30])
    def test_the_list_of_empty_seats_asks_as_often_for_many(self, desk, size, django_assert_num_queries):
        for _each in range(size):
            event = lately()
            office.registration(event, unit=office.unit())
            office.present(office.registration(event))
        page(desk, "training_no_shows")

        with django_assert_num_queries(NO_SHOW_QUERIES):
            page(desk, "training_no_shows")


class TestOffice:
    def test_a_line_for_each_unit_with_what_was_kept_for_it(self, desk):
        event, unit = lately(), office.unit("Cục Đê", "Dyke Department")
        quota = Quota.objects.create(event=event, name_vi="Cục Đê", name_en="Dyke", seats=3)
        quota.units.add(unit)
        session = office.session(event, 3.5)
        office.present(office.registration(event, unit=unit), session)
        office.registration(event, unit=unit)

        said = page(desk, "training_office", event.pk).content.decode()

        row = said.partition("Dyke Department</th>")[2].partition("</tr>")[0]
        cells = [cell.partition("</td>")[0] for cell in row.split('<td class="is-number">')[1:]]
        assert cells == ["3", "2", "2", "1", "1", "0", "3.5"]

    def test_a_head_count_is_kept_with_its_word_and_its_source(self, desk):
        event = lately(capacity=None)

        page(
            desk,
            "training_office",
            event.pk,
            do="count",
            what="attended",
            qualifier="nearly",
            number="150",
            source="Minutes",
        )
        page(
            desk,
            "training_office",
            event.pk,
            do="count",
            what="attended",
            qualifier="over",
            number="151",
            source="Report",
        )

        kept = HeadCount.objects.get()
        assert (kept.number, kept.qualifier, kept.source) == (151, "over", "Report")
        assert Record.objects.filter(verb="said a head count").count() == 2
        assert "more than 151" in page(desk, "training_office", event.pk).content.decode()

        page(desk, "training_office", event.pk, do="count", what="attended", number="")
        assert not HeadCount.objects.exists()

    @pytest.mark.parametrize(
        "said",
        [
            {"number": "150", "source": ""}, {"number": "-1", "source": "x"}, {"number": "x" * 4000, "source": "x"},
            {"number": "1", "source": "x" * 5000}, {"number": "1", "source": "x", "what": "slept"},
            {"number": "1", "source": "x", "qualifier": "maybe"},
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, desk, said):
        answer = page(desk, "training_office", lately().pk, do="count", **({"what": "attended"} | said))

        assert answer.status_code == 200
        assert "errorlist" in answer.content.decode()
        assert said["source"][:40] in answer.content.decode()
        assert not HeadCount.objects.exists()

    def test_a_letter_is_begun_and_written_on_its_own_page(self, desk):
        event = to_come()
        office.registration(event, language="en")

        answer = page(desk, "training_office", event.pk, do="letter", states=["seated"], language="en")

        mailing = Mailing.objects.get()
        assert answer.url == reverse("admin:mailing_mailing_change", args=[mailing.pk])
        assert mailing.state == Mailing.State.DRAFT
        assert "You get this letter because you registered" in mailing.message.text
        assert desk.get(answer.url).status_code == 200

    def test_a_letter_to_nobody_is_refused_in_words(self, desk):
        answer = page(desk, "training_office", to_come().pk, do="letter", states=["seated"], language="en")

        assert "Nobody in these states reads this language." in answer.content.decode()

    def test_periods_of_its_own_need_a_reason(self, desk):
        event = lately()

        refused = page(desk, "training_office", event.pk, do="periods", needs="30", reason="")
        assert "Say why this event keeps them" in refused.content.decode()
        page(desk, "training_office", event.pk, do="periods", needs="30", reason="A second course follows")

        assert RetentionRule.objects.get(event=event).days == 30

    def test_an_event_that_is_none_is_not_found(self, desk):
        assert page(desk, "training_office", 999_999).status_code == 404


class TestExport:
    @pytest.fixture
    def event(self):
        event = lately()
        for unit in ("Vụ Ước", "Cục Đê"):
            where = office.unit(unit, unit)
            for name in ("Lê Văn Ấn", "=cmd|' /C calc'!A0", "Trần Thị An"):
                office.registration(event, name, unit=where, needs="Ăn chay")
        office.registration(event, "Đặng Văn Ngoài", unit_name="Công ty A")
        office.registration(event, "Hủy Rồi", state="cancelled")
        return event

    def rows(self, answer) -> list[list[str]]:
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def test_it_is_grouped_by_unit_in_the_order_of_the_alphabet_people_by_given_name(self, desk, event):
        rows = self.rows(page(desk, "training_office", event.pk, do="export", purpose="Badges", form="csv"))[
            5:
        ]

        assert [row[0] for row in rows] == ["Cục Đê"] * 3 + ["Vụ Ước"] * 3 + ["Công ty A"]
        names = [row[2] for row in rows if row[0] == "Vụ Ước"]
        assert names.index("Trần Thị An") < names.index("Lê Văn Ấn")
        assert [row[1] for row in rows] == ["1", "2", "3", "1", "2", "3", "1"]

    def test_no_cell_is_a_formula(self, desk, event):
        text = page(desk, "training_office", event.pk, do="export", purpose="=1+1", form="csv")

        assert all(not cell.startswith(("=", "+", "-", "@")) for row in self.rows(text) for cell in row)

    def test_it_is_stamped_with_who_when_for_what_and_until_when_and_stands_in_the_history(self, desk, event):
        answer = page(desk, "training_office", event.pk, do="export", purpose="Badges", form="csv")

        stamp = " ".join(cell for row in self.rows(answer)[:3] for cell in row)
        deed = Record.objects.get(verb="exported the participants")
        until = event.ends_on + timedelta(days=365)
        assert f"Exported by {deed.by.get_full_name()}" in stamp
        assert "for: Badges" in stamp
        assert f"{until.day} {until:%B} {until.year}" in stamp
        assert (deed.note, deed.details) == ("Badges", {"rows": 7, "form": "csv"})

    def test_it_is_taken_as_a_workbook_too(self, desk, event):
        answer = page(desk, "training_office", event.pk, do="export", purpose="Badges", form="xlsx")

        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for cell in cells} == {"s"}
        assert sheet.max_row == 12

    def test_looking_takes_nothing_and_a_purpose_is_asked(self, desk, event):
        page(desk, "training_office", event.pk)
        refused = page(desk, "training_office", event.pk, do="export", purpose=" ", form="csv")

        assert refused.headers["Content-Type"].startswith("text/html")
        assert not Record.objects.filter(verb="exported the participants").exists()


class TestFigures:
    def test_the_page_reproduces_the_five_counts_with_their_words(self, desk):
        office.the_record()

        said = page(desk, "training_report", query="?span=2015-2017&by=event").content.decode()

        for words in ("about 350", ">70<", "nearly 150", "nearly 100", "more than 100"):
            assert words in said
        assert "about 770, of which about 350, nearly 150, nearly 100, more than 100" in said

    def test_every_figure_leads_to_the_events_it_is_the_sum_of(self, desk):
        office.the_record()
        said = page(desk, "training_report", query="?span=2015-2017&by=year").content.decode()
        address = next(part.partition('"')[0] for part in said.split('href="') if "what=attended" in part)

        rows = desk.get(address.replace("&amp;", "&")).content.decode()

        assert "about 350" in rows
        assert "Báo cáo tổng kết giai đoạn 2015–2017" in rows
        assert "<strong>about 420, of which about 350</strong>" in rows

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_it_is_taken_as_a_table(self, desk, form):
        office.the_record()

        answer = page(desk, "training_report_file", form, query="?span=2015-2017&by=year")

        assert answer.status_code == 200
        assert Record.objects.get(verb="exported").note == f"training-2015-2017-year.{form}"
        if form == "csv":
            assert "about 770, of which about 350" in answer.content.decode()

    def test_it_is_printed(self, desk):
        office.the_record()

        answer = page(desk, "training_report_file", "pdf", query="?span=2015-2017&by=event")

        assert page_count(answer.content) == 1

    @pytest.mark.parametrize(
        "query",
        ["?span=x", "?span=2017-Q9", "?by=shoe-size", "?first=2017-02-30&last=2017-03-01", "?first=2018-01-01&last=2017-01-01",
         "?span=0000", "?first=9999-12-31&last=9999-12-31"],
    )  # fmt: skip
    def test_what_is_no_span_answers_in_words(self, desk, query):
        assert page(desk, "training_report", query=query).status_code in {200, 302, 404}

    @pytest.mark.parametrize("query", ["?what=x", "?of=999&what=attended", "?span=x&what=attended", ""])
    def test_rows_of_nothing_are_not_found(self, desk, query):
        assert page(desk, "training_report_rows", query=query).status_code == 404

    def test_a_leader_reads_figures_and_no_names(self, desk_of):
        event = lately()
        office.registration(event, "Xylophonia An")
        leader = desk_of(make.head(language="en"))

        assert page(leader, "training_report", query=f"?span={today().year}&by=event").status_code == 200
        assert page(leader, "training_office", event.pk).status_code == 403
        assert page(leader, "training_desk").status_code == 403


def test_working_days_leave_out_weekends_and_holidays():
    limit = limit_on("data-subject-answered", date(2026, 11, 20))
    friday = make.NOON  # 20/11/2026

    assert limit.after(friday).date() == date(2026, 11, 24)
    assert limit.after(friday.replace(month=2, day=13)).date() == date(2026, 2, 24)  # over Tet


class TestQueries:
    """As many for forty people of twenty units as for two."""

    def asked(self, client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def grow(self, event, size: int) -> None:
        session = office.session(event)
        for _each in range(size):
            person = office.registration(event, "Nguyễn Văn An", unit=office.unit())
            office.present(person, session)
            quota = Quota.objects.create(event=event, name_vi="A", name_en="A", seats=1)
            quota.units.add(person.unit)
            RightsRequest.objects.create(registration=person, kind="see", received_at=timezone.now())

    @pytest.mark.parametrize(
        "name",
        ["training_office", "training_rights", "training_report", "training_report_rows"],
    )
    def test_no_page_asks_more_for_more_rows(self, desk, name):
        event = lately()
        query = {
            "training_rights": "?q=nguyen",
            "training_report": "?by=unit",
            "training_report_rows": "?what=attended&by=unit",
        }
        args = [event.pk] if name == "training_office" else []
        address = reverse(f"admin:{name}", args=args) + query.get(name, "")
        self.grow(event, 2)
        few = self.asked(desk, address)
        self.grow(event, 20)

        assert self.asked(desk, address) == few


DESK_QUERIES, NO_SHOW_QUERIES = 27, 9
