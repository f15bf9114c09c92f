"""Training in figures: head counts and hours of any span, by unit, theme, form or time; every figure leads to its rows.

DOMAIN rows 18 and 52: what was only ever “gần 150” is printed so, in sums too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.directory.models import Organisation
from portal.editorial.yearly_figures import YearlyFigure
from portal.languages.dates import Quarter, quarter_of
from portal.languages.numbers import number
from portal.languages.sorting import vietnamese_key
from training import counting
from training.counting import EventFigures
from training.models import Event
from training.rules.headcounts import Figure, Total, total
from training.rules.spans import Span, days, half_span, year

#: What is told of each row, in its order.
COLUMNS = {
    "planned": gettext_lazy("Planned"),
    "registered": gettext_lazy("Registered"),
    "attended": gettext_lazy("Attended"),
    "certified": gettext_lazy("Certified"),
    "hours": gettext_lazy("Training hours"),
}
NOT_TOLD = "-"  # the row of what belongs to no group


@dataclass(frozen=True)
class Part:
    """One event's share of a row."""

    event: Event
    planned: Figure | None = None
    registered: Figure | None = None
    attended: Figure | None = None
    certified: Figure | None = None
    hours: Figure | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, column) is not None for column in COLUMNS)


@dataclass
class Row:
    """A line of the report; its parts are the rows its figures lead to."""

    key: str
    label: str
    parts: list[Part] = field(default_factory=list)

    @property
    def events(self) -> int:
        return len(self.parts)

    @property
    def held(self) -> int:
        return sum(part.event.progress == Event.Progress.HELD for part in self.parts)

    def total(self, column: str) -> Total:
        return total(getattr(part, column) for part in self.parts)

    def totals(self) -> list[tuple[str, Total]]:
        return [(column, self.total(column)) for column in COLUMNS]


@dataclass(frozen=True)
class Group:
    """A way to group: what it is called, and under which key and words an event stands."""

    label: Any
    of: Callable[[Event, str], tuple[Any, str, str]]  # → what orders it, its key, its words


@dataclass(frozen=True)
class Report:
    span: Span
    by: str
    rows: list[Row]
    whole: Row

    @property
    def is_rough(self) -> bool:
        return any(not each.is_exact for _column, each in self.whole.totals())

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == key), None)


def events_in(span: Span) -> QuerySet[Event]:
    """Not cancelled, begun in the span. One of which only the year is known belongs to no part of that year."""
    standing = Event.objects.standing().filter(begins_on__gte=span.first, begins_on__lte=span.last)
    vague = Q(precision=Event.Precision.YEAR) & Q(ends_on__gt=span.last)
    return standing.exclude(vague).order_by("begins_on", "pk")


def report(span: Span, by: str, language: str, day: date) -> Report:
    """The figures of a span as known on a day. Ten queries at most."""
    found = counting.figures_of(events_in(span).select_related("theme"), day)
    whole = Row("", _("In all"), [_whole(each) for each in found])
    rows = _by_unit(found, language) if by == "unit" else _by(GROUPS[by], found, language)
    return Report(span, by, rows, whole)


def _whole(each: EventFigures) -> Part:
    return Part(each.event, each.planned, each.registered, each.attended, each.certified, each.hours)


def _by(group: Group, found: Iterable[EventFigures], language: str) -> list[Row]:
    rows: dict[str, Row] = {}
    order: dict[str, Any] = {}
    for each in found:
        order_key, key, words = group.of(each.event, language)
        rows.setdefault(key, Row(key, words)).parts.append(_whole(each))
        order[key] = order_key
    return [rows[key] for key in sorted(rows, key=lambda key: (key == NOT_TOLD, order[key]))]


