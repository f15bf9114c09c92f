"""Letters about a badge: received, asked for again, accepted, waiting, refused."""

from datetime import datetime

from portal.mailing import letters
from pressroom.models import AccreditationRequest
from pressroom.rules.links import ACCREDITATION


def received(request: AccreditationRequest, now: datetime) -> None:
    _post(f"accreditation-received:{request.pk}", request, "pressroom/mails/accreditation_received", now)


def asked_again(request: AccreditationRequest, now: datetime) -> None:
    """Asked again within an hour, no second letter leaves."""
    key = f"accreditation-again:{request.pk}:{now:%Y-%m-%dT%H}"
    _post(key, request, "pressroom/mails/accreditation_again", now)


def decided(request: AccreditationRequest, now: datetime) -> None:
    """Accepted, waiting or refused, as the request now stands; another decision is another letter."""
    key = f"accreditation-decided:{request.pk}:{request.state}:{request.state_since:%Y-%m-%dT%H:%M:%S.%f}"
    _post(key, request, "pressroom/mails/accreditation_decided", now)


def _post(key: str, request: AccreditationRequest, template: str, now: datetime) -> None:
    letters.post(
        key, to=request.email, name=request.full_name, language=request.language, template=template, now=now,
        context={
            "request": request,
            "round": request.round,
            "link": ACCREDITATION.url(request, request.language),
        },
    )  # fmt: skip
