"""Head counts with their words, and reports whose figures are the sums of their rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from portal.editorial import yearly_figures
from tests.training import office
from training import counting, reporting
from training.rules.headcounts import Figure, total
from training.rules.spans import NoSuchSpan, span_called

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def figures(event):
    return counting.figures_of([event], DAY)[0]


def report(span: str, by: str = "year", language: str = "vi"):
    return reporting.report(span_called(span), by, language, DAY)


class TestWords:
    @pytest.mark.parametrize(
        ("qualifier", "vietnamese", "english"),
        [
            ("about", "khoảng 1.350", "about 1,350"),
            ("nearly", "gần 1.350", "nearly 1,350"),
            ("over", "hơn 1.350", "more than 1,350"),
            ("", "1.350", "1,350"),
        ],
    )
    def test_a_figure_is_said_with_its_word_in_both_languages(self, qualifier, vietnamese, english):
        figure = Figure(1350, qualifier)

        assert (figure.words("vi"), figure.words("en")) == (vietnamese, english)

    def test_a_sum_with_approximations_says_so_and_of_what(self):
        sum_ = total([Figure(350, "about"), Figure(70), Figure(150, "nearly")])

        assert sum_.words("vi") == "khoảng 570, trong đó khoảng 350, gần 150"
        assert sum_.words("en") == "about 570, of which about 350, nearly 150"
        assert sum_.short("vi") == "khoảng 570"

    def test_exact_figures_make_a_bare_sum_and_one_figure_speaks_for_itself(self):
        assert total([Figure(70), Figure(30)]).words("vi") == "100"
        assert total([Figure(150, "nearly"), None]).words("vi") == "gần 150"
        assert total([None]).words("vi") == "–"

    def test_of_many_approximations_only_their_sum_is_told(self):
        sum_ = total([Figure(10, "about")] * 7 + [Figure(5)])

        assert sum_.words("en") == "about 75, of which 70 are not counted one by one"


class TestSpans:
    @pytest.mark.parametrize(
        ("text", "first", "last", "title"),
        [
            ("2017", date(2017, 1, 1), date(2017, 12, 31), "Năm 2017"),
            ("2017-Q3", date(2017, 7, 1), date(2017, 9, 30), "Quý III/2017"),
            ("2016-H1", date(2016, 1, 1), date(2016, 6, 30), "6 tháng đầu năm 2016"),
            ("2016-H2", date(2016, 7, 1), date(2016, 12, 31), "6 tháng cuối năm 2016"),
            ("2015-2017", date(2015, 1, 1), date(2017, 12, 31), "Giai đoạn 2015–2017"),
            ("2016-02-28..2016-03-01", date(2016, 2, 28), date(2016, 3, 1), "Từ 28/02/2016 đến 01/3/2016"),
        ],
    )
    def test_spans_of_a_report(self, text, first, last, title):
        span = span_called(text)

        assert (span.first, span.last, span.key) == (first, last, text)
        assert span.title("vi").lower().replace("01/03", "01/3") == title.lower()
        assert span.before.after == span

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "17",
            "2017-Q5",
            "2017-2015",
            "2017-02-30..2017-03-01",
            "2017-03-01..2017-02-01",
            "x" * 5000,
            "٢٠١٧",
        ],
    )
    def test_what_is_no_span_is_refused(self, text):
        with pytest.raises(NoSuchSpan):
            span_called(text)


class TestCounting:
    def test_rows_go_before_what_a_source_says(self):
        event = office.event(capacity=20)
        office.head_count(event, 350, "about")
        office.present(office.registration(event))

        assert figures(event).attended == Figure(1)

    def test_a_source_speaks_where_nobody_registered(self):
        event = office.event()
        office.head_count(event, 350, "about", source="Báo cáo")

        assert figures(event).attended == Figure(350, "about", "Báo cáo")
        assert figures(event).registered is None

    def test_who_asked_and_did_not_give_back_is_registered_and_who_was_there_attended(self):
        event = office.event(capacity=20)
        morning, afternoon = office.session(event, 3), office.session(event, 2.5, after=5)
        came, half = office.registration(event), office.registration(event)
        for state in ("waiting", "offered", "applied", "cancelled", "refused", "unconfirmed", "seated"):
            office.registration(event, state=state)
        for each in (morning, afternoon):
            office.present(came, each)
        office.present(half, morning)
        office.certificate(came)

        found = figures(event)

        assert (found.registered, found.attended, found.certified) == (Figure(6), Figure(2), Figure(1))
        assert found.hours == Figure(Decimal("8.5"))

    def test_what_is_still_to_come_has_no_attendance_yet(self):
        event = office.event(begins_on=date(2026, 12, 1), held=False, capacity=5)
        office.registration(event)

        assert (figures(event).registered, figures(event).attended) == (Figure(1), None)

    def test_hours_of_a_rough_head_count_are_rough(self):
        event = office.event()
        office.session(event, 6)
        office.head_count(event, 150, "nearly")

        assert figures(event).hours == Figure(900, "nearly")

    def test_no_shows_are_told_only_where_coming_was_noted(self):
        event, unnoted = office.event(), office.event()
        away = office.registration(event)
        office.present(office.registration(event))
        office.registration(unnoted)

        everybody = type(away).objects.all()
        assert list(counting.stayed_away(everybody)) == [away]

    def test_one_head_count_of_a_kind(self):
        event = office.event()
        office.head_count(event, 70)

        with pytest.raises(IntegrityError), transaction.atomic():
            office.head_count(event, 71)


class TestReport:
    def test_the_record_of_2015_to_2017_keeps_its_five_words(self):
        office.the_record()

        parts = [part for row in report("2015-2017").rows for part in row.parts]

        assert [part.attended.words("vi") for part in parts] == [
            "khoảng 350",
            "70",
            "gần 150",
            "gần 100",
            "hơn 100",
        ]
        assert report("2015-2017").whole.total("attended").words("vi") == (
            "khoảng 770, trong đó khoảng 350, gần 150, gần 100, hơn 100"
        )
        assert report("2015").whole.total("attended").words("en") == "about 420, of which about 350"

    @pytest.mark.parametrize("by", reporting.GROUPS)
    def test_whatever_it_is_grouped_by_the_rows_make_up_the_whole(self, by):
        office.the_record()
        for theme in ("skills", "law"):
            event = office.event(
                theme=office.theme(theme), planned_count=40, planned_qualifier="about", capacity=9
            )
            office.session(event)
            for unit in (office.unit(), None):
                office.present(office.registration(event, unit=unit), event.sessions.get())

        found = report("2015-2026", by)

        for column in reporting.COLUMNS:
            rows = sum(row.total(column).number for row in found.rows)
            assert rows == found.whole.total(column).number, column

    def test_units_stand_in_the_order_of_the_alphabet_and_others_last(self):
        event = office.event(capacity=9)
        for name in ("Vụ Ưng", "Cục Đê", "Cục Da", None):
            office.registration(event, unit=office.unit(name) if name else None)
        office.head_count(office.event(), 70)

        labels = [row.label for row in report("2026", "unit").rows]

        assert labels[:3] == ["Cục Da", "Cục Đê", "Vụ Ưng"]
        assert len(labels) == 5

    def test_an_event_of_which_the_year_is_known_counts_in_the_year_and_in_no_quarter(self):
        event = office.event(begins_on=date(2016, 1, 1), precision="year", ends_on=date(2016, 12, 31))
        office.head_count(event, 70)

        assert report("2016").whole.events == 1
        assert report("2016-Q1").whole.events == 0
        assert report("2016", "quarter").rows[0].key == reporting.NOT_TOLD

    def test_a_cancelled_event_is_not_in_it(self):
        office.event(progress="cancelled")

        assert report("2026").whole.events == 0

    def test_quarters_are_vietnamese_and_in_order(self):
        for month in (10, 1, 7):
            office.event(begins_on=date(2025, month, 1))

        assert [row.label for row in report("2025", "quarter").rows] == [
            "Quý I/2025",
            "Quý III/2025",
            "Quý IV/2025",
        ]

    @pytest.mark.parametrize("size", [3, 30])
    def test_its_queries_do_not_grow_with_the_events(self, django_assert_num_queries, size):
        for _each in range(size):
            event = office.event(capacity=9, theme=office.theme())
            office.session(event)
            office.present(office.registration(event, unit=office.unit()), event.sessions.get())

        with django_assert_num_queries(9):
            report("2026", "unit")


def test_other_sections_read_the_figures_of_a_span_without_knowing_training():
    office.the_record()

    found = {each.key: each for each in yearly_figures.figures(date(2015, 1, 1), date(2017, 12, 31), "vi")}

    assert found["training-held"].words == "5"
    assert found["training-attended"].words == "khoảng 770, trong đó khoảng 350, gần 150, gần 100, hơn 100"
    assert not found["training-attended"].is_exact
    assert "what=attended" in found["training-attended"].url
