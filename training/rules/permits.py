"""The days of Decision 06/2020/QĐ-TTg on international conferences and seminars: applied for so long before, agencies answer
within so many days, the result reported so many days after. The numbers are rows of `portal.duties`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.duties.models import Limit, LimitOn, Period, limit_on, rule_of, year_of_report
from portal.languages.dates import ICT
from training.models import Consultation, Event, Permit

CONSULTATION, REPORT = "seminar-consultation", "seminar-report"
YEARLY = "seminars"


@dataclass(frozen=True)
class Clock:
    """One thing the law gives time for: what, until which day (that day is still in time), the law; who is waited for."""

    words: str
    due: date
    law: Limit
    about: str = ""

    def is_late(self, day: date) -> bool:
        return day > self.due


def apply_by(permit: Permit, law_on: LimitOn = limit_on) -> Clock | None:
    """The last day to apply: so long before the event begins."""
    first = permit.event.begins_on
    law = law_on(permit.DUTIES[Permit.Authority(permit.authority)], first)
    return Clock(_("Apply for the permit"), _before(law, first), law) if law else None


def answer_by(consultation: Consultation, law_on: LimitOn = limit_on) -> Clock | None:
    """The last day for an agency to answer."""
    law = law_on(CONSULTATION, consultation.asked_on)
    if law is None:
        return None
    return Clock(_("Answer of an agency"), _after(law, consultation.asked_on), law, consultation.agency)


def report_by(permit: Permit, law_on: LimitOn = limit_on) -> Clock | None:
    """The last day to report the result, once the event is over."""
    last = permit.event.ends_on
    law = law_on(REPORT, last)
    return Clock(_("Report the result"), _after(law, last), law) if law else None


def clocks(permit: Permit, day: date, law_on: LimitOn = limit_on) -> Iterator[Clock]:
    """Those that run on a day, in their order of time."""
    if permit.state == Permit.State.PREPARED:
        yield from _there(apply_by(permit, law_on))
    if permit.state == Permit.State.APPLIED:
        waiting = [each for each in permit.consultations.all() if each.answered_on is None]
        yield from _there(*(answer_by(each, law_on) for each in waiting))
    if permit.is_granted and permit.reported_on is None and _is_over(permit.event, day):
        yield from _there(report_by(permit, law_on))


def _there(*found: Clock | None) -> Iterator[Clock]:
    return (clock for clock in found if clock)


def _is_over(event: Event, day: date) -> bool:
    return event.ends_on < day or event.progress == Event.Progress.HELD


def _before(law: Limit, day: date) -> date:
    return law.before(_noon(day)).date()


def _after(law: Limit, day: date) -> date:
    return law.after(_noon(day)).date()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=ICT)


def yearly_period(day: date, year: int | None = None) -> tuple[Any, Period] | None:
    """The rule of the yearly report and what it covers: of the year asked for, or of the next that is due."""
    rule = rule_of(YEARLY, year or day.year)
    if rule is None:
        return None
    this_year = rule.period(day.year)
    return rule, rule.period(year or year_of_report(rule, day - (this_year.due - this_year.last)))


ANNOUNCED = timedelta(days=30)  # the yearly report is spoken of so long before its day
