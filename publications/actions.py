"""What can be done to a bulletin besides the steps every text takes: composing, freezing, mailing, warning."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.editorial.actions import record_save
from portal.editorial.actions.locking import lock
from portal.editorial.models import State
from portal.history.actions import record as keep_record
from portal.languages import other
from portal.mailing.actions import sending
from portal.mailing.models import Delivery, Mailing, MailingList
from portal.search.models import Entry
from publications import issues, letter, pins
from publications.composition import PIECE
from publications.models import Bulletin, Sending

Record = dict[str, Any]


@transaction.atomic
def compose(
    bulletin: Bulletin,
    language: str,
    records: Iterable[Record],
    *,
    by: User | None,
    now: datetime,
    lock_version: int | None = None,
) -> Bulletin:
    """Write the contents of one language. Raises Conflict for a list opened before somebody else's save, Refused when locked."""
    bulletin = lock(bulletin, lock_version=lock_version)
    return _write(bulletin, language, _named(records, language, now), by=by, now=now, why="")


def _named(records: Iterable[Record], language: str, now: datetime) -> list[Record]:
    """The records, each piece with the title it has now where it has none yet: what the history shows of it."""
    records = list(records)
    unnamed = [each["of"] for each in records if each["is"] == PIECE and not each.get("title")]
    entries = pins.entries_of(unnamed, language, now)
    return [
        {**each, "title": entries[each["of"]].title}
        if each["is"] == PIECE and each["of"] in entries
        else each
        for each in records
    ]


def _write(
    bulletin: Bulletin, language: str, records: list[Record], *, by: User | None, now: datetime, why: str
) -> Bulletin:
    column = f"contents_{language}"
    setattr(bulletin, column, records)
    bulletin.save(update_fields=[column])
    record_save(bulletin, by=by, now=now, why=why)
    return bulletin


@transaction.atomic
def freeze(
    bulletin: Bulletin, language: str, *, by: User | None, now: datetime, lock_version: int | None = None
) -> Bulletin:
    """Pin every piece as its readers see it at this moment. Raises Refused when one is not published in this language,
    Conflict when the contents are not those the person saw.
    """
    bulletin = lock(bulletin, lock_version=lock_version)
    records = bulletin.records(language)
    found = pins.pins_of(pins.references(records), language, now)
    absent = [key for key in pins.references(records) if key not in found]
    if absent:
        raise Refused(_not_published(absent, now))
    pinned = [{**each, "pin": found[each["of"]]} if each["is"] == PIECE else each for each in records]
    bulletin = _write(bulletin, language, pinned, by=by, now=now, why="frozen")
    keep_record(bulletin.root, "froze the contents", by=by, now=now, language=language, pieces=len(found))
    return bulletin


def _not_published(absent: list[str], now: datetime) -> str:
    """Named by the titles readers know them by, in whatever language."""
    wanted = pins.entries_of(absent, "vi", now) | pins.entries_of(absent, "en", now)
    names = ", ".join(f"“{wanted[key].title}”" if key in wanted else key for key in absent)
    return _("Not published in this language (any more): %(titles)s. Take them out, or wait.") % {
        "titles": names
    }


@transaction.atomic
def thaw(
    bulletin: Bulletin, language: str, *, by: User | None, now: datetime, lock_version: int | None = None
) -> Bulletin:
    """Let every piece follow its newest text again. Raises Conflict as `freeze` does."""
    bulletin = lock(bulletin, lock_version=lock_version)
    loose = [{**each, "pin": {}} if each["is"] == PIECE else each for each in bulletin.records(language)]
    bulletin = _write(bulletin, language, loose, by=by, now=now, why="thawed")
    keep_record(bulletin.root, "thawed the contents", by=by, now=now, language=language)
    return bulletin


