"""Watching pinned pieces: what would appear with a text corrected or taken down is stopped, and whoever made it is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType

from portal.accounts.refusal import Refused
from portal.editorial import effects, leaning
from portal.editorial.actions import Conflict, take_step
from portal.editorial.actions.locking import editions_of, lock
from portal.editorial.models import Edition, State
from portal.mailing.models import Delivery
from portal.search.models import Entry
from publications import pins
from publications.actions import pieces_in
from publications.models import Bulletin, Sending

#: So long after it was sent a correction still concerns those who got a letter.
REMEMBERED = timedelta(days=2 * 365)

#: Verbs of the notices: of an issue nobody has yet, and of one that is out.
BEFORE, AFTER = "pinned text changed", "text sent was wrong"


def watch(now: datetime) -> int:
    """Stop what must not appear, and queue a notice for each change of each piece. Answers how many are wrong.

    What is changed by a step is told by it, see `keep_back`; this also finds what was changed in any other way.
    """
    wanted = {_key(each): each for each in (*_before_readers(now), *_before_mail(now), *_after_mail(now))}
    effects.queue_many(wanted.values())
    return len(wanted)


def _key(wanted: effects.Wanted) -> tuple[Any, ...]:
    name, thing, language, key, _particulars = wanted
    return name, thing.pk, language, key


@contextmanager
def keep_back(changed: list[leaning.Changed], now: datetime) -> Iterator[None]:
    """Texts are corrected or taken down inside: issues due to appear with them come off the schedule in that transaction.

    They are locked in whatever state they stand, so that one being scheduled at this very moment is either found here
    or sees the change itself. See `portal.editorial.leaning`.
    """
    holding = list(_held(changed))
    yield
    effects.queue_many([each for pair in holding for each in _told_before(*pair, now)])


def _held(changed: list[leaning.Changed]) -> Iterator[tuple[Bulletin, Edition]]:
    languages: dict[str, set[str]] = defaultdict(set)
    for each in changed:
        languages[each.language].add(each.reference)
    for bulletin, edition in _unseen():
        if languages[edition.language] & pins.pinned_in(bulletin.records(edition.language)).keys():
            with suppress(Conflict):  # given up meanwhile
                locked = lock(bulletin)
                yield locked, editions_of(locked)[edition.language]


def _before_readers(now: datetime) -> Iterator[effects.Wanted]:
    """Issues still on somebody's desk, and those about to appear by themselves."""
    for bulletin, edition in _unseen():
        yield from _told_before(bulletin, edition, now)


def _unseen() -> list[tuple[Bulletin, Edition]]:
    """Issues that no reader has seen, those first that are locked first. At most two queries."""
    kind = ContentType.objects.get_for_model(Bulletin)
    editions = list(Edition.objects.filter(content_type=kind, first_published_at=None).order_by("pk"))
    if not editions:
        return []
    bulletins = Bulletin.objects.select_related("working_copy_of").in_bulk(
        [each.object_id for each in editions]
    )
    unseen = [(bulletins[each.object_id], each) for each in editions if each.object_id in bulletins]
    return sorted(unseen, key=lambda pair: (pair[0].root_pk, pair[0].pk))  # originals before their copies


def _told_before(bulletin: Bulletin, edition: Edition, now: datetime) -> list[effects.Wanted]:
    pinned = pins.pinned_in(bulletin.records(edition.language))
    found = list(_told(bulletin, edition.language, pinned, now, verb=BEFORE))
    if found and edition.state == State.SCHEDULED:
        _stop(bulletin, edition.language, now)
    return found


def _stop(bulletin: Bulletin, language: str, now: datetime) -> None:
    """Off the schedule: readers see what is due whether or not somebody is there to look."""
    try:
        take_step(bulletin, "unschedule", language=language, by=None, now=now)
    except Refused:
        return  # its hour has come; it is before readers, and told as such


def _before_mail(now: datetime) -> Iterator[effects.Wanted]:
    """Issues before readers, mailed or not."""
    entries = Entry.objects.filter(kind=Bulletin._meta.label_lower, status=Entry.Status.LIVE).only(
        "object_id", "language", "face"
    )
    bulletins = Bulletin.objects.in_bulk([entry.object_id for entry in entries])
    for entry in entries:
        if bulletin := bulletins.get(entry.object_id):
            yield from _told(bulletin, entry.language, pieces_in(entry.face), now, verb=AFTER)


def _after_mail(now: datetime) -> Iterator[effects.Wanted]:
    """Letters that somebody has, or will have."""
    concerned = {*Delivery.ARRIVED, *Delivery.UNDECIDED}
    sent = Sending.objects.filter(corrects=None, composed_at__gt=now - REMEMBERED)
    for sending in (
        sent.filter(mailing__deliveries__state__in=concerned).distinct().select_related("bulletin")
    ):
        yield from _told(sending.bulletin, sending.language, sending.pieces, now, verb=AFTER)


def _told(
    bulletin: Bulletin, language: str, pinned: Any, now: datetime, *, verb: str
) -> Iterable[effects.Wanted]:
    wrong = pins.wrong(pinned, language)
    entries = pins.entries_of(wrong, language, now)
    for key, standing in wrong.items():
        note = "; ".join([entries[key].title if key in entries else key, *standing.notes])
        particulars = {"verb": verb, "by": None, "note": note[:500]}
        yield "tell_contributors", bulletin.root, language, f"{verb}:{key}:{standing.named}", particulars
