"""The training desk: what is to come and running with its figures, and whatever waits for a person, on one page.

Each pile is a query or two, whatever the number of rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.duties.models import limit_on
from portal.editorial import workplaces
from portal.editorial.errands import Errand, Heap
from portal.languages.dates import short_moment, vietnamese_day
from training import counting
from training.counting import EventFigures
from training.facts import when_of
from training.models import Answer, Event, Quota, Registration, RightsRequest
from training.rules.headcounts import Figure

SHOWN = 12
#: Over for so long an event still stands on the desk: its attendance and certificates are being seen to.
LINGERS = timedelta(days=30)
SOON = timedelta(hours=12)  # an offer that lapses sooner is shown as pressing
State = Registration.State
BARS = {
    "planned": gettext_lazy("planned"),
    "registered": gettext_lazy("registered"),
    "attended": gettext_lazy("attended"),
    "certified": gettext_lazy("certified"),
}


@dataclass(frozen=True)
class Bar:
    """One figure of an event: its words, and how long its bar is in a picture of a hundred."""

    key: str
    label: Any
    words: str
    length: float
    is_rough: bool


@dataclass(frozen=True)
class Card:
    """An event on the desk."""

    event: Event
    bars: list[Bar]
    capacity: int | None
    seated: int
    when: str
    url: str

    @property
    def summary(self) -> str:
        """What the picture shows, in a sentence."""
        return "; ".join(f"{bar.label} {bar.words}" for bar in self.bars)


def cards(day: date, language: str) -> list[Card]:
    """Running or to come, and lately over; the nearest first. Eight queries."""
    events = Event.objects.standing().filter(
        ends_on__gte=day - LINGERS, begins_on__lte=day + timedelta(days=400)
    )
    found = counting.figures_of(events.order_by("begins_on", "pk")[:SHOWN], day)
    return [card_of(each, language) for each in found]


def card_of(each: EventFigures, language: str) -> Card:
    figures = {key: getattr(each, key) for key in BARS}
    known = [float(figure.number) for figure in figures.values() if figure]
    most = max([*known, float(each.event.capacity or 0), 1.0])
    bars = [_bar(key, figure, most, language) for key, figure in figures.items()]
    return Card(
        each.event,
        bars,
        each.event.capacity,
        each.seated,
        when_of(each.event).words(language),
        office_url(each.event.pk),
    )


def _bar(key: str, figure: Figure | None, most: float, language: str) -> Bar:
    if figure is None:
        return Bar(key, BARS[key], "–", 0, is_rough=False)
    return Bar(
        key,
        BARS[key],
        figure.words(language),
        round(100 * float(figure.number) / most, 1),
        not figure.is_exact,
    )


def office_url(pk: int) -> str:
    return reverse("admin:training_office", args=[pk])


def page_url(page: str, pk: int) -> str:
    """The page of an event where it is seen to: "people", "seats", "survey", "certificates"."""
    return reverse(f"admin:training_event_{page}", args=[pk])


@dataclass(frozen=True)
class Pile:
    """What waits for the same deed."""

    key: str
    title: Any
    lines: list[Errand] = field(default_factory=list)
    url: str = ""

    @property
    def late(self) -> int:
        return sum(line.grave for line in self.lines)


def piles(now: datetime, language: str) -> list[Pile]:
    return [pile for source in SOURCES if (pile := source(now, language)).lines]


def rights_requests(now: datetime, language: str) -> Pile:
    """By the clock of the law (Decree 356/2025/ND-CP); grave once it is over."""
    limit = limit_on("data-subject-answered", vietnamese_day(now))
    lines = []
    for request in RightsRequest.objects.open()[:SHOWN]:
        due = limit.after(request.received_at) if limit else None
        said = _("to be answered by %(moment)s") % {"moment": short_moment(due, language)} if due else ""
        words = f"{request}: {request.get_kind_display()}"
        lines.append(
            Errand(words, reverse("admin:training_rights"), said, grave=due is not None and due < now)
        )
    return Pile("rights", _("Requests about personal data"), lines, reverse("admin:training_rights"))


def to_decide(now: datetime, language: str) -> Pile:
    rows = _by_event(Registration.objects.filter(state=State.APPLIED), Min("confirmed_at"))

    def words(number: int) -> str:
        return ngettext("%(count)d request to decide", "%(count)d requests to decide", number) % {
            "count": number
        }

    lines = [
        Errand(_title(row, language), page_url("people", row["event"]), words(row["number"]))
        for row in rows[:SHOWN]
    ]
    return Pile("decide", _("Requests for a seat"), lines)


def offers_lapsing(now: datetime, language: str) -> Pile:
    offered = Registration.objects.filter(state=State.OFFERED, offer_expires_at__lte=now + timedelta(days=2))
    lines = []
    for row in _by_event(offered, Min("offer_expires_at"))[:SHOWN]:
        number = row["number"]
        said = ngettext(
            "%(count)d offer, the first lapses %(moment)s",
            "%(count)d offers, the first lapses %(moment)s",
            number,
        ) % {"count": number, "moment": short_moment(row["first"], language)}
        lines.append(
            Errand(
                _title(row, language),
                page_url("people", row["event"]),
                said,
                grave=row["first"] <= now + SOON,
            )
        )
    return Pile("offers", _("Offers that lapse"), lines)


def nominations_open(now: datetime, language: str) -> Pile:
    """Whose focal points may still name people, while seats of theirs are free."""
    held = (
        Registration.objects.filter(quota=OuterRef("pk"), state__in=Registration.HOLDING)
        .order_by()
        .values("quota")
    )
    quotas = Quota.objects.kept(now).exclude(focal_email="").filter(event__progress__in=Event.OPEN)
    quotas = quotas.filter(event__ends_on__gte=vietnamese_day(now))
    named = Coalesce(Subquery(held.annotate(n=Count("pk")).values("n")), 0)
    free = quotas.annotate(named=named).filter(named__lt=F("seats")).select_related("event")
    lines = []
    for quota in free.order_by("released_at", "pk")[:SHOWN]:
        said = _("%(group)s: %(named)d of %(seats)d named") % {
            "group": quota.named_in(language), "named": quota.named, "seats": quota.seats,
        }  # fmt: skip
        if quota.released_at:
            said += " · " + _("until %(moment)s") % {"moment": short_moment(quota.released_at, language)}
        lines.append(Errand(_event_title(quota.event, language), page_url("seats", quota.event_id), said))
    return Pile("nominations", _("Nominations open"), lines)


def surveys_to_read(now: datetime, language: str) -> Pile:
    """Answered lately, so many that they may be shown."""
    day = vietnamese_day(now)
    events = Event.objects.originals().filter(ends_on__gte=day - timedelta(days=120), ends_on__lte=day)
    answers = (
        Answer.objects.filter(event=OuterRef("pk"))
        .order_by()
        .values("event")
        .annotate(n=Count("pk"))
        .values("n")
    )
    lines = [
        Errand(_event_title(event, language), page_url("survey", event.pk), ngettext(
            "%(count)d answer", "%(count)d answers", event.answered) % {"count": event.answered})
        for event in events.annotate(answered=Coalesce(Subquery(answers), 0)).filter(answered__gte=FEWEST)
        .order_by("-ends_on", "pk")[:SHOWN]
    ]  # fmt: skip
    return Pile("surveys", _("Surveys to read"), lines)


def certificates_to_issue(now: datetime, language: str) -> Pile:
    """Held, with people present, and nobody certified yet."""
    day = vietnamese_day(now)
    held = Event.objects.originals().filter(
        Q(registrations__presences__isnull=False) | Q(registrations__ruling__attended=True),
        progress=Event.Progress.HELD, gives_certificate=True, ends_on__gte=day - timedelta(days=120), ends_on__lt=day,
        certificates=None,
    )  # fmt: skip
    lines = [
        Errand(_event_title(event, language), page_url("certificates", event.pk), _("nobody certified yet"))
        for event in held.distinct().order_by("ends_on", "pk")[:SHOWN]
    ]
    return Pile("certificates", _("Certificates to issue"), lines)


def not_closed(now: datetime, language: str) -> Pile:
    """Over, and nobody has said that it was held or cancelled: it is in no report yet."""
    over = Event.objects.over(vietnamese_day(now)).filter(progress__in=Event.OPEN).order_by("-ends_on", "pk")
    lines = [
        Errand(_event_title(event, language), page_url("when", event.pk), _("held or cancelled?"), grave=True)
        for event in over[:SHOWN]
    ]
    return Pile("open", _("Over, and not closed"), lines)


Source = Callable[[datetime, str], Pile]
SOURCES: tuple[Source, ...] = (
    rights_requests, to_decide, offers_lapsing, nominations_open, not_closed, certificates_to_issue, surveys_to_read,
)  # fmt: skip
FEWEST = 5  # answers: of fewer nothing is shown, for it might tell whose they are


def _by_event(rows: QuerySet, first: Any) -> QuerySet:
    grouped = rows.order_by().values("event", "event__title_vi", "event__title_en")
    return grouped.annotate(number=Count("pk"), first=first).order_by("first", "event")


def _title(row: dict[str, Any], language: str) -> str:
    return row[f"event__title_{language}"] or row["event__title_vi"] or f"№ {row['event']}"


def _event_title(event: Event, language: str) -> str:
    return event.text("title", language) or str(event)


def errands(person: Any, now: datetime) -> Iterator[Heap]:
    """What runs against a clock of law, also on the first page of those who run training."""
    if person.has_perm("training.view_rightsrequest"):
        pile = rights_requests(now, person.language or "vi")
        yield Heap("rights", pile.title, pile.lines, pile.url)


def register_workplaces() -> None:
    workplaces.register(
        workplaces.Workplace(gettext_lazy("Training desk"), "admin:training_desk", "training.run_event")
    )
    workplaces.register(
        workplaces.Workplace(gettext_lazy("Training figures"), "admin:training_report", "training.view_event")
    )