@transaction.atomic
def compose_mailing(
    bulletin: Bulletin, language: str, lists: Iterable[MailingList], *, by: User | None, now: datetime
) -> Mailing:
    """A mailing in draft that carries the issue as its readers see it. Raises Refused when they see none, or a wrong text."""
    entry = _entry_of(bulletin, language)
    edition = bulletin.edition(language)
    if entry is None or edition is None or edition.state != State.PUBLISHED or not entry.is_listed(now):
        raise Refused(
            _("Publish the issue in this language first: its web edition is what the letter leads to.")
        )
    issue = entry.face
    pieces = pieces_in(issue)
    if wrong := pins.wrong(pieces, language):
        titles = ", ".join(
            f"“{piece['title']}”" for piece in issues.pieces_of(issue) if piece["key"] in wrong
        )
        raise Refused(
            _("Corrected or taken down since the issue was frozen: %(titles)s. Correct the issue first.")
            % {"titles": titles}
        )
    message = letter.of_issue(issues.with_origin(issue), now)
    message.save()
    mailing = sending.compose(issue["title"][:200], message, by=by, now=now)
    mailing.is_in_both_languages = _is_before_readers(bulletin, other(language), now)
    mailing.save(update_fields=["is_in_both_languages"])
    mailing.lists.set(lists)
    itself = {bulletin.reference: pins.Pinned(edition.published_version, edition.published_digest)}
    Sending.objects.create(
        bulletin=bulletin, language=language, mailing=mailing, pieces=pieces | itself, composed_at=now
    )
    return mailing


def _entry_of(bulletin: Bulletin, language: str) -> Entry | None:
    return Entry.objects.about(bulletin).in_language(language).first()


def _is_before_readers(bulletin: Bulletin, language: str, now: datetime) -> bool:
    entry = _entry_of(bulletin, language)
    return entry is not None and entry.is_listed(now)


def pieces_in(issue: issues.Issue) -> dict[str, pins.Pinned]:
    """The texts of pieces an issue shows; {} of one whose text is gone."""
    return {
        piece["key"]: pins.Pinned(piece["version"], piece["digest"])
        for piece in issues.pieces_of(issue)
        if "version" in piece
    }


@transaction.atomic
def compose_correction(wrong: Sending, *, by: User | None, now: datetime) -> Mailing:
    """A mailing in draft to those who got a wrong text, and to nobody else: of all that no correction has told them yet.

    Raises Refused when there is nothing to tell.
    """
    wrong = Sending.objects.select_for_update().select_related("bulletin", "mailing").get(pk=wrong.pk)
    standings = untold(wrong)
    if not standings:
        raise Refused(
            _("Nothing that was sent has been corrected or taken down since, or it has been told already.")
        )
    entries = pins.entries_of(standings, wrong.language, now)
    with override(wrong.language):
        message = letter.of_correction(wrong.bulletin, standings, entries, now, language=wrong.language)
    message.save()
    mailing = sending.compose(message.subject[:200], message, by=by, now=now)
    mailing.resends = wrong.mailing
    mailing.save(update_fields=["resends"])
    mailing.lists.set(wrong.mailing.lists.all())  # whoever leaves by this letter leaves those
    Sending.objects.create(
        bulletin=wrong.bulletin, language=wrong.language, mailing=mailing, corrects=wrong, composed_at=now,
        told={key: each.named for key, each in standings.items()},
    )  # fmt: skip
    return mailing


def untold(sent: Sending) -> dict[str, pins.Standing]:
    """What is wrong in a letter by now, and in no correction of it that stands."""
    corrections = sent.corrections.exclude(mailing__state=Mailing.State.CANCELLED)
    told = {
        (key, named) for each in corrections.values_list("told", flat=True) for key, named in each.items()
    }
    wrong = pins.wrong(sent.pieces, sent.language)
    return {key: each for key, each in wrong.items() if (key, each.named) not in told}


def copies_out(sent: Sending) -> int:
    """How many copies of it reached, or may have reached, somebody."""
    return sent.mailing.deliveries.filter(state__in=Delivery.ARRIVED).count()
