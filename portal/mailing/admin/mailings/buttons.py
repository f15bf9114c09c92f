"""The buttons of a mailing's sheet: when each stands there, who may press it, what it does."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.mailing import proofing
from portal.mailing.actions import pausing, sending
from portal.mailing.models import Delivery, Mailing

Stage = Delivery.Stage
State = Mailing.State

#: Button → (its words, the right it needs, the states it stands in, what it does).
BUTTONS: dict[str, tuple[Any, str, set[Any], Callable[..., Any]]] = {
    "approve": (_("Approve words and recipients"), "approve_mailing", {State.DRAFT},
                lambda mailing, by, now, note: _approve(mailing, by, now)),
    "staff": (_("Send to own staff"), "send_mailing", {State.APPROVED},
              lambda mailing, by, now, note: sending.release(mailing, Stage.OWN_STAFF, by=by, now=now)),
    "few": (_("Send to a few"), "send_mailing", {State.APPROVED, State.SENDING},
            lambda mailing, by, now, note: sending.release(mailing, Stage.A_FEW, by=by, now=now)),
    "all": (_("Send to all posts"), "send_mailing", {State.APPROVED, State.SENDING},
            lambda mailing, by, now, note: sending.release(mailing, Stage.ALL, by=by, now=now)),
    "public": (_("Send to the public too"), "send_mailing", {State.APPROVED, State.SENDING},
               lambda mailing, by, now, note: sending.release(mailing, Stage.PUBLIC, by=by, now=now)),
    "pause": (_("Pause"), "send_mailing", {State.SENDING},
              lambda mailing, by, now, note: pausing.pause(mailing, by=by, now=now, why=note)),
    "resume": (_("Go on"), "send_mailing", {State.PAUSED},
               lambda mailing, by, now, note: pausing.resume(mailing, by=by, now=now)),
    "cancel": (_("Recall what has not gone out"), "send_mailing",
               {State.ADDRESSING, State.APPROVED, State.SENDING, State.PAUSED},
               lambda mailing, by, now, note: pausing.cancel(mailing, by=by, now=now, why=note)),
    "close": (_("Close the account"), "send_mailing", {State.SENDING, State.CANCELLED},
              lambda mailing, by, now, note: sending.close(mailing, by=by, now=now)),
}  # fmt: skip


#: Button → the stage it lets go; one that holds nobody back has no button.
STAGES = {"staff": Stage.OWN_STAFF, "few": Stage.A_FEW, "all": Stage.ALL, "public": Stage.PUBLIC}


def _approve(mailing: Mailing, by: User, now: Any) -> Mailing:
    blocking = [finding.message for finding in proofing.findings(mailing) if finding.blocks]
    if blocking:
        raise Refused(" ".join(blocking))
    return sending.approve(mailing, by=by, now=now)


def offered(mailing: Mailing, user: User) -> list[tuple[str, Any, bool]]:
    """Name, words and whether it is grave, of each button that stands there for this person."""
    waiting = mailing.deliveries.filter(state=Delivery.State.QUEUED, due_at=None)
    held = set(waiting.values_list("stage", flat=True))
    return [
        (name, words, name in {"pause", "cancel"})
        for name, (words, right, states, _deed) in BUTTONS.items()
        if mailing.state in states
        and user.has_perm(f"mailing.{right}")
        and (name not in STAGES or STAGES[name] in held)
    ]


def press(name: str, mailing: Mailing, request: HttpRequest) -> str:
    """Do what the button says, and say so. Raises Refused, PermissionDenied."""
    words, right, _states, deed = BUTTONS[name]
    if not request.user.has_perm(f"mailing.{right}"):
        raise PermissionDenied
    deed(mailing, request.user, timezone.now(), request.POST.get("note", ""))
    return str(_("Done: %(step)s.") % {"step": words})