def _by_unit(found: list[EventFigures], language: str) -> list[Row]:
    """What rows say of units; what no row says stands in a line of its own, so that the sum is that of any other way."""
    ids = {unit for each in found for unit in each.units if unit is not None}
    units = {unit.pk: unit for unit in Organisation.objects.filter(pk__in=ids)}
    rows = {pk: Row(str(pk), getattr(unit, f"name_{language}") or str(unit)) for pk, unit in units.items()}
    others, untold = (
        Row("0", _("Other organisations and individuals")),
        Row(NOT_TOLD, _("Not counted by unit")),
    )
    for each in found:
        for unit, counts in each.units.items():
            (others if unit is None else rows[unit]).parts.append(_share(each.event, counts))
        if rest := _rest(each):
            untold.parts.append(rest)
    named = sorted(rows.values(), key=lambda row: vietnamese_key(row.label))
    return [row for row in (*named, others, untold) if row.parts]


def _share(event: Event, counts: counting.Counts) -> Part:
    return Part(
        event,
        None,
        Figure(counts.registered),
        Figure(counts.attended),
        Figure(counts.certified),
        Figure(counts.hours),
    )


def _rest(each: EventFigures) -> Part | None:
    """What an event has and its units do not: the plan, and whatever a source says."""
    told = [
        figure if figure and figure.source else None
        for figure in (each.registered, each.attended, each.certified)
    ]
    hours = None if any(counts.time for counts in each.units.values()) else each.hours
    part = Part(each.event, each.planned, told[0], told[1], told[2], hours)
    return part or None


def _of_theme(event: Event, language: str) -> tuple[Any, str, str]:
    if event.theme is None:
        return 0, NOT_TOLD, _("No theme named")
    name = getattr(event.theme, f"name_{language}") or str(event.theme)
    return (event.theme.position, event.theme.pk), str(event.theme.pk), name


def _of_form(event: Event, language: str) -> tuple[Any, str, str]:
    return Event.Form.values.index(event.form), event.form, capfirst(event.get_form_display())


def _of_quarter(event: Event, language: str) -> tuple[Any, str, str]:
    if event.precision == Event.Precision.YEAR:
        return 0, NOT_TOLD, _("Only the year is known")
    own: Quarter = quarter_of(event.begins_on)
    return own, str(own), own.title(language)


def _of_half(event: Event, language: str) -> tuple[Any, str, str]:
    if event.precision == Event.Precision.YEAR:
        return date.min, NOT_TOLD, _("Only the year is known")
    own = half_span(event.begins_on)
    return own.first, own.key, own.title(language)


def _of_year(event: Event, language: str) -> tuple[Any, str, str]:
    return event.begins_on.year, str(event.begins_on.year), year(event.begins_on.year).title(language)


def _of_event(event: Event, language: str) -> tuple[Any, str, str]:
    return (event.begins_on, event.pk), str(event.pk), getattr(event, f"title_{language}") or str(event)


GROUPS: dict[str, Group] = {
    "unit": Group(gettext_lazy("By unit"), _of_event),
    "theme": Group(gettext_lazy("By theme"), _of_theme),
    "form": Group(gettext_lazy("By form"), _of_form),
    "quarter": Group(gettext_lazy("By quarter"), _of_quarter),
    "half": Group(gettext_lazy("By half-year"), _of_half),
    "year": Group(gettext_lazy("By year"), _of_year),
    "event": Group(gettext_lazy("By event"), _of_event),
}


def years() -> list[int]:
    """In which anything was or will be, the latest first. One query."""
    begun = Event.objects.standing().order_by().values_list(F("begins_on__year"), flat=True).distinct()
    return sorted(begun, reverse=True)


def yearly_figures(first: date, last: date, language: str) -> list[YearlyFigure]:
    """For the plan register and the yearly report on foreign information; see `portal.editorial.yearly_figures`."""
    span = days(first, last)
    whole = report(span, "event", language, last + timedelta(days=1)).whole
    rows = reverse("admin:training_report_rows")

    def address(column: str) -> str:
        return f"{rows}?{urlencode({'span': span.key, 'by': 'event', 'what': column})}"

    held = number(whole.held, language)
    return [
        YearlyFigure(
            "training-held",
            _("Training events held"),
            whole.held,
            held,
            is_exact=True,
            url=address("attended"),
        ),
        *(
            YearlyFigure(
                f"training-{column}",
                COLUMNS[column],
                sum_.number,
                sum_.words(language),
                sum_.is_exact,
                address(column),
            )
            for column, sum_ in whole.totals()
        ),
    ]
