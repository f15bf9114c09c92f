"""The press desk and its pages: running clocks, lists with pinned queries, figures, the yearly report, exports."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.duties.models import ReportRule, rule_of, year_of_report
from portal.history.models import Record
from portal.printing import page_count
from pressroom import figures, press_desk, reporting
from pressroom.actions import enquiries, registers, spokespersons, units
from pressroom.models import Briefing, CorrectionRequest, Enquiry, PressMeeting
from tests import make
from tests.make import DAY, HOUR, MINUTE, NOON
from tests.pressroom import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.REQUIRE_SECOND_FACTOR = False
    make.identity()


@pytest.fixture
def officer(client):
    client.force_login(makers.officer(language="en"))
    return client


def pile(key: str, now=NOON):
    return next((each for each in press_desk.piles(now) if each.key == key), None)


class TestClocks:
    def test_an_empty_room_has_no_clock_running(self):
        assert press_desk.piles(NOON) == []

    def test_a_silent_crisis_stands_first_and_is_late_when_the_law_says_so(self):
        makers.enquiry()
        makers.crisis()

        assert next(each.key for each in press_desk.piles(NOON)) == "crises"
        assert pile("crises").late == 0
        assert pile("crises", NOON + DAY + MINUTE).late == 1

    def test_enquiries_stand_in_the_order_they_are_due(self):
        makers.enquiry(subject="later")
        makers.enquiry(subject="sooner", wanted_by=NOON + HOUR)

        assert ["sooner" in line.title for line in pile("enquiries").lines] == [True, False]
        assert [line.soon for line in pile("enquiries").lines] == [True, False]

    def test_units_that_are_late(self):
        makers.asked_unit()

        assert pile("units") is None
        assert pile("units", NOON + DAY).late == 1

    def test_a_spokesperson_nobody_has_named_is_red_after_a_day(self):
        row = makers.spokesperson()

        assert pile("spokespersons").late == 1
        spokespersons.name_on_portal(row, by=None, now=NOON)
        assert pile("spokespersons") is None

    def test_corrections_no_outlet_has_answered(self):
        makers.correction(sent_on=date(2026, 11, 1))

        assert pile("corrections").late == 1

    @pytest.mark.parametrize(
        ("day", "shown"),
        [(date(2026, 11, 19), False), (date(2026, 11, 21), True), (date(2026, 12, 20), True)],
    )
    def test_the_report_is_announced_a_month_before_its_day(self, day, shown):
        now = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))

        assert (pile("report", now) is not None) is shown

    @pytest.mark.parametrize("rows", [1, 8])
    def test_the_desk_costs_the_same_however_much_waits(self, officer, rows, django_assert_num_queries):
        for number in range(rows):
            asked = makers.enquiry(outlet=makers.outlet(), outlet_name="")
            makers.asked_unit(asked, of=makers.unit(email=f"u{number}@portal.example"))
            makers.crisis()
            makers.spokesperson(person=makers.somebody(f"Người {number}"))
            makers.correction(sent_on=date(2026, 11, 1), outlet=makers.outlet())
        page = reverse("admin:pressroom_desk")
        officer.get(page)

        with django_assert_num_queries(26):
            officer.get(page)

    def test_it_is_in_the_head_of_the_workplace_for_those_who_work_there(self, client):
        for role, shown in (("press officer", True), ("spokesperson", True), ("editor", False)):
            client.force_login(make.person(role))
            assert (reverse("admin:pressroom_desk") in client.get("/admin/").content.decode()) is shown

    @pytest.mark.parametrize(("role", "told"), [("press officer", True), ("duty editor", False)])
    def test_a_breach_is_a_red_flag_on_the_first_page_of_those_who_may_know(self, client, role, told):
        makers.crisis(now=timezone.now() - 2 * DAY)
        client.force_login(make.person(role, language="en"))

        page = client.get("/admin/").content.decode()

        assert ("The time for the first statement on 1 issue is over." in page) is told

    def test_others_are_refused(self, client):
        client.force_login(make.person("editor"))

        for name in (
            "pressroom_desk",
            "pressroom_figures",
            "pressroom_report",
            "pressroom_enquiry_changelist",
        ):
            assert client.get(reverse(f"admin:{name}")).status_code == 403


class TestThePageOfAnEnquiry:
    def page(self, asked: Enquiry) -> str:
        return reverse("admin:pressroom_enquiry_change", args=[asked.pk])

    def test_an_enquiry_by_telephone_is_taken_in(self, officer):
        officer.post(reverse("admin:pressroom_enquiry_add"), {
            "channel": "phone", "asked_by": "Trần Minh", "outlet_name": "Báo Mới", "phone": "0903", "language": "vi",
            "subject": "Lương", "question": "Lương tăng bao nhiêu?", "asked_at": "2026-11-20T09:00", "terms": "background",
        })  # fmt: skip

        asked = Enquiry.objects.get()
        assert (asked.channel, asked.terms, asked.phone) == ("phone", "background", "0903")

    def test_it_goes_from_desk_to_journalist_by_two_people(self, client):
        writer, clearer = makers.officer(), makers.speaker()
        asked = makers.enquiry(now=timezone.now())
        client.force_login(writer)
        client.post(
            self.page(asked),
            {"do": "draft", "answer_vi": "6%.", "answer_en": "6 per cent.", "lock_version": 0},
        )
        client.post(self.page(asked), {"do": "clear"})
        assert make.again(asked).state == "drafted"
        client.force_login(clearer)
        client.post(self.page(asked), {"do": "clear"})
        client.force_login(writer)
        client.post(self.page(asked), {"do": "send"})

        assert make.again(asked).state == "answered"

    def test_a_lost_update_is_refused_with_both_texts_on_the_page(self, officer):
        asked = makers.drafted(now=timezone.now())

        page = officer.post(
            self.page(asked), {"do": "draft", "answer_en": "Mine.", "lock_version": 0}
        ).content.decode()

        assert "Mine." in page
        assert "The figure is 6 per cent." in page
        assert make.again(asked).answer_en.startswith("The figure")

    def test_looking_changes_nothing(self, officer):
        asked = makers.enquiry()
        before, deeds = Enquiry.objects.values().get(), Record.objects.count()

        assert officer.get(self.page(asked)).status_code == 200
        assert (Enquiry.objects.values().get(), Record.objects.count()) == (before, deeds)

    @pytest.mark.parametrize(
        "said",
        [{}, {"do": "x"}, {"do": "recall:x"}, {"do": "unit-said:9"}, {"do": "draft"}, {"do": "draft", "lock_version": "x"},
         {"do": "assign", "unit": "x"}, {"do": "send"}, {"do": "publish"}, {"do": "terms", "terms": "secret"}],
    )  # fmt: skip
    def test_hostile_posts_end_in_words(self, officer, said):
        assert officer.post(self.page(makers.enquiry()), said).status_code in {200, 404}

    @pytest.mark.parametrize("pk", ["x", "0", "99999999999999999999999"])
    def test_what_is_not_there_is_not_found(self, officer, pk):
        assert officer.get(f"/admin/pressroom/enquiry/{pk}/change/").status_code == 404

    def test_what_a_unit_said_by_telephone_is_written_down(self, officer):
        asked = makers.asked_unit(now=timezone.now())

        officer.post(
            self.page(asked.enquiry), {"do": f"unit-said:{asked.pk}", "answer": "6%", "name": "Chị Hoa"}
        )

        assert make.again(asked).answer == "6%"

    def test_an_ordinary_editor_sees_nothing(self, client):
        client.force_login(make.person("editor"))

        assert client.get(self.page(makers.enquiry())).status_code == 403

    def test_the_administrator_keeps_accounts_and_not_enquiries(self, client):
        client.force_login(make.person("administrator"))

        assert client.get(self.page(makers.enquiry())).status_code == 403


class TestRegisters:
    def test_an_old_page_keeps_what_it_changed_and_nothing_else(self):
        row = makers.spokesperson()
        old = make.again(row)
        spokespersons.name_on_portal(row, by=None, now=NOON)
        old.phone = "024 1111 2222"

        registers.change_public(old, ["phone"], by=None, now=NOON)

        now_kept = make.again(row)
        assert (now_kept.phone, now_kept.named_at) == ("024 1111 2222", NOON)

    def test_a_form_that_changed_nothing_writes_nothing_down(self, officer):
        row = makers.correction(sent_on=date(2026, 11, 2))
        page = reverse("admin:pressroom_correctionrequest_change", args=[row.pk])
        form = officer.get(page).context["adminform"].form
        said = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}

        answer = officer.post(page, said)

        assert answer.status_code == 302
        assert [each.verb for each in Record.objects.about(row)] == ["added"]

    def test_the_day_an_answer_is_due_is_kept_with_the_day_it_was_sent(self, officer):
        row = makers.correction()
        page = reverse("admin:pressroom_correctionrequest_change", args=[row.pk])
        form = officer.get(page).context["adminform"].form
        said = {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}

        officer.post(page, said | {"sent_on": "2026-11-20", "legal_basis": "Luật Báo chí"})

        kept = make.again(row)
        assert (kept.sent_on, kept.due_on) == (
            date(2026, 11, 20),
            registers.correction_due(date(2026, 11, 20)),
        )


class TestLists:
    @pytest.mark.parametrize("rows", [2, 12])
    @pytest.mark.parametrize(
        ("name", "queries"),
        [
            ("enquiry", 11),
            ("crisis", 10),
            ("correctionrequest", 12),
            ("pressmeeting", 12),
            ("spokesperson", 10),
        ],
    )
    def test_lists_cost_the_same_however_long(self, officer, rows, name, queries, django_assert_num_queries):
        for number in range(rows):
            makers.enquiry(outlet=makers.outlet(), outlet_name="")
            makers.crisis()
            makers.correction(outlet=makers.outlet())
            somebody = makers.somebody(f"Người {number}")
            registers.keep(
                PressMeeting(held_on=date(2026, 5, 1), topic="Lương", spoken_by=somebody), by=None, now=NOON
            )
            makers.spokesperson(person=somebody)
        page = reverse(f"admin:pressroom_{name}_changelist")
        officer.get(page)

        with django_assert_num_queries(queries):
            officer.get(page)

    def test_corrections_are_filtered_and_exported_as_filtered_without_formulas(self, officer):
        makers.correction(item_title="=HYPERLINK()", sent_on=date(2026, 11, 2))
        makers.correction(item_title="Not sent")

        answer = officer.get(reverse("admin:pressroom_correction_export") + "?sent=yes")

        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert [row[1] for row in rows[1:]] == ["'=HYPERLINK()"]
        assert Record.objects.get(verb="exported").details == {"rows": 1, "chosen": "sent=yes"}

    def test_enquiries_are_exported_by_those_who_may(self, officer, client):
        makers.enquiry(subject="+1")
        assert "'+1" in officer.get(reverse("admin:pressroom_enquiry_export")).content.decode("utf-8-sig")

        client.force_login(make.person("editor"))
        assert client.get(reverse("admin:pressroom_enquiry_export")).status_code == 403

    def test_a_correction_sent_is_due_by_the_houses_rule(self, officer):
        officer.post(reverse("admin:pressroom_correctionrequest_add"), {
            "outlet_name": "Tin Nhanh", "item_title": "Sai", "item_on": "2026-11-01", "found_on": "2026-11-02", "wrong": "…",
            "demand": "apology", "legal_basis": "Luật Báo chí", "sent_on": "2026-11-03", "outcome": "waiting",
        })  # fmt: skip

        assert CorrectionRequest.objects.get().due_on == date(2026, 11, 13)

    @pytest.mark.parametrize("missing", ["outlet_name", "legal_basis"])
    def test_a_correction_without_outlet_or_basis_is_told_so(self, officer, missing):
        said = {
            "outlet_name": "Tin Nhanh", "item_title": "Sai", "item_on": "2026-11-01", "found_on": "2026-11-02", "wrong": "…",
            "demand": "apology", "legal_basis": "Luật Báo chí", "sent_on": "2026-11-03", "outcome": "waiting",
        } | {missing: ""}  # fmt: skip

        assert officer.post(reverse("admin:pressroom_correctionrequest_add"), said).status_code == 200
        assert not CorrectionRequest.objects.exists()

    def test_a_spokesperson_is_named_by_a_button(self, officer):
        row = makers.spokesperson()
        page = officer.get(reverse("admin:pressroom_spokesperson_change", args=[row.pk])).content.decode()
        assert "The law wanted it by" in page

        officer.post(reverse("admin:pressroom_spokesperson_name", args=[row.pk]))

        assert make.again(row).named_at is not None

    def test_naming_is_no_matter_of_opening_an_address(self, officer):
        row = makers.spokesperson()

        assert officer.get(reverse("admin:pressroom_spokesperson_name", args=[row.pk])).status_code == 405
        assert make.again(row).named_at is None


class TestFigures:
    def test_the_median_and_the_share_on_time_by_quarter(self):
        for hours in (1, 3, 72):
            makers.answered(now=NOON, at=NOON + HOUR * hours)
        makers.enquiry()

        speed = figures.of_the_desk()[0]

        assert (str(speed.quarter), speed.answered, speed.hours, speed.on_time) == ("2026-Q4", 3, 3.0, 2)

    def test_units_are_told_apart(self):
        for name, hours in (("A", 2), ("B", 30)):
            asked = makers.asked_unit(
                of=makers.unit(name_vi=name, name_en=name, email=f"{name}@portal.example")
            )
            units.take_answer(asked, "…", name="…", by=None, now=NOON + HOUR * hours)

        assert [(each.unit, each.hours, each.on_time) for each in figures.of_units("en")] == [
            ("A", 2.0, 1),
            ("B", 30.0, 0),
        ]

    def test_those_erased_still_count(self):
        from pressroom.actions import forgetting

        asked = makers.answered(now=NOON - timedelta(days=200))
        forgetting.forget(asked.pk, now=NOON)

        assert figures.of_the_desk()[0].answered == 1

    def test_page_and_file_say_the_same(self, officer):
        makers.answered(at=NOON + 3 * HOUR)

        assert "100%" in officer.get(reverse("admin:pressroom_figures")).content.decode()
        assert "2026-Q4,press desk,1,3.0,1,1.000" in officer.get(
            reverse("admin:pressroom_figures_csv")
        ).content.decode("utf-8-sig")


BEGIN, END = date(2025, 12, 15), date(2026, 12, 14)


@pytest.fixture
def year():
    """A year of work: what the report must say of it, and neighbours of the period that it must not."""
    first = timezone.make_aware(timezone.datetime(2025, 12, 15))
    after = timezone.make_aware(timezone.datetime(2026, 12, 15))
    makers.answered(now=first, at=first + HOUR)
    makers.answered(now=NOON, at=NOON + 5 * DAY)
    makers.refused(now=NOON, at=NOON + HOUR)
    makers.enquiry(now=NOON)
    enquiries.close(makers.enquiry(now=NOON), "Withdrawn.", by=None, now=NOON)
    makers.answered(now=first - MINUTE)
    makers.answered(now=after)
    makers.crisis(now=first, learned_at=first)
    from pressroom.actions import crises

    crises.made_statement(makers.crisis(now=NOON), at=NOON, proof="…", by=None, now=NOON)
    makers.crisis(now=after, learned_at=after)
    for day in (BEGIN - DAY, BEGIN, END, END + DAY):
        registers.keep(PressMeeting(held_on=day, topic="Lương", spoken_by_name="A"), by=None, now=NOON)
        makers.correction(found_on=day)
    makers.correction(found_on=END, sent_on=END)
    rule = rule_of("spokesperson", 2026)
    return rule.period(2026)


class TestTheReport:
    def test_its_period_and_its_day_are_the_laws(self):
        period = rule_of("spokesperson", 2026).period(2026)

        assert (period.first, period.last, period.due) == (BEGIN, END, date(2026, 12, 20))

    @pytest.mark.parametrize(("day", "year"), [(END, 2026), (END + DAY, 2027)])
    def test_a_day_belongs_to_one_report(self, day, year):
        assert year_of_report(rule_of("spokesperson", 2026), day) == year

    def test_a_new_law_holds_from_its_year_on(self):
        ReportRule.objects.create(
            report="spokesperson", name_vi="Mới", name_en="New", citation_vi="Luật", citation_en="Law",
            begins="12-01", ends="11-28", due="12-05", valid_from=2028,
        )  # fmt: skip

        assert [rule_of("spokesperson", each).period(each).due.day for each in (2027, 2028)] == [20, 5]

    def test_the_six_lines(self, year):
        said = [
            (row.figure.value, row.out_of.value if row.out_of else None) for row in reporting.report(year)
        ]

        assert said == [(0, None), (2, None), (3, 5), (1, 2), (2, 4), (1, 3)]

    def test_each_figure_leads_to_exactly_its_records(self, year, officer):
        for key in (
            "meetings",
            "requests",
            "replies",
            "due",
            "on-time",
            "issues",
            "issues-spoken",
            "corrections",
            "corrections-sent",
        ):
            count = reporting.count_called(key)
            shown = officer.get(count.url(year)).context["cl"].queryset
            assert set(shown.values_list("pk", flat=True)) == set(
                count.rows(year).values_list("pk", flat=True)
            ), key

    def test_press_conferences_held_are_counted_and_no_others(self, year):
        for progress, day in (
            ("held", BEGIN),
            ("held", BEGIN - DAY),
            ("cancelled", END),
            ("provisional", END),
        ):
            Briefing.objects.create(
                created_at=NOON, kind="ad_hoc", progress=progress, precision="exact", day=day, begins_at=NOON,
                ends_at=NOON + HOUR, place="Hà Nội", reason="…", of_quarter=date(2026, 10, 1), confirmed_at=NOON,
            )  # fmt: skip

        assert reporting.report(year)[0].figure.value == 1

    @pytest.mark.parametrize(
        ("language", "words"), [("vi", "Số buổi gặp mặt báo chí"), ("en", "Press meetings held")]
    )
    def test_page_and_csv_in_both_languages(self, year, officer, language, words):
        asked = f"?year=2026&language={language}"

        assert words in officer.get(reverse("admin:pressroom_report") + asked).content.decode()
        sheet = officer.get(reverse("admin:pressroom_report_file", args=["csv"]) + asked).content.decode(
            "utf-8-sig"
        )
        rows = list(csv.reader(io.StringIO(sheet)))
        assert [row[1:3] for row in rows[1:]] == [
            ["0", ""],
            ["2", ""],
            ["3", "5"],
            ["1", "2"],
            ["2", "4"],
            ["1", "3"],
        ]

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_as_one_sheet_of_paper(self, year, officer, language):
        pdf = officer.get(
            reverse("admin:pressroom_report_file", args=["pdf"]) + f"?year=2026&language={language}"
        )

        assert pdf["Content-Type"] == "application/pdf"
        assert page_count(pdf.content) == 1

    @pytest.mark.parametrize("asked", ["?year=x", "?year=99999", "?year=0001", "?year=1950", "?year="])
    def test_no_year_ends_in_a_failure(self, officer, asked):
        assert officer.get(reverse("admin:pressroom_report") + asked).status_code in {200, 404}

    @pytest.mark.parametrize(
        "figure", ["replies-x", "x-2026", "replies", "replies-99999999", "-", "issues-2026"]
    )
    def test_no_filter_ends_in_a_failure(self, officer, figure):
        assert (
            officer.get(reverse("admin:pressroom_enquiry_changelist") + f"?figure={figure}").status_code
            == 200
        )
