"""What is decided about an event: its days and sessions, its place, confirmed, held, cancelled.

Decisions hold at once: the read side says them in the same transaction, whoever is registered is told, and the history keeps
what stood before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.editorial.actions import announce_change
from portal.editorial.actions.locking import lock
from portal.history.actions import record
from portal.languages import LANGUAGES
from portal.people.models import Person
from portal.search.models import Entry
from training.actions.telling import tell_registered
from training.facts import MOVED, facts_of, when_and_where
from training.models import Event, Session
from training.rules import confirming
from training.when import When, when_of

_DATED = ["precision", "begins_on", "ends_on", "begins_at", "ends_at", "progress"]
_DECIDED = ["sequence", "decided_at"]
MOST_SESSIONS = 60
Progress = Event.Progress


@dataclass(frozen=True)
class SessionPlan:
    """When and where people sit together; `pk` is that of the session it changes, None for a new one."""

    begins: datetime
    ends: datetime
    titles: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    pk: int | None = None


@dataclass(frozen=True)
class PlacePlan:
    """Where, in each language; where on a map; where online, for those with a seat."""

    places: Mapping[str, str] = field(default_factory=dict)
    map_url: str = ""
    online_url: str = ""


@transaction.atomic
def set_days(event: Event, when: When, *, by: User | None, now: datetime) -> Event:
    """Say the year, the month or the days of an event without sessions. A confirmed one of which the days are not known
    any more is planned again. Raises Refused while it has sessions: their days are its days.
    """
    event = open_event(event)
    if when.precision == Event.Precision.EXACT or event.sessions.exists():
        raise Refused(_("This event has sessions, and their days are its days: change the sessions."))
    before = when_and_where(event)
    _lay(event, when)
    return _moved(event, before, by=by, now=now)


@transaction.atomic
def set_sessions(event: Event, plans: Iterable[SessionPlan], *, by: User | None, now: datetime) -> Event:
    """Replace the sessions: those named are changed, the others go, new ones come; the event begins with the first and ends
    with the last. Without any it keeps its days. Raises Refused for a session that ends before it begins, and for one that
    somebody attended and is not among the plans.
    """
    event = open_event(event)
    plans = sorted(plans, key=lambda plan: (plan.begins, plan.ends))
    _examine(plans)
    before, sat = when_and_where(event), _as_kept(event)
    _replace_sessions(event, plans)
    if plans:
        _lay(event, When.hours(plans[0].begins, max(plan.ends for plan in plans)))
    elif event.precision == Event.Precision.EXACT:
        _lay(event, When.days(event.begins_on, event.ends_on))
    if (after := _as_kept(event)) == sat:
        return event
    record(event, "set the sessions", by=by, now=now, before=sat, after=after)
    if when_and_where(event) != before:
        return _moved(event, before, by=by, now=now)
    return _decided(event, now)


def _examine(plans: list[SessionPlan]) -> None:
    if len(plans) > MOST_SESSIONS:
        raise Refused(_("There may be %(most)d sessions at most.") % {"most": MOST_SESSIONS})
    if any(plan.ends <= plan.begins for plan in plans):
        raise Refused(_("A session ends before it begins."))


def _as_kept(event: Event) -> list[dict[str, str]]:
    """The sessions as the history keeps them."""
    names = [f"{name}_{language}" for name in ("title", "room") for language in LANGUAGES]
    return [
        {"begins": each.begins_at.isoformat(), "ends": each.ends_at.isoformat()}
        | {name: getattr(each, name) or "" for name in names}
        for each in event.sessions.all()
    ]


def _replace_sessions(event: Event, plans: list[SessionPlan]) -> None:
    standing = {session.pk: session for session in event.sessions.all()}
    kept = {plan.pk for plan in plans if plan.pk in standing}
    try:
        event.sessions.exclude(pk__in=kept).delete()
    except ProtectedError as attended:
        raise Refused(
            _("Somebody has attended a session that would be taken out: change it instead.")
        ) from attended
    for plan in plans:
        session = standing.pop(plan.pk, None) if plan.pk else None
        _write_session(session or Session(event=event), plan)


def _write_session(session: Session, plan: SessionPlan) -> None:
    session.begins_at, session.ends_at = plan.begins, plan.ends
    for language in LANGUAGES:
        setattr(session, f"title_{language}", _line(plan.titles, language))
        setattr(session, f"room_{language}", _line(plan.rooms, language))
    session.save()


@transaction.atomic
def set_place(event: Event, plan: PlacePlan, *, by: User | None, now: datetime) -> Event:
    """Say where it takes place, in both languages, and where online. Keeping the same changes nothing."""
    event = open_event(event)
    before, hidden = when_and_where(event), (event.map_url, event.online_url)
    for language in LANGUAGES:
        setattr(event, f"place_{language}", _line(plan.places, language))
    links: Any = (plan.map_url.strip(), plan.online_url.strip())
    event.map_url, event.online_url = links
    if when_and_where(event) == before:
        return event if hidden == (event.map_url, event.online_url) else _readdressed(event, by=by, now=now)
    event.save(update_fields=[*(f"place_{language}" for language in LANGUAGES), "map_url", "online_url"])
    return _moved(event, before, by=by, now=now)


def _readdressed(event: Event, *, by: User | None, now: datetime) -> Event:
    """Another link to the map or online. The history does not repeat the latter: it is for those with a seat."""
    event.save(update_fields=["map_url", "online_url"])
    record(event, "changed the links", by=by, now=now)
    return _decided(event, now)


@transaction.atomic
def confirm(event: Event, *, by: User | None, now: datetime) -> Event:
    """Confirm days and place. Raises Refused while one of them is not known in a language the event is written in, or while
    an event with a foreign element has no permit (Decision 06/2020/QD-TTg).
    """
    event = open_event(event)
    if event.progress == Progress.CONFIRMED:
        raise Refused(_("This event is confirmed already."))
    if reason := confirming.refusal(event):
        raise Refused(reason)
    event.progress = Progress.CONFIRMED
    event.save(update_fields=["progress"])
    record(event, "confirmed the event", by=by, now=now)
    return _decided(event, now)


@transaction.atomic
def mark_held(event: Event, *, by: User | None, now: datetime) -> Event:
    """Say that it was held; for good. Raises Refused before it has begun; one never confirmed must be over: so the
    records of earlier years are entered.
    """
    event = open_event(event)
    when = when_of(event)
    if not when.has_begun(now):
        raise Refused(_("This event has not begun."))
    if event.progress != Progress.CONFIRMED and not when.is_over(now):
        raise Refused(_("This event was never confirmed, and it is not over: confirm it first."))
    event.progress = Progress.HELD
    event.save(update_fields=["progress"])
    record(event, "held the event", by=by, now=now)
    return _decided(event, now)


@transaction.atomic
def cancel(event: Event, reasons: Mapping[str, str], *, by: User | None, now: datetime) -> Event:
    """Call it off for good, with a public reason in each language it is written in; whoever is registered is told."""
    event = open_event(event)
    if any(not (reasons.get(language) or "").strip() for language in spoken_languages(event)):
        raise Refused(_("Give the public reason in each language the event is written in."))
    event.progress = Progress.CANCELLED
    for language in LANGUAGES:
        setattr(event, f"reason_{language}", (reasons.get(language) or "").strip())
    event.save(update_fields=["progress", *(f"reason_{language}" for language in LANGUAGES)])
    said = event.text("reason", "vi") or event.text("reason", "en")
    record(event, "cancelled the event", by=by, now=now, note=said)
    return _decided(event, now)


def spoken_languages(event: Event) -> list[str]:
    """The languages it is written in, and so has to be told of in."""
    return [language for language in LANGUAGES if event.text("title", language)]


def open_event(event: Event) -> Event:
    """The original, locked until the transaction ends. Raises Refused when it has come to its end."""
    event = lock(event.root)
    if not event.is_open:
        raise Refused(
            _("This event is “%(state)s”: that is how it ended, and it stays so.")
            % {"state": event.get_progress_display()}
        )
    return event


def tell_readers(event: Event) -> None:
    """Rewrite the facts in its entries; the text readers have stays as it was approved. Call inside a transaction."""
    for entry in Entry.objects.about(event).exclude(status=Entry.Status.GONE):
        said = entry.face.get("facts", {})
        wanted = [said.get("chair_pk"), *said.get("speaker_pks", [])]
        people = {
            each.pk: each for each in Person.objects.with_offices().filter(pk__in=[pk for pk in wanted if pk])
        }
        chair = people.get(said.get("chair_pk"))
        speakers = [people[pk] for pk in said.get("speaker_pks", []) if pk in people]
        with override(entry.language):
            entry.face = {
                **entry.face,
                "facts": facts_of(event, entry.language, chair=chair, speakers=speakers),
            }
        entry.save(update_fields=["face"])
    announce_change()


def _lay(event: Event, when: When) -> None:
    event.precision, event.begins_on, event.ends_on = when.precision, when.first, when.last
    event.begins_at, event.ends_at = when.begins, when.ends
    if event.precision in {Event.Precision.YEAR, Event.Precision.MONTH}:  # there is no day to confirm
        event.progress = Progress.PLANNED


def _moved(event: Event, before: dict[str, Any], *, by: User | None, now: datetime) -> Event:
    """What stands after another date or place, and how it stood before; nothing when it is the same."""
    after = when_and_where(event)
    if after == before:
        return event
    event.save(update_fields=_DATED)
    told = [edition.language for edition in event.editions.all() if edition.is_public(now)]
    record(event, MOVED, by=by, now=now, before=before, after=after, told=told)
    return _decided(event, now)


def _decided(event: Event, now: datetime) -> Event:
    """The ending of every decision: a higher number for calendars, and everybody concerned is told."""
    event.sequence += 1
    event.decided_at = now
    event.save(update_fields=_DECIDED)
    tell_readers(event)
    tell_registered(event, now=now)
    return event


def _line(said: Mapping[str, str], language: str) -> str:
    return " ".join((said.get(language) or "").split())
