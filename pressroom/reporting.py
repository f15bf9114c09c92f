"""The spokesperson's yearly report (Decree 244/2026/ND-CP, Article 10): six lines, every figure leading to its records.

Each noun of the room registers what is counted of it; a list in the admin that has `filters.InReport` among its
filters then shows exactly the rows of a figure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from portal.duties.models import Period
from pressroom.models import Briefing, CorrectionRequest, Crisis, Enquiry, PressMeeting

Narrow = Callable[[Any, Period], QuerySet]


@dataclass(frozen=True)
class Count:
    """One number: the rows of a model that `narrow` leaves of a period."""

    key: str
    label: Any
    model: type[Model]
    narrow: Narrow

    def rows(self, period: Period) -> QuerySet:
        return self.narrow(self.model._default_manager.all(), period)

    def url(self, period: Period) -> str:
        """The list of exactly these rows; "" where the room has no such list."""
        try:
            address = reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist")
        except NoReverseMatch:
            return ""
        return f"{address}?figure={self.key}-{period.year}"


@dataclass(frozen=True)
class Asked:
    """A line of the form: a count, and of how many where the form asks for a ratio."""

    label: Any
    count: str
    out_of: str = ""


#: The form of the decree, in its order.
FORM = (
    Asked(_("Press conferences held"), "conferences"),
    Asked(_("Press meetings held"), "meetings"),
    Asked(_("Replies to the press, of requests received"), "replies", "requests"),
    Asked(_("Sudden issues the ministry spoke on, of all"), "issues-spoken", "issues"),
    Asked(_("Replies given on time, of all that were due"), "on-time", "due"),
    Asked(_("Corrections asked for, of items found wrong"), "corrections-sent", "corrections"),
)

_counts: dict[str, Count] = {}


def register(count: Count) -> None:
    """For an `AppConfig.ready`."""
    _counts[count.key] = count


def count_called(key: str) -> Count | None:
    return _counts.get(key)


def counts_of(model: type[Model]) -> list[Count]:
    return [count for count in _counts.values() if count.model is model]


@dataclass(frozen=True)
class Figure:
    """A number of the report and the list of its records; None where nobody counts it."""

    label: Any = ""
    value: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the report."""

    label: Any
    figure: Figure
    out_of: Figure | None = None

    @property
    def share(self) -> float | None:
        """Of one; None where there is nothing to divide."""
        if self.out_of is None or not self.out_of.value or self.figure.value is None:
            return None
        return self.figure.value / self.out_of.value


def report(period: Period) -> list[Row]:
    """The six lines for a period: one query for each count."""
    return [
        Row(
            asked.label, _figure(asked.count, period), _figure(asked.out_of, period) if asked.out_of else None
        )
        for asked in FORM
    ]


def _figure(key: str, period: Period) -> Figure:
    count = _counts.get(key)
    if count is None:
        return Figure()
    return Figure(count.label, count.rows(period).count(), count.url(period))


# What this room counts of its own.


def conferences(rows: Any, period: Period) -> QuerySet:
    """Those that were held, regular and ad hoc."""
    return rows.originals().filter(
        progress=Briefing.Progress.HELD, day__gte=period.first, day__lte=period.last
    )


def requests(rows: Any, period: Period) -> QuerySet:
    return rows.asked_between(*period.bounds())


def replies(rows: Any, period: Period) -> QuerySet:
    return requests(rows, period).replied()


def due(rows: Any, period: Period) -> QuerySet:
    """Answered or refused, or still owed when the period ended; not those nobody waits for any more."""
    owed = Q(state__in=Enquiry.OPEN, due_at__lt=period.bounds()[1])
    return requests(rows, period).filter(Q(state__in=Enquiry.REPLIED) | owed)


def on_time(rows: Any, period: Period) -> QuerySet:
    return replies(rows, period).filter(replied_at__lte=F("due_at"))


def issues(rows: Any, period: Period) -> QuerySet:
    return rows.learned_between(*period.bounds())


def issues_spoken(rows: Any, period: Period) -> QuerySet:
    return issues(rows, period).exclude(first_statement_at=None)


def meetings(rows: Any, period: Period) -> QuerySet:
    return rows.held_between(period.first, period.last)


def corrections(rows: Any, period: Period) -> QuerySet:
    return rows.found_between(period.first, period.last)


def corrections_sent(rows: Any, period: Period) -> QuerySet:
    return corrections(rows, period).sent()


def register_own_figures() -> None:
    for count in (
        Count("conferences", _("press conferences held"), Briefing, conferences),
        Count("meetings", _("press meetings"), PressMeeting, meetings),
        Count("requests", _("requests received"), Enquiry, requests),
        Count("replies", _("replies"), Enquiry, replies),
        Count("due", _("replies due"), Enquiry, due),
        Count("on-time", _("replies on time"), Enquiry, on_time),
        Count("issues", _("sudden issues"), Crisis, issues),
        Count("issues-spoken", _("sudden issues spoken on"), Crisis, issues_spoken),
        Count("corrections", _("items found wrong"), CorrectionRequest, corrections),
        Count("corrections-sent", _("corrections asked for"), CorrectionRequest, corrections_sent),
    ):
        register(count)
