"""Where a copy goes, or why it goes nowhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.directory.emails import LONGEST, sendable
from portal.mailing.models import Delivery, Suppression

AT_ONCE = 500


@dataclass(frozen=True)
class Recipient:
    """Whom a copy is meant for, at which stage."""

    email: str  # "" of a post that has no address today
    name: str = ""
    stage: Any = Delivery.Stage.ALL
    instead: str = ""  # the general mailbox that gets it, when this address does not
    post: int | None = None
    salutation: str = ""


def domain_of(email: str) -> str:
    """Whose pace counts; of what is no address, as much as there is room for."""
    return email.rpartition("@")[2][:253]


Destination = tuple[str, Any, str]  # address, the state its copy begins in, the reason for that state


def destined(recipients: Iterable[Recipient]) -> Iterator[tuple[Recipient, Destination]]:
    """Each with where its copy goes; the suppressions are asked for a few hundred at a time."""
    waiting = iter(recipients)
    while some := list(islice(waiting, AT_ONCE)):
        emails = [each.email.strip().lower() for each in some]
        left_alone = {row.email: row for row in Suppression.objects.standing().filter(email__in=emails)}
        yield from ((each, _destination(each, left_alone)) for each in some)


def _destination(recipient: Recipient, left_alone: Mapping[str, Suppression]) -> Destination:
    if recipient.email:
        email, state, reason = destination(recipient.email, left_alone)
    else:
        email, state, reason = "", Delivery.State.EXCLUDED, _("the post has no address today")
    if recipient.instead and state == Delivery.State.EXCLUDED:
        words = {"reason": reason, "email": recipient.instead}
        reason = _("%(reason)s; the general mailbox gets it instead: %(email)s") % words
    return email, state, reason[:300]


def destination(written: str, left_alone: Mapping[str, Suppression]) -> Destination:
    """What is no address gets no copy, nor does one that is left alone (`left_alone`: by address); the copy says why."""
    try:
        email = sendable(written).lower()
    except Refused as refusal:
        return " ".join(written.split())[:LONGEST], Delivery.State.REFUSED, str(refusal)[:300]
    if suppression := left_alone.get(email):
        return email, Delivery.State.EXCLUDED, str(suppression.get_cause_display())
    return email, Delivery.State.QUEUED, ""
