"""Days and moments in words and figures.

Administrative Vietnamese pads days below ten and the months January and February, and no other
(Nghị định 30/2020/NĐ-CP, Phụ lục I); figures on the site are padded throughout.
"""

from datetime import date, datetime

from portal.languages.dates.words import MONTHS, WEEKDAYS
from portal.languages.dates.zone import in_ict, vietnamese_day


def header(moment: datetime, language: str) -> str:
    """ "Thứ sáu, 21/09/2018 11:32" or "Friday, 21 September 2018, 11:32"."""
    return f"{weekday(moment, language)}, {short_moment(moment, language)}"


def short_moment(moment: datetime, language: str) -> str:
    """ "21/09/2018 11:32" or "21 September 2018, 11:32"."""
    between = " " if language == "vi" else ", "
    return f"{short_day(moment, language)}{between}{clock(moment)}"


def promised_moment(moment: datetime, language: str) -> str:
    """A moment somebody named, with its seconds where it has any: "21/09/2018 11:32", "21/09/2018 11:32:05"."""
    seconds = f":{moment.second:02}" if moment.second else ""
    return f"{short_moment(moment, language)}{seconds}"


def byline(moment: datetime) -> str:
    """The line under a Vietnamese headline: "11:38 | 21/12/2017"."""
    return f"{clock(moment)} | {short_day(moment, 'vi')}"


def clock(moment: datetime) -> str:
    """The hour in Viet Nam: "11:38"."""
    return f"{in_ict(moment):%H:%M}"


def weekday(moment: date | datetime, language: str) -> str:
    """ "Chủ nhật" or "Sunday"."""
    return WEEKDAYS[language][vietnamese_day(moment).weekday()]


def short_day(moment: date | datetime, language: str) -> str:
    """ "05/10/2018" or "5 October 2018"."""
    return _figures(vietnamese_day(moment)) if language == "vi" else long_day(moment)


def long_day(moment: date | datetime) -> str:
    """English, day first: "14 December 2018"."""
    day = vietnamese_day(moment)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def document_day(moment: date | datetime) -> str:
    """Inside an official document: "ngày 07 tháng 9 năm 2015"."""
    day = vietnamese_day(moment)
    return f"ngày {day.day:02} tháng {_admin_month(day)} năm {day.year}"


def sentence_day(moment: date | datetime) -> str:
    """The same at the head of a sentence: "Ngày 14 tháng 12 năm 2018"."""
    return f"N{document_day(moment)[1:]}"


def short_admin_day(moment: date | datetime) -> str:
    """Figures in administrative prose: "27/6/2014", "14/02/2012"."""
    day = vietnamese_day(moment)
    return f"{day.day:02}/{_admin_month(day)}/{day.year}"


def month_of_year(day: date, language: str) -> str:
    """The month a day is in: "Tháng 12/2026" or "December 2026"."""
    return f"Tháng {day.month}/{day.year}" if language == "vi" else f"{MONTHS[day.month - 1]} {day.year}"


def short_range(first: date, last: date, language: str) -> str:
    """From day to day: "14-16/12/2018" or "14–16 December 2018"; `ValueError` if `last` is earlier."""
    if last < first:
        raise ValueError(f"{last} comes before {first}")
    if first == last:
        return short_day(first, language)
    return _range_vi(first, last) if language == "vi" else _range_en(first, last)


def _range_vi(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{_figures(first)}-{_figures(last)}"
    if first.month != last.month:
        return f"{first:%d/%m}-{_figures(last)}"
    return f"{first:%d}-{_figures(last)}"


def _range_en(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{long_day(first)} – {long_day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {long_day(last)}"
    return f"{first.day}–{long_day(last)}"


def _figures(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _admin_month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)
