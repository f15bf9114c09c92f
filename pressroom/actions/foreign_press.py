"""A request of foreign press from its arrival to its end: every step is kept, and told by letter."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import note
from portal.languages.folding import fold
from pressroom.mails import foreign_press as mails
from pressroom.models import ForeignPressRequest, ForeignPressStep, Journalist

State = ForeignPressRequest.State
#: Where a request can go from where it stands; what has ended may be taken up again.
WAYS: dict[Any, frozenset[Any]] = {
    State.RECEIVED: frozenset(
        {State.IN_HAND, State.ASKED_BACK, State.ARRANGED, State.DECLINED, State.WITHDRAWN}
    ),
    State.IN_HAND: frozenset({State.ASKED_BACK, State.ARRANGED, State.DECLINED, State.WITHDRAWN}),
    State.ASKED_BACK: frozenset({State.IN_HAND, State.ARRANGED, State.DECLINED, State.WITHDRAWN}),
    State.ARRANGED: frozenset({State.IN_HAND}),
    State.DECLINED: frozenset({State.IN_HAND}),
    State.WITHDRAWN: frozenset({State.IN_HAND}),
}
#: What is said of a request; its state is moved, and told, by the other actions.
PARTICULARS = (
    "assigned_to_id", "kind", "people", "first_day", "last_day", "places", "subject", "full_name", "outlet_name",
    "country_id", "journalist_id", "email", "phone", "language",
)  # fmt: skip
#: States the newsroom must be told in words.
IN_WORDS = frozenset({State.ASKED_BACK, State.ARRANGED, State.DECLINED})


@transaction.atomic
def ask(email: str, *, consent: str, now: datetime, **said: Any) -> ForeignPressRequest:
    """Take in a request from outside and answer with its code.

    `said` are kind, full_name, phone, outlet_name, country, people, first_day, last_day, places, subject, language.
    """
    known = Journalist.objects.active().of_address(email).first()
    request = ForeignPressRequest(email=email, consent=consent, received_at=now, journalist=known, **said)
    request.folded = folded(request)
    request.save()
    ForeignPressStep.objects.create(request=request, state=State.RECEIVED, at=now)
    note(request, "received", by=None, now=now)
    mails.received(request, now)
    return request


def folded(request: ForeignPressRequest) -> str:
    """What `matching` looks in."""
    return fold(
        f"{request.code} {request.full_name} {request.email} {request.outlet_name} {request.country or ''} "
        f"{request.places} {request.subject}"
    )


@transaction.atomic
def save(request: ForeignPressRequest, *, by: User, now: datetime) -> ForeignPressRequest:
    """Keep one an officer enters, whose history begins with it, or what is said now of a known one, and nothing else.

    Raises Refused for one whose person was erased meanwhile.
    """
    if request.pk is not None:
        return _change(request, by=by, now=now)
    request.received_at = now
    request.folded = folded(request)
    request.save(force_insert=True)
    ForeignPressStep.objects.create(request=request, state=request.state, at=now, by=by)
    note(request, "added", by=by, now=now)
    return request


def _change(said: ForeignPressRequest, *, by: User, now: datetime) -> ForeignPressRequest:
    request = _locked(said)
    if request.is_erased:
        raise Refused(_("Whoever sent this has been erased meanwhile: it stays as it is."))
    for name in PARTICULARS:
        setattr(request, name, getattr(said, name))
    request.folded = folded(request)
    request.save(update_fields=[*PARTICULARS, "folded"])
    note(request, "changed", by=by, now=now)
    return request


@transaction.atomic
def move(
    request: ForeignPressRequest, state: Any, *, answer: str = "", by: User, now: datetime
) -> ForeignPressStep:
    """Bring a request to another state, with an answer to the newsroom by letter. Raises Refused."""
    request = _locked(request)
    if state not in WAYS[request.state]:
        raise Refused(
            _("This is not possible while the request is “%(state)s”.")
            % {"state": request.get_state_display()}
        )
    if state in IN_WORDS and not answer.strip():
        raise Refused(_("Write the answer: the newsroom reads it."))
    request.state = state
    request.assigned_to = request.assigned_to or by
    request.save(update_fields=["state", "assigned_to"])
    return _step(request, answer, by=by, now=now)


@transaction.atomic
def answer(request: ForeignPressRequest, words: str, *, by: User, now: datetime) -> ForeignPressStep:
    """Write to the newsroom without moving the request. Raises Refused without words."""
    request = _locked(request)
    if not words.strip():
        raise Refused(_("Write the answer: the newsroom reads it."))
    return _step(request, words, by=by, now=now)


def _locked(request: ForeignPressRequest) -> ForeignPressRequest:
    return ForeignPressRequest.objects.select_for_update().get(pk=request.pk)


def _step(request: ForeignPressRequest, words: str, *, by: User, now: datetime) -> ForeignPressStep:
    step = ForeignPressStep.objects.create(
        request=request, state=request.state, answer=words.strip(), at=now, by=by
    )
    note(request, str(request.state), by=by, now=now)
    if request.email:
        mails.moved(step, now)
    return step
