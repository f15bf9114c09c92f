"""Whoever is concerned hears of it: those registered, when what was decided about their event changes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.history.actions import note
from training.actions.locking import both_locked
from training.mails import seats as mails
from training.models import Event, Registration
from training.rules.told import digest_of

#: Who hears of a change: with a seat or a wish for one, at an address they have shown to be theirs.
_CONCERNED = [each for each in Registration.ACTIVE if each != Registration.State.UNCONFIRMED]


def tell_registered(event: Event, *, now: datetime) -> None:
    """Tell everybody with an active registration when and where the event is now, once for each `event.sequence`.

    Called in the transaction of the change, after it is written. Whoever knows it already (another thing changed) is not told.
    """
    digest = digest_of(event)
    for each in event.registrations.filter(state__in=_CONCERNED).exclude(told=digest).select_for_update():
        each.event = event
        each.told, each.comes_at = digest, None
        each.save(update_fields=["told", "comes_at"])
        if event.progress == Event.Progress.CANCELLED:
            mails.event_cancelled(each, now=now)
        elif event.is_open:
            mails.changed(each, now=now)


@transaction.atomic
def come_all_the_same(registration: Registration, *, now: datetime) -> Registration:
    """Keep on record that somebody with a seat has read of the change, and comes. Raises Refused without a seat."""
    _event, registration = both_locked(registration)
    if registration.state != Registration.State.SEATED:
        raise Refused(_("You have no seat at present."))
    if registration.comes_at is None:
        registration.comes_at = now
        registration.save(update_fields=["comes_at"])
        note(registration, "said that they come all the same", by=None, now=now)
    return registration
