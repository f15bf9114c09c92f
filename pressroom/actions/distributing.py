"""Sending a release to those it is meant for, and whatever becomes of it to those who have it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.editorial.models import Edition
from portal.languages import other
from portal.mailing.actions import addressing, pausing, sending
from portal.mailing.audiences import those_still_without
from portal.mailing.models import Delivery, Mailing, Message
from portal.search.models import Entry
from pressroom import letters
from pressroom.models import Distribution, PressRelease

Of: Any = Distribution.Of
#: What carries the words of the release, and not the news that it was taken back.
TEXTS = (Of.TEXT, Of.UPDATE, Of.CORRECTION, Of.REINSTATEMENT)
_NOT_BEGUN = [Mailing.State.DRAFT, Mailing.State.ADDRESSING, Mailing.State.APPROVED]
_STOPPABLE = [*_NOT_BEGUN, Mailing.State.SENDING, Mailing.State.PAUSED]


@transaction.atomic
def distribute(
    release: PressRelease, language: str, *, at: datetime, is_first: bool, now: datetime
) -> Mailing | None:
    """Send the text readers see now: to the release's lists, or to those who have an earlier one.

    `at` is the moment of the step this follows: one step sends once. A text that is no longer shown, or has been sent
    already by a step that came after, is not sent. A minor fix only takes the place of a text that has not left.
    """
    planned = _planned(release, language, at)
    entry = _entry(planned)
    if (
        entry is None
        or entry.status != Entry.Status.LIVE
        or not entry.has_begun(now)
        or _stands(planned, *TEXTS)
    ):
        return None
    is_overtaking = _overtake(planned, now)
    earlier = _earlier(planned)
    if earlier is not None:
        return _bring_up_to_date(planned, entry, earlier, is_first=is_first, now=now)
    if is_first or is_overtaking:
        return _first(planned, entry, now)
    return None


@transaction.atomic
def recall(
    release: PressRelease, language: str, *, at: datetime, by: User | None, now: datetime
) -> Mailing | None:
    """Tell everybody who has the release that it was withdrawn or retracted. Whoever took it down has decided that."""
    planned = _planned(release, language, at)
    entry, earlier = _entry(planned), _earlier(planned)
    if entry is None or entry.status == Entry.Status.LIVE or earlier is None:
        return None
    planned.of = Of.RECALL if entry.status == Entry.Status.GONE else Of.WITHDRAWAL
    if _stands(planned, planned.of):
        return None
    return _follow(planned, earlier, letters.of_recall(entry, now), now, by=by)


@transaction.atomic
def stop(release: PressRelease, language: str, *, at: datetime, by: User | None, now: datetime) -> None:
    """Let no copy of a text that was taken down at this moment leave any more."""
    older = _of_this(_planned(release, language, at)).filter(of__in=TEXTS, at__lte=at)
    for mailing in _mailings(older).filter(state__in=_STOPPABLE):
        pausing.cancel(mailing, by=by, now=now, why=_("the release has been taken down"))


def _planned(release: PressRelease, language: str, at: datetime) -> Distribution:
    """A distribution of the version that is shown now; its release is locked, so that two workers plan after each other."""
    release = PressRelease.objects.select_for_update().get(pk=release.pk)
    version = Edition.objects.of(release).get(language=language).published_version
    return Distribution(release=release, language=language, of=Of.TEXT, version=version, at=at)


def _entry(planned: Distribution) -> Entry | None:
    return Entry.objects.about(planned.release).in_language(planned.language).first()


def _of_this(planned: Distribution) -> QuerySet[Distribution]:
    return Distribution.objects.filter(release=planned.release, language=planned.language)


def _mailings(distributions: QuerySet[Distribution]) -> QuerySet[Mailing]:
    return Mailing.objects.filter(pk__in=distributions.values("mailing"))


def _stands(planned: Distribution, *of: str) -> bool:
    """The step was told, or one that came after it."""
    return _of_this(planned).filter(of__in=of, at__gte=planned.at).exists()


def _overtake(planned: Distribution, now: datetime) -> bool:
    """Call back mailings of an older text of which nothing has left yet: the new text goes out instead of it."""
    older = _of_this(planned).filter(of__in=TEXTS, version__lt=planned.version)
    waiting = list(_mailings(older).filter(state__in=_NOT_BEGUN, released_stage=-1))
    for mailing in waiting:
        pausing.cancel(mailing, by=None, now=now, why=_("a newer text goes out instead"))
    return bool(waiting)


def _earlier(planned: Distribution) -> Distribution | None:
    """The first sending of the text that has reached somebody, or still may: whoever got a later one got this."""
    reached = Delivery.objects.filter(
        mailing=OuterRef("mailing"), state__in=Delivery.UNDECIDED | Delivery.ARRIVED
    )
    texts = _of_this(planned).filter(of=Of.TEXT, mailing__released_stage__gte=0)
    return texts.filter(Exists(reached)).order_by("pk").first()


def _first(planned: Distribution, entry: Entry, now: datetime) -> Mailing | None:
    lists = list(planned.release.lists.all())
    if not lists:
        return None
    mailing = _compose(planned, letters.of_release(entry, now), now)
    twin = Entry.objects.about(planned.release).in_language(other(planned.language))
    mailing.is_in_both_languages = twin.listed(now).exists()
    mailing.save(update_fields=["is_in_both_languages"])
    mailing.lists.set(lists)
    return _let_go(planned, promised=entry.updated_at or entry.visible_from, now=now)


def _bring_up_to_date(
    planned: Distribution, entry: Entry, earlier: Distribution, *, is_first: bool, now: datetime
) -> Mailing | None:
    """Tell those who have the text what has become of it since the last they were told."""
    told = max(_sends(planned).values_list("version", flat=True))
    untold = [change for change in entry.changes if change["replaces"] >= told]
    note = "\n".join(change["note"] for change in untold)
    if is_first:  # it had been taken down: nothing is published a second time otherwise
        return _reinstate(planned, entry, earlier, note=note, now=now)
    if not untold:
        return None
    is_correction = any(change["kind"] == Of.CORRECTION for change in untold)
    planned.of = Of.CORRECTION if is_correction else Of.UPDATE
    return _follow(planned, earlier, letters.of_change(entry, planned.of, note, now), now)


def _reinstate(
    planned: Distribution, entry: Entry, earlier: Distribution, *, note: str, now: datetime
) -> Mailing:
    """Valid again, to those who have it; to those whose copy was called back on its way, the text they never got."""
    planned.of = Of.REINSTATEMENT
    told = _follow(planned, earlier, letters.of_change(entry, planned.of, note, now), now)
    if those_still_without(earlier.mailing).exists():
        rest = Distribution(
            release=planned.release,
            language=planned.language,
            of=Of.TEXT,
            version=planned.version,
            at=planned.at,
        )
        _complete(rest, earlier, letters.of_release(entry, now), now)
    return told


def _complete(planned: Distribution, earlier: Distribution, message: Message, now: datetime) -> Mailing:
    mailing = _compose(planned, message, now)
    mailing.completes = earlier.mailing
    mailing.save(update_fields=["completes"])
    mailing.lists.set(earlier.mailing.lists.all())
    return _let_go(planned, promised=now, now=now)


def _sends(planned: Distribution) -> QuerySet[Distribution]:
    """The sendings of its texts, without those that were called back before anything left."""
    texts = _of_this(planned).filter(of__in=TEXTS)
    return texts.exclude(mailing__state=Mailing.State.CANCELLED, mailing__released_stage=-1)


def _follow(
    planned: Distribution, earlier: Distribution, message: Message, now: datetime, by: User | None = None
) -> Mailing:
    """To exactly those who got the text before, once whatever was sent before has arrived."""
    if _mailings(_of_this(planned)).filter(deliveries__state__in=Delivery.UNDECIDED).exists():
        raise Refused(
            _("The text before is still on its way: what became of it follows once everybody has it.")
        )
    mailing = _compose(planned, message, now)
    mailing.resends = earlier.mailing
    mailing.save(update_fields=["resends"])
    mailing.lists.set(earlier.mailing.lists.all())
    return _let_go(planned, promised=now, now=now, by=by)


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
