from datetime import UTC, date, datetime, time

import pytest

from portal.languages import dates
from portal.languages.dates import ICT, InvalidDate, Quarter, parse_date

MOMENT = datetime(2018, 9, 21, 4, 32, tzinfo=UTC)


def test_the_header_speaks_both_languages():
    assert dates.header(MOMENT, "vi") == "Thứ sáu, 21/09/2018 11:32"
    assert dates.header(MOMENT, "en") == "Friday, 21 September 2018, 11:32"


def test_a_late_evening_in_utc_is_the_next_day_in_viet_nam():
    assert dates.short_day(datetime(2018, 12, 31, 17, 30, tzinfo=UTC), "vi") == "01/01/2019"


def test_the_week_ends_on_chu_nhat():
    days = [date(2018, 9, day) for day in range(17, 24)]

    assert [dates.weekday(day, "vi") for day in days] == [
        "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật",
    ]  # fmt: skip
    assert dates.weekday(days[-1], "en") == "Sunday"


def test_administrative_days_pad_small_days_and_the_first_two_months():
    assert dates.document_day(date(2015, 9, 7)) == "ngày 07 tháng 9 năm 2015"
    assert dates.short_admin_day(date(2012, 2, 14)) == "14/02/2012"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        dates.clock(datetime(2018, 9, 21, 4, 32))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("first", "last", "vi", "en"),
    [
        (date(2018, 12, 14), date(2018, 12, 16), "14-16/12/2018", "14–16 December 2018"),
        (date(2018, 11, 28), date(2018, 12, 2), "28/11-02/12/2018", "28 November – 2 December 2018"),
        (date(2018, 12, 30), date(2019, 1, 2), "30/12/2018-02/01/2019", "30 December 2018 – 2 January 2019"),
        (date(2018, 12, 5), date(2018, 12, 5), "05/12/2018", "5 December 2018"),
    ],
)
def test_a_range_says_only_what_differs(first, last, vi, en):
    assert dates.short_range(first, last, "vi") == vi
    assert dates.short_range(first, last, "en") == en


def test_a_range_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before"):
        dates.short_range(date(2018, 12, 16), date(2018, 12, 14), "vi")


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("02:30 PM 22/06/2017", date(2017, 6, 22), time(14, 30)),
        ("12:15 SA 01/01/2018", date(2018, 1, 1), time(0, 15)),
        ("12:15 CH 01/01/2018", date(2018, 1, 1), time(12, 15)),
        ("14:30 CH 01/01/2018", date(2018, 1, 1), time(14, 30)),
        ("11:38 | 21/12/2017", date(2017, 12, 21), time(11, 38)),
        ("8h30 ngày 14/12/2018", date(2018, 12, 14), time(8, 30)),
        ("14 giờ 05 phút, ngày 14 tháng 12 năm 2018", date(2018, 12, 14), time(14, 5)),
        ("Friday, 21 September 2018, 11:32", date(2018, 9, 21), time(11, 32)),
        ("2018-12-14T01:00:00Z", date(2018, 12, 14), time(8, 0)),
        ("2018-12-14 08:00", date(2018, 12, 14), time(8, 0)),
        ("Ngày cập nhật: 14-12-2018", date(2018, 12, 14), None),
        ("05/10/2018", date(2018, 10, 5), None),
        ("2018-12-14", date(2018, 12, 14), None),
        ("27/6/2014.", date(2014, 6, 27), None),
    ],
)
def test_days_are_read_day_first(text, day, hour):
    parsed = parse_date(text)

    assert (parsed.day, parsed.hour, parsed.warnings) == (day, hour, ())
    assert parsed.moment == (None if hour is None else datetime.combine(day, hour, tzinfo=ICT))


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2018", "13/25/2018", "00/12/2018", "14/12/18", "14-16/12/2018", "14/12-2018",
        "14/12/2018 và 15/12/2018", "25:00 14/12/2018", "13:00 SA 14/12/2018", "8h30-11h30 14/12/2018",
        "2018-02-30T08:00", "hôm nay", "",
    ],
)  # fmt: skip
def test_a_day_that_is_not_certain_is_refused(text):
    with pytest.raises(InvalidDate):
        parse_date(text)


@pytest.mark.parametrize("text", ["Thứ 5 21/09/2018", "CN, 21/09/2018", "Monday 21/09/2018"])
def test_a_weekday_that_does_not_fit_is_pointed_out(text):
    assert parse_date(text).warnings == ("weekday-mismatch",)


def test_a_vietnamese_day_lasts_from_seventeen_to_seventeen_utc():
    assert dates.day_bounds(date(2018, 12, 14)) == (
        datetime(2018, 12, 13, 17, tzinfo=UTC),
        datetime(2018, 12, 14, 17, tzinfo=UTC),
    )


def test_the_quarter_turns_at_midnight_in_viet_nam():
    assert dates.quarter_of(datetime(2018, 9, 30, 16, 59, 59, tzinfo=UTC)) == Quarter(2018, 3)
    assert dates.quarter_of(datetime(2018, 9, 30, 17, tzinfo=UTC)).title("vi") == "Quý IV/2018"


def test_a_quarter_knows_its_bounds_and_neighbours():
    quarter = Quarter(2018, 4)

    assert (quarter.first_day, quarter.last_day) == (date(2018, 10, 1), date(2018, 12, 31))
    assert quarter.bounds() == (datetime(2018, 9, 30, 17, tzinfo=UTC), datetime(2018, 12, 31, 17, tzinfo=UTC))
    assert (quarter.previous, quarter.next) == (Quarter(2018, 3), Quarter(2019, 1))
    assert Quarter(2018, 1).previous == Quarter(2017, 4)


def test_a_quarter_has_a_long_and_a_short_name():
    assert [Quarter(2018, 3).title(language) for language in ("vi", "en")] == [
        "Quý III/2018",
        "Third quarter of 2018",
    ]
    assert [Quarter(2018, 3).short(language) for language in ("vi", "en")] == ["Quý III/2018", "Q3 2018"]


@pytest.mark.parametrize(
    "text",
    ["Quý III năm 2018", "quý 3/2018", "Quí 3 - 2018", "Q3 2018", "Q3/2018", "2018-Q3", "3rd quarter, 2018"],
)
def test_a_quarter_is_read_in_every_usual_form(text):
    assert dates.parse_quarter(text) == Quarter(2018, 3)


@pytest.mark.parametrize("text", ["Quý V/2018", "quý III", "quy định 3/2018", "", "Q5 2018"])
def test_what_names_no_quarter_of_a_year_is_none(text):
    assert dates.parse_quarter(text) is None


def test_there_is_no_fifth_quarter():
    with pytest.raises(ValueError, match="four"):
        Quarter(2018, 5)
