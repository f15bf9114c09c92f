"""Sending a release to those it is meant for, and whatever becomes of it to those who have it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.editorial.models import Edition
from portal.mailing.actions import addressing, sending
from portal.mailing.models import Delivery, Mailing, Message
from portal.search.models import Entry
from pressroom import letters
from pressroom.models import Distribution, PressRelease

Of: Any = Distribution.Of


@transaction.atomic
def distribute(
    release: PressRelease, language: str, *, version: int, change: str, note: str, now: datetime
) -> Mailing | None:
    """Send a text that has just gone out: the first one to the release's lists, a changed one to those who got an earlier.

    A minor fix is sent to nobody. None when there is nobody, or it has been sent already.
    """
    entry = Entry.objects.about(release).in_language(language).first()
    if entry is None or not entry.has_begun(now) or change == "minor":
        return None
    if change == "first":
        return _first(
            Distribution(release=release, language=language, of=Of.TEXT, version=version), entry, now
        )
    of = Of.CORRECTION if change == "correction" else Of.UPDATE
    planned = Distribution(release=release, language=language, of=of, version=version)
    return _follow(planned, letters.of_change(entry, of, note, now), now)


@transaction.atomic
def recall(
    release: PressRelease, language: str, *, version: int, by: User | None, now: datetime
) -> Mailing | None:
    """Tell everybody who has the release that it was withdrawn or retracted. Whoever took it down has decided that."""
    entry = Entry.objects.about(release).in_language(language).first()
    if entry is None or entry.status == Entry.Status.LIVE:
        return None
    of = Of.RECALL if entry.status == Entry.Status.GONE else Of.WITHDRAWAL
    planned = Distribution(release=release, language=language, of=of, version=version)
    return _follow(planned, letters.of_recall(entry, now), now, by=by)


def _first(planned: Distribution, entry: Entry, now: datetime) -> Mailing | None:
    lists = list(planned.release.lists.all())
    if not lists or _earlier(planned) is not None:
        return None
    mailing = _compose(planned, letters.of_release(entry, now), now)
    mailing.lists.set(lists)
    return _let_go(planned, promised=entry.visible_from, now=now)


def _follow(planned: Distribution, message: Message, now: datetime, by: User | None = None) -> Mailing | None:
    """To exactly those who got the text before."""
    earlier = _earlier(planned)
    if earlier is None or _stands(planned):
        return None
    mailing = _compose(planned, message, now)
    mailing.resends = earlier.mailing
    mailing.save(update_fields=["resends"])
    mailing.lists.set(earlier.mailing.lists.all())
    return _let_go(planned, promised=now, now=now, by=by)


def _earlier(planned: Distribution) -> Distribution | None:
    """The first sending of the text in its language: whoever got a later one got this."""
    of_this = Distribution.objects.filter(release=planned.release, language=planned.language)
    return of_this.filter(of=Of.TEXT).order_by("pk").first()


def _stands(planned: Distribution) -> bool:
    of_this = Distribution.objects.filter(release=planned.release, language=planned.language)
    return of_this.filter(of=planned.of, version=planned.version).exists()


def _compose(planned: Distribution, message: Message, now: datetime) -> Mailing:
    message.save()
    planned.mailing = sending.compose(message.subject[:200], message, by=None, now=now)
    planned.save()
    return planned.mailing


def _let_go(planned: Distribution, *, promised: datetime, now: datetime, by: User | None = None) -> Mailing:
    """Whoever approved the text approved whom it goes to. What nobody has approved, or what is late, waits for a person."""
    mailing = planned.mailing
    approver = by or Edition.objects.of(planned.release).get(language=planned.language).approved_by
    if approver is None:
        return _wait(mailing, _("published urgently: another person must approve whom it is sent to"))
    mailing = sending.approve(mailing, by=approver, now=now)
    while addressing.address_some(mailing.pk, now):
        pass
    mailing.refresh_from_db()
    if now - promised > sending.STALE:
        return _wait(mailing, _("its hour had passed long ago: release it yourself, or cancel it"))
    return sending.release(mailing, Delivery.Stage.PUBLIC, by=None, now=now)


def _wait(mailing: Mailing, reason: str) -> Mailing:
    mailing.reason = reason
    mailing.save(update_fields=["reason"])
    return mailing
