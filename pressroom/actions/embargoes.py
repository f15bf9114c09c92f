"""Copies under embargo: given to accredited journalists, accepted under dated terms, opened, closed."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.editorial.actions.locking import lock
from portal.editorial.models import Edition, Publishable, State
from portal.history.actions import record
from portal.history.models import Record
from portal.languages.dates import vietnamese_day
from pressroom.mails import copies as mails
from pressroom.models import Copy, Journalist, Opening, Terms


@transaction.atomic
def give(
    thing: Publishable, language: str, journalists: Iterable[Journalist], *, by: User, now: datetime
) -> list[Copy]:
    """A copy for each journalist who has none yet, and a letter with the way to it.

    Raises Refused unless the text is under embargo, its hour is to come, terms are in force and all are accredited.
    """
    thing = lock(thing)  # whoever calls the embargo off waits for us, or has done so before we look
    edition = _edition(thing, language)
    if edition.state != State.EMBARGOED or edition.publish_at <= now:
        raise Refused(_("Copies are given out only while the text is under embargo."))
    if terms_on(now) is None:
        raise Refused(_("There are no terms of embargo yet: write them first."))
    chosen = list(journalists)
    accredited = Journalist.objects.accredited(vietnamese_day(now)).filter(
        pk__in=[each.pk for each in chosen]
    )
    missing = {each.pk for each in chosen} - set(accredited.values_list("pk", flat=True))
    if missing:
        names = ", ".join(each.full_name for each in chosen if each.pk in missing)
        raise Refused(_("Not accredited today: %(names)s.") % {"names": names})
    _close_called_off(thing, edition, by=by, now=now)
    have = set(Copy.objects.of(thing, language).standing().values_list("journalist_id", flat=True))
    copies = [_give(thing, language, each, by, now) for each in chosen if each.pk not in have]
    if copies:
        record(thing, "gave copies under embargo", by=by, now=now, language=language, copies=len(copies))
    return copies


def _close_called_off(thing: Publishable, edition: Edition, *, by: User, now: datetime) -> None:
    """Copies of an embargo called off before this one, which no worker has come by to close yet."""
    language = edition.language
    calling_off = Record.objects.about(thing).filter(verb="lift_embargo", language=language).first()
    earlier = Copy.objects.of(thing, language).standing().given_before(edition.state_since)
    close(earlier, because=calling_off.note if calling_off else "", by=by, now=now)


def _give(thing: Publishable, language: str, journalist: Journalist, by: User, now: datetime) -> Copy:
    copy = Copy.objects.create(
        content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk, language=language,
        journalist=journalist, given_at=now, given_by=by,
    )  # fmt: skip
    mails.copy_given(copy, _edition(thing, language).publish_at, now)
    return copy


def terms_on(now: datetime) -> Terms | None:
    return Terms.objects.valid_on(vietnamese_day(now)).first()


@transaction.atomic
def accept(copy: Copy, terms: Terms, *, now: datetime) -> Copy:
    """The journalist accepts the terms shown; a second time changes nothing."""
    copy = Copy.objects.select_for_update().get(pk=copy.pk)
    if reason := reason_against_reading(copy, now):
        raise Refused(reason)
    if terms != terms_on(now):
        raise Refused(_("The terms have changed since you opened this page. Read them once more, please."))
    if copy.accepted_at is None:
        copy.terms, copy.accepted_at = terms, now
        copy.save(update_fields=["terms", "accepted_at"])
    return copy


def open_copy(copy: Copy, *, now: datetime, file: str = "") -> Opening:
    """Write an opening down. Raises Refused when the copy may not be read (any more)."""
    if reason := reason_against_reading(copy, now):
        raise Refused(reason)
    if copy.accepted_at is None:
        raise Refused(_("Accept the terms first."))
    what = Opening.What.FILE if file else Opening.What.TEXT
    return Opening.objects.create(copy=copy, at=now, what=what, file=file[:200])


def reason_against_reading(copy: Copy, now: datetime) -> str | None:
    """Why this copy shows nothing at this moment, whatever has been written about it; None when it does."""
    if copy.closed_at is not None:
        return _("This copy has been closed.")
    edition = _edition_of(copy)
    if edition is None or edition.state != State.EMBARGOED:
        return _("This text is no longer given out under embargo.")
    if copy.given_at < edition.state_since:
        return _("The embargo this copy belonged to was called off. Please ask the press office.")
    if edition.publish_at > now and not _is_accredited(copy.journalist, now):
        return _("Your accreditation is not valid today. Please ask the press office.")
    return None


def _is_accredited(journalist: Journalist, now: datetime) -> bool:
    return Journalist.objects.accredited(vietnamese_day(now)).filter(pk=journalist.pk).exists()


def _edition_of(copy: Copy) -> Edition | None:
    """By the numbers the copy keeps: the text itself may be gone."""
    return Edition.objects.filter(
        content_type=copy.content_type_id, object_id=copy.object_id, language=copy.language
    ).first()


def _edition(thing: Publishable, language: str) -> Edition:
    return Edition.objects.of(thing).get(language=language)


@transaction.atomic
def close(copies: Iterable[Copy], *, because: str, by: User | None, now: datetime) -> int:
    """Close copies and tell their holders; answers how many were open still."""
    closed = 0
    wanted = [copy.pk for copy in copies]
    for copy in Copy.objects.select_for_update().filter(pk__in=wanted, closed_at=None).order_by("pk"):
        copy.closed_at, copy.closed_because = now, because[:500]
        copy.save(update_fields=["closed_at", "closed_because"])
        mails.copy_closed(copy, now)
        record(
            copy.thing,
            "closed a copy under embargo",
            by=by,
            now=now,
            language=copy.language,
            note=because,
            copy=copy.pk,
        )
        closed += 1
    return closed
