"""Where a copy goes, or why it goes nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.accounts.refusal import Refused
from portal.directory.emails import LONGEST, sendable
from portal.mailing.models import Delivery, Suppression


@dataclass(frozen=True)
class Recipient:
    """Whom a copy is meant for, at which stage."""

    email: str
    name: str = ""
    stage: Any = Delivery.Stage.ALL


def domain_of(email: str) -> str:
    """Whose pace counts; of what is no address, as much as there is room for."""
    return email.rpartition("@")[2][:253]


Destination = tuple[str, Any, str]  # address, the state its copy begins in, the reason for that state


def destination(written: str, left_alone: Mapping[str, Suppression]) -> Destination:
    """What is no address gets no copy, nor does one that is left alone (`left_alone`: by address); the copy says why."""
    try:
        email = sendable(written).lower()
    except Refused as refusal:
        return " ".join(written.split())[:LONGEST], Delivery.State.REFUSED, str(refusal)[:300]
    if suppression := left_alone.get(email):
        return email, Delivery.State.EXCLUDED, str(suppression.get_cause_display())
    return email, Delivery.State.QUEUED, ""
