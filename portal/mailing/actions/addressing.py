"""An approved mailing's copies: one for each address, made some hundreds at a time, all held back until their stage is released.

A batch is one transaction: the copies are there and their addressees are gone, or neither. A worker killed in the middle,
or two at once, make the same copies.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.history.actions import record
from portal.mailing import reaching
from portal.mailing.actions import subscribing, suppressing
from portal.mailing.destinations import AT_ONCE, Destination, Recipient, destined, domain_of
from portal.mailing.models import Addressee, Delivery, Mailing, MailingList, Subscription, Suppression

log = logging.getLogger(__name__)

Now = Callable[[], datetime]


def address_waiting(*, now: Now, until: datetime) -> None:
    """Make copies until everybody has theirs, or the hour `until` has come. What fails says so and holds up no other."""
    for pk in Mailing.objects.addressing().order_by("approved_at").values_list("pk", flat=True):
        try:
            while now() < until and address_some(pk, now()):
                pass
        except Exception as problem:  # whatever is wrong with one mailing; the next run tries again
            log.exception("Mailing %s cannot be addressed", pk)
            Mailing.objects.addressing().filter(pk=pk).update(reason=_in_words(problem))


def _in_words(problem: Exception) -> str:
    """For its makers, in the house's language; what the machine says goes to whoever looks after it."""
    with override(settings.LANGUAGE_CODE):
        return (_("its copies cannot be made: %(problem)s") % {"problem": repr(problem)})[:300]


@transaction.atomic
def address_some(pk: int, now: datetime) -> bool:
    """Make the next copies of one mailing; False when none are left to make here, or another worker is at it."""
    mailing = Mailing.objects.addressing().select_for_update(skip_locked=True).filter(pk=pk).first()
    if mailing is None:
        return False
    some = list(mailing.addressees.order_by("pk")[:AT_ONCE])
    with override(settings.LANGUAGE_CODE):  # the account is kept in the house's language, whoever approves
        _copy_to(some, mailing, now)
    mailing.addressees.filter(pk__in=[each.pk for each in some]).delete()
    if mailing.addressees.exists():
        _goes_on(mailing)
        return True
    _finish(mailing, now)
    return False


def _goes_on(mailing: Mailing) -> None:
    """What stood in the way has gone."""
    if mailing.reason:
        mailing.reason = ""
        mailing.save(update_fields=["reason"])


def _copy_to(some: list[Addressee], mailing: Mailing, now: datetime) -> None:
    """The key lets whoever stands on three lists have one copy, the first."""
    reached = destined(reaching.recipients(some, mailing.message.language))
    copies = [_copy(mailing, recipient, to, now) for recipient, to in reached]
    Delivery.objects.bulk_create(copies, ignore_conflicts=True)


def _copy(mailing: Mailing, recipient: Recipient, to: Destination, now: datetime) -> Delivery:
    email, state, reason = to
    return Delivery(
        key=f"mailing:{mailing.pk}:{email or f'post {recipient.post}'}", message_id=mailing.message_id, mailing=mailing,
        email=email, domain=domain_of(email), name=recipient.name[:200], stage=recipient.stage, queued_at=now,
        state=state, reason=reason, salutation=recipient.salutation,
    )  # fmt: skip


def _finish(mailing: Mailing, now: datetime) -> None:
    """Everybody has their copy: the stages may be let go."""
    _leave_out_those_gone_since(mailing)
    mailing.state, mailing.state_since, mailing.reason = Mailing.State.APPROVED, now, ""
    mailing.candidates = mailing.deliveries.count()
    mailing.save(update_fields=["state", "state_since", "reason", "candidates"])
    record(mailing, "addressed", by=None, now=now, candidates=mailing.candidates)


def _leave_out_those_gone_since(mailing: Mailing) -> None:
    """A wish spoken after the approval found no copy to take back as long as that copy was not made."""
    for suppression in Suppression.objects.standing().filter(at__gte=mailing.approved_at):
        suppressing.leave_out(suppression)
    left: dict[str, list[MailingList]] = {}
    leaving = Subscription.objects.filter(list__mailings=mailing, state=Subscription.State.LEFT)
    for each in leaving.filter(left_at__gte=mailing.approved_at).select_related("subscriber", "list"):
        left.setdefault(each.subscriber.email, []).append(each.list)
    for email, lists in left.items():
        subscribing.leave_out(email, lists)


def give_up(mailing: Mailing) -> None:
    """Make no more copies; the account is that of those made."""
    given_up, _by_model = mailing.addressees.all().delete()
    if given_up:
        mailing.candidates = mailing.deliveries.count()
        mailing.save(update_fields=["candidates"])
