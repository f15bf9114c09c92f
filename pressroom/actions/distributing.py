"""Sending a release to those it is meant for, and whatever becomes of it to those who have it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.editorial.models import Edition
from portal.mailing.actions import addressing, pausing, sending
from portal.mailing.models import Delivery, Mailing, Message
from portal.search.models import Entry
from pressroom import letters
from pressroom.models import Distribution, PressRelease

Of: Any = Distribution.Of
_NOT_BEGUN = [Mailing.State.DRAFT, Mailing.State.ADDRESSING, Mailing.State.APPROVED]
_STOPPABLE = [*_NOT_BEGUN, Mailing.State.SENDING, Mailing.State.PAUSED]


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
    text = Distribution(release=release, language=language, of=Of.TEXT, version=version)
    if change == "first":
        return _first(text, entry, promised=entry.visible_from, now=now)
    if _overtake(release, language, now):
        return _first(text, entry, promised=now, now=now)
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


@transaction.atomic
def stop(release: PressRelease, language: str, *, by: User | None, now: datetime) -> None:
    """Let no copy of a text that was taken down leave any more."""
    for mailing in _mailings(release, language).filter(state__in=_STOPPABLE):
        pausing.cancel(mailing, by=by, now=now, why=_("the release has been taken down"))


def _overtake(release: PressRelease, language: str, now: datetime) -> bool:
    """Call back mailings of an older text of which nothing has left yet: the new text goes out instead of it."""
    waiting = list(_mailings(release, language).filter(state__in=_NOT_BEGUN, released_stage=-1))
    for mailing in waiting:
        pausing.cancel(mailing, by=None, now=now, why=_("a newer text goes out instead"))
    return bool(waiting)


def _mailings(release: PressRelease, language: str) -> QuerySet[Mailing]:
    """Those that carry its text."""
    carrying = Distribution.objects.filter(release=release, language=language)
    carrying = carrying.exclude(of__in=[Of.WITHDRAWAL, Of.RECALL])
    return Mailing.objects.filter(pk__in=carrying.values("mailing"))


def _first(planned: Distribution, entry: Entry, *, promised: datetime, now: datetime) -> Mailing | None:
    lists = list(planned.release.lists.all())
    if not lists or _earlier(planned) is not None or _stands(planned):
        return None
    mailing = _compose(planned, letters.of_release(entry, now), now)
    mailing.lists.set(lists)
    return _let_go(planned, promised=promised, now=now)


def _follow(planned: Distribution, message: Message, now: datetime, by: User | None = None) -> Mailing | None:
    """To exactly those who got the text before."""
    earlier = _earlier(planned)
    if earlier is None or _stands(planned):
        return None
    if _mailings(planned.release, planned.language).filter(deliveries__state__in=Delivery.UNDECIDED).exists():
        raise Refused(
            _("The text before is still on its way: what became of it follows once everybody has it.")
        )
    mailing = _compose(planned, message, now)
    mailing.resends = earlier.mailing
    mailing.save(update_fields=["resends"])
    mailing.lists.set(earlier.mailing.lists.all())
    return _let_go(planned, promised=now, now=now, by=by)


def _earlier(planned: Distribution) -> Distribution | None:
    """The first sending of the text in its language: whoever got a later one got this."""
    of_this = Distribution.objects.filter(release=planned.release, language=planned.language)
    return of_this.filter(of=Of.TEXT, mailing__released_stage__gte=0).order_by("pk").first()


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
