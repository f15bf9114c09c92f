"""What a step checks. A guard answers None, or the reason for refusing in the editor's words: the words that grey the button."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.editorial import checklist, content
from portal.editorial.contributors import contributors
from portal.editorial.models import Edition, Publishable, State
from portal.languages.dates import promised_moment
from portal.search.models import Entry


@dataclass
class Attempt:
    """A step about to be taken, with all that a guard may look at."""

    item: Publishable
    edition: Edition
    step: Any
    by: Any
    now: datetime
    at: datetime | None = None
    successor: str = ""

    @property
    def language(self) -> str:
        return self.edition.language

    def digest(self) -> str:
        return content.digest(content.content_of(self.item), self.language)


def complete(attempt: Attempt) -> str | None:
    """Every required field says something in this language."""
    missing = checklist.missing_fields(attempt.item, attempt.language)
    if not missing:
        return None
    return _("Not complete in this language: %(fields)s.") % {"fields": ", ".join(missing)}


def nothing_blocks(attempt: Attempt) -> str | None:
    blockers = [
        str(finding.message)
        for finding in checklist.findings(attempt.item, attempt.language)
        if finding.blocks
    ]
    return " ".join(blockers) or None


def four_eyes(attempt: Attempt) -> str | None:
    """Nobody who changed this text since it was last published may approve it: not the writer, not the last editor."""
    if attempt.by is not None and attempt.by.pk in contributors(attempt.item, attempt.language):
        return _("You have changed this text since it was last published, so another person must approve it.")
    return None


def as_approved(attempt: Attempt) -> str | None:
    if attempt.digest() == attempt.edition.approved_digest:
        return None
    return _("The text has changed since it was approved. Return it, and have it approved again.")


def still_holds(attempt: Attempt) -> str | None:
    """What the text leans on may have changed since it was approved."""
    return attempt.item.reason_against_release(attempt.language)


def time_to_come(attempt: Attempt) -> str | None:
    if attempt.at is None or attempt.at > attempt.now:
        return None
    return _("%(time)s (Viet Nam time) has already passed. Choose a time to come, or publish now.") % {
        "time": promised_moment(attempt.at, get_language())
    }


def hour_not_come(attempt: Attempt) -> str | None:
    """What readers see since its hour is withdrawn; a working copy is seen by nobody until it is merged."""
    if (
        attempt.item.is_working_copy
        or attempt.edition.publish_at is None
        or attempt.edition.publish_at > attempt.now
    ):
        return None
    return _("Its hour has come: readers can see it already. Withdraw it instead.")


def other_language_ready(attempt: Attempt) -> str | None:
    """A paired release waits until both languages are approved."""
    if not attempt.item.released_together:
        return None
    others = [edition for edition in attempt.item.editions.all() if edition.language != attempt.language]
    if all(
        edition.state == State.APPROVED
        or edition.is_dated
        or edition.was_public
        or _has_nothing_new(attempt.item, edition)
        for edition in others
    ):
        return None
    return _("Vietnamese and English go out together, and the other language is not approved yet.")


def _has_nothing_new(item: Publishable, edition: Edition) -> bool:
    """In a working copy, a language that says what readers are shown already waits for nothing."""
    return item.is_working_copy and not content.has_news(item, edition.language)


def not_paired(attempt: Attempt) -> str | None:
    if not attempt.item.released_together:
        return None
    return _("Vietnamese and English go out together: untick that first to publish one language urgently.")


def harms_no_other_schedule(attempt: Attempt) -> str | None:
    """A working copy must not change what the other language's approved or scheduled text says about shared things."""
    if not attempt.item.is_working_copy:
        return None
    live = attempt.item.root
    for edition in live.editions.all():
        if edition.language == attempt.language or not edition.is_dated:
            continue
        if content.content_of(live)["shared"] != content.content_of(attempt.item)["shared"]:
            return _(
                "The other language is scheduled, and this copy changes what both share. Take it off the schedule first."
            )
    return None


def knows_embargo(attempt: Attempt) -> str | None:
    return None if attempt.item.may_be_embargoed else _("Pieces of this kind have no embargo.")


def never_seen(attempt: Attempt) -> str | None:
    """What readers have, or had, is no secret: neither it nor what corrects it."""
    if not attempt.item.is_working_copy and not attempt.edition.was_public:
        return None
    return _("Readers have seen this piece already: schedule it instead.")


def the_original(attempt: Attempt) -> str | None:
    return (
        _("Take this step on the published piece, not on its working copy.")
        if attempt.item.is_working_copy
        else None
    )


def original_stands(attempt: Attempt) -> str | None:
    """A working copy replaces a text that stands, or one reinstated for review when it was approved since."""
    if not attempt.item.is_working_copy:
        return None
    original = attempt.item.root.edition(attempt.language)
    if original is None or original.state == State.PUBLISHED:
        return None
    if original.state in {State.WITHDRAWN, State.RETRACTED}:
        return _("The published piece has been taken down. Reinstate it before replacing its text.")
    if original.is_dated:
        return _(
            "The piece itself is scheduled to come back. Take it off the schedule before replacing its text."
        )
    approved_at = attempt.edition.approved_at
    if approved_at and original.explained_at and approved_at > original.explained_at:
        return None
    return _("This copy was approved before the piece was taken down. Return it, and have it approved again.")


def before_expiry(attempt: Attempt) -> str | None:
    original = attempt.item.root.edition(attempt.language)
    expire_at = original.expire_at if original else None
    due = attempt.edition.publish_at if attempt.edition.is_dated else None
    appears = attempt.at or min(
        due or attempt.now, attempt.now
    )  # a late clock keeps the hour that was promised
    if expire_at is None or attempt.item.is_working_copy or appears < expire_at:
        return None
    return _(
        "This text expires on %(time)s (Viet Nam time), before it would appear. Change the expiry first."
    ) % {"time": promised_moment(expire_at, get_language())}


def readers_see_it(attempt: Attempt) -> str | None:
    """Scheduled text is before readers from its hour on, whether or not the clock has come by."""
    edition = attempt.edition
    if not edition.is_dated or (edition.publish_at and edition.publish_at <= attempt.now):
        return None
    return _("No reader has seen it yet: take it off the schedule instead.")


def successor_leads_on(attempt: Attempt) -> str | None:
    """A retracted page may lead to the piece that replaces it: one of ours that exists, and never in a circle."""
    if not attempt.successor:
        return None
    own = attempt.item.get_absolute_url(attempt.language)
    seen, url = {own}, attempt.successor
    while True:
        if url in seen:
            return _("That address leads back to this piece.")
        seen.add(url)
        entry = Entry.objects.filter(url=url).first()
        if entry is None or not entry.has_begun(attempt.now):
            return _("No published piece has the address %(address)s.") % {"address": attempt.successor}
        if entry.status != Entry.Status.GONE:
            return None
        if not entry.successor:
            return _("The piece at %(address)s has itself been retracted.") % {"address": attempt.successor}
        url = entry.successor
