"""What a person decides about an automatic reply: what it proposes takes effect here, and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory import actions as directory
from portal.directory.emails import sendable
from portal.directory.models import Post
from portal.history.actions import record
from portal.mailing.models import Returned

Decision = Returned.Decision


@transaction.atomic
def give_address(
    reply: Returned,
    email: str,
    posts: Iterable[Post],
    *,
    holder: str = "",
    note: str,
    by: User,
    now: datetime,
) -> Returned:
    """These posts have this address from today; the one before is kept with its last day and the note. Raises Refused."""
    reply, email = _waiting(reply), sendable(email)
    if email.lower() == reply.delivery.email.lower():
        raise Refused(_("This is the address that answered: enter another one."))
    for post in _still_reached(reply, posts):
        directory.change_address(post, email, holder=holder, note=note, by=by, now=now)
    _decide_all(reply, Decision.NEW_ADDRESS, by=by, now=now, note=note, email=email)
    return reply


@transaction.atomic
def leave_empty(reply: Returned, posts: Iterable[Post], *, note: str, by: User, now: datetime) -> Returned:
    """The holder of these posts has left: from today they have no address. Raises Refused."""
    reply = _waiting(reply)
    for post in _still_reached(reply, posts):
        if address := post.current_address:
            directory.leave_post(address, note=note, by=by, now=now)
    _decide_all(reply, Decision.LEFT, by=by, now=now, note=note)
    return reply


@transaction.atomic
def nothing_to_do(reply: Returned, *, by: User, now: datetime, note: str = "") -> Returned:
    """The post is reached as before. Raises Refused for what somebody has decided already."""
    reply = _waiting(reply)
    _decide(reply, Decision.NOTHING, by=by, now=now, note=note)
    return reply


def _waiting(reply: Returned) -> Returned:
    reply = Returned.objects.select_for_update(of=("self",)).select_related("delivery").get(pk=reply.pk)
    if not reply.waits:
        raise Refused(_("Somebody has decided about this reply already."))
    return reply


def _still_reached(reply: Returned, posts: Iterable[Post]) -> list[Post]:
    found = list(reply.posts().filter(pk__in=[post.pk for post in posts]))
    if not found:
        raise Refused(_("No post is chosen that has this address today."))
    return found


def _decide_all(
    reply: Returned, decision: Any, *, by: User, now: datetime, note: str, **details: str
) -> None:
    """With this reply every other of the same address that waits: somebody who has left answers each letter."""
    alike = Returned.objects.to_do().filter(delivery__email=reply.delivery.email).exclude(pk=reply.pk)
    for each in (reply, *alike.select_related("delivery")):
        _decide(each, decision, by=by, now=now, note=note, **details)


def _decide(reply: Returned, decision: Any, *, by: User, now: datetime, note: str, **details: str) -> None:
    reply.decision, reply.seen_at, reply.seen_by = decision, now, by
    reply.save(update_fields=["decision", "seen_at", "seen_by"])
    record(reply, f"decided: {decision}", by=by, now=now, note=note, **details)
