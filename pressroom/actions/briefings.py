"""What is decided about a briefing: when and where, confirmed, held, cancelled; and its records in both languages.

Decisions hold at once: the read side says them in the same transaction, and the history keeps what stood before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.editorial.actions import announce_change, record_save
from portal.editorial.actions.locking import lock
from portal.history.actions import record
from portal.history.models import Record as Deed
from portal.languages import LANGUAGES
from portal.languages.dates import Quarter
from portal.languages.fields import Record
from portal.people.models import Person
from portal.search.models import Entry
from pressroom.briefing_facts import MOVED, When, facts_of, when_and_where, when_of
from pressroom.mails import seats as mails
from pressroom.models import Attendance, Briefing, TranscriptCheck
from pressroom.rules import notice
from pressroom.rules.quarters import next_open_quarter

_DATED = ["kind", "precision", "day", "of_quarter", "begins_at", "ends_at", "place_vi", "place_en"]
_DECIDED = ["sequence", "decided_at"]
WROTE = "wrote the transcript"


@dataclass(frozen=True)
class Plan:
    """What kind of briefing, when, and where in each language."""

    kind: str
    when: When
    places: Mapping[str, str]


def place_in_a_quarter(briefing: Briefing, now: datetime) -> Briefing:
    """Give a new one, not yet saved, the first quarter without a regular briefing; nothing more is known of its date."""
    quarter = next_open_quarter(now)
    briefing.day = briefing.of_quarter = quarter.first_day
    return briefing


@transaction.atomic
def arrange(briefing: Briefing, plan: Plan, *, by: User | None, now: datetime, urgency: str = "") -> Briefing:
    """Set or change kind, date and place. A confirmed one is told to everybody with a seat; without an hour it is
    provisional again. Raises Refused for one that is over, for a second regular one in a quarter, and for a confirmed
    one moved so that its notice would be too late, unless `urgency` says why.
    """
    briefing = _open(briefing)
    before, earlier = when_and_where(briefing), when_of(briefing)
    kind_before = briefing.kind
    _lay(briefing, plan)
    after = when_and_where(briefing)
    if after == before and briefing.kind == kind_before:
        return briefing
    was_confirmed = briefing.progress == Briefing.Progress.CONFIRMED
    if after != before:
        _decide(briefing, now)
        if was_confirmed:
            _confirm_anew(briefing, urgency, now)
    _save_dated(briefing)
    told = [edition.language for edition in briefing.editions.all() if edition.is_public(now)]
    record(
        briefing,
        MOVED if after != before else "changed the kind",
        by=by,
        now=now,
        before=before,
        after=after,
        told=told,
    )
    if after != before and was_confirmed:
        _tell_the_press(briefing, earlier, now)
    tell_readers(briefing)
    return briefing


def _open(briefing: Briefing) -> Briefing:
    """The original, locked; Refused when it has come to its end."""
    briefing = lock(briefing.root)
    if not briefing.is_open:
        raise Refused(
            _("This briefing is “%(state)s”: that is how it ended, and it stays so.")
            % {"state": briefing.get_progress_display()}
        )
    return briefing


def _lay(briefing: Briefing, plan: Plan) -> None:
    briefing.kind, briefing.precision = plan.kind, plan.when.precision
    briefing.day, briefing.of_quarter = plan.when.day, plan.when.quarter.first_day
    briefing.begins_at, briefing.ends_at = plan.when.begins, plan.when.ends
    for language in LANGUAGES:
        setattr(briefing, f"place_{language}", " ".join((plan.places.get(language) or "").split()))


def _decide(briefing: Briefing, now: datetime) -> None:
    briefing.sequence += 1
    briefing.decided_at = now


def _confirm_anew(briefing: Briefing, urgency: str, now: datetime) -> None:
    """The notice of the new date is given now; without an hour there is nothing to confirm."""
    if briefing.precision != Briefing.Precision.EXACT:
        briefing.progress, briefing.confirmed_at = Briefing.Progress.PROVISIONAL, None
        return
    _excuse(briefing, urgency, now)
    briefing.confirmed_at = now


def _excuse(briefing: Briefing, urgency: str, now: datetime) -> None:
    """A notice shorter than the law asks needs its reason."""
    if not notice.would_be_late(briefing, now):
        return
    if not urgency.strip():
        law = notice.limit(briefing)
        raise Refused(
            _("The law asks for a notice %(amount)s %(unit)s before (%(law)s). Say why it is shorter this time.")
            % {"amount": law.amount, "unit": law.get_unit_display(), "law": law.citation}
            if law else _("Say why the notice is shorter this time.")
        )  # fmt: skip
    said: Any = urgency.strip()
    briefing.urgency = said


def _save_dated(briefing: Briefing) -> None:
    try:
        with transaction.atomic():
            briefing.save(update_fields=[*_DATED, *_DECIDED, "progress", "confirmed_at", "urgency"])
    except IntegrityError as clash:
        quarter = briefing.quarter()
        if not Briefing.objects.regular_in(quarter).exclude(pk=briefing.pk).exists():
            raise
        raise Refused(_second_regular(quarter)) from clash


def _second_regular(quarter: Quarter) -> str:
    return _(
        "There is a regular briefing of %(quarter)s already. Make this one ad hoc, or cancel the other."
    ) % {"quarter": quarter.short("vi")}


def _tell_the_press(briefing: Briefing, earlier: When, now: datetime) -> None:
    for attendance in _awaiting(briefing):
        mails.moved(attendance, earlier, now=now)


def _awaiting(briefing: Briefing) -> list[Attendance]:
    """Those who have a seat or wait for one."""
    held = briefing.attendances.exclude(state=Attendance.State.RETURNED).with_people()
    return list(held.select_related("briefing", "journalist__outlet"))


@transaction.atomic
def confirm(briefing: Briefing, *, by: User | None, now: datetime, urgency: str = "") -> Briefing:
    """Confirm date and place; whoever has a seat from before is told. Raises Refused while one of the notice's six
    contents is missing in a language it is written in, or when the notice would be too late and `urgency` does not say why.
    """
    briefing = _open(briefing)
    if briefing.progress == Briefing.Progress.CONFIRMED:
        raise Refused(_("This briefing is confirmed already."))
    missing = {
        each: None for language in briefing.spoken_languages() for each in notice.missing(briefing, language)
    }
    if missing:
        raise Refused(_("The notice does not say yet: %(contents)s.") % {"contents": ", ".join(missing)})
    _excuse(briefing, urgency, now)
    briefing.progress, briefing.confirmed_at = Briefing.Progress.CONFIRMED, now
    _decide(briefing, now)
    briefing.save(update_fields=["progress", "confirmed_at", "urgency", *_DECIDED])
    record(briefing, "confirmed the briefing", by=by, now=now, note=briefing.urgency)
    for attendance in _awaiting(briefing):  # seats given before the date was open again
        mails.confirmed(attendance, now=now)
    tell_readers(briefing)
    return briefing


@transaction.atomic
def hold(briefing: Briefing, *, by: User | None, now: datetime) -> Briefing:
    """Say that it was held; for good. Raises Refused before it has begun, or while it was never confirmed."""
    briefing = _open(briefing)
    if briefing.progress != Briefing.Progress.CONFIRMED:
        raise Refused(_("Confirm the date first."))
    if not briefing.has_begun(now):
        raise Refused(_("This briefing has not begun."))
    briefing.progress = Briefing.Progress.HELD
    _decide(briefing, now)
    briefing.save(update_fields=["progress", *_DECIDED])
    record(briefing, "held the briefing", by=by, now=now)
    tell_readers(briefing)
    return briefing


@transaction.atomic
def cancel(briefing: Briefing, reasons: Mapping[str, str], *, by: User | None, now: datetime) -> Briefing:
    """Call it off for good, with a public reason in each language it is written in; whoever has a seat is told."""
    briefing = _open(briefing)
    if [language for language in briefing.spoken_languages() if not (reasons.get(language) or "").strip()]:
        raise Refused(_("Give the public reason in each language the briefing is written in."))
    briefing.progress = Briefing.Progress.CANCELLED
    for language in LANGUAGES:
        setattr(briefing, f"reason_{language}", (reasons.get(language) or "").strip())
    _decide(briefing, now)
    briefing.save(update_fields=["progress", *(f"reason_{language}" for language in LANGUAGES), *_DECIDED])
    record(
        briefing,
        "cancelled the briefing",
        by=by,
        now=now,
        note=briefing.text("reason", "vi") or briefing.text("reason", "en"),
    )
    for attendance in _awaiting(briefing):
        mails.cancelled(attendance, now=now)
    tell_readers(briefing)
    return briefing


def tell_readers(briefing: Briefing) -> None:
    """Rewrite the facts in its entries; the text readers have stays as it was approved. Call inside a transaction."""
    for entry in Entry.objects.about(briefing).exclude(status=Entry.Status.GONE):
        said = entry.face.get("facts", {})
        chair = Person.objects.with_offices().filter(pk=said.get("chair_pk")).first()
        with override(entry.language):
            entry.face = {**entry.face, "facts": facts_of(briefing, entry.language, chair=chair)}
        entry.save(update_fields=["face"])
    announce_change()


@transaction.atomic
def write_rows(
    briefing: Briefing,
    field: str,
    columns: Mapping[str, list[Record]],
    *,
    by: User | None,
    now: datetime,
    lock_version: int | None = None,
) -> Briefing:
    """Write the programme ("agenda") or the transcript in these languages. Raises Conflict for rows opened before
    somebody else's save, Refused where the text is locked.
    """
    briefing = lock(briefing, lock_version=lock_version)
    before = {language: briefing.text(field, language) for language in columns}
    for language, records in columns.items():
        setattr(briefing, f"{field}_{language}", records)
    briefing.save(update_fields=[f"{field}_{language}" for language in columns])
    record_save(briefing, by=by, now=now)
    for language in columns if field == "transcript" else ():
        if briefing.text(field, language) != before[language]:
            record(briefing.root, WROTE, by=by, now=now, language=language)
    return briefing


@transaction.atomic
def check_transcript(briefing: Briefing, language: str, *, by: User | None, now: datetime) -> TranscriptCheck:
    """Say that the transcript, in these very words, is what was said: by somebody who did not write it.

    Raises Refused before the briefing was held, without a transcript, or for whoever wrote it.
    """
    briefing = lock(briefing)
    decided = briefing.root
    if decided.progress != Briefing.Progress.HELD:
        raise Refused(_("A transcript is checked against delivery after the briefing was held."))
    if not briefing.rows("transcript", language):
        raise Refused(_("There is no transcript in this language."))
    if by is not None and by.pk in transcript_writers(decided, language):
        raise Refused(_("You wrote in this transcript, so another person must check it."))
    check, made = TranscriptCheck.objects.get_or_create(
        briefing=decided, language=language, digest=digest_of(briefing.rows("transcript", language)),
        defaults={"by": by, "at": now},
    )  # fmt: skip
    if made:
        record(decided, "checked the transcript", by=by, now=now, language=language)
        tell_readers(decided)
    return check


def transcript_writers(briefing: Briefing, language: str) -> set[int]:
    """Everyone who ever wrote in the transcript of this language."""
    deeds = Deed.objects.about(briefing).filter(verb=WROTE, language=language)
    return {deed.by_id for deed in deeds if deed.by_id}


def digest_of(rows: list[Record]) -> str:
    """The SHA-256 of a transcript's words: what a check is bound to."""
    said = "\x1e".join("\x1f".join([str(row["row"]), row["is"], row["who"], row["text"]]) for row in rows)
    return sha256(said.encode()).hexdigest()
