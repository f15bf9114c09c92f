"""Links for people without an account: a key only the row knows, signed; whether it still holds, the row says."""

from datetime import datetime

from django.core import signing
from django.core.signing import Signer
from django.urls import reverse
from django.utils.translation import override

from portal.duties.models import limit_on
from portal.languages.dates import vietnamese_day
from portal.web.personal import NoSuchLink
from pressroom.models import Enquiry, UnitRequest


def enquiry_path(enquiry: Enquiry, language: str) -> str:
    """The journalist's own page of an enquiry."""
    return _path("pressroom:enquiry", enquiry.key, language)


def unit_path(request: UnitRequest, language: str) -> str:
    """The page on which a unit answers."""
    return _path("pressroom:unit_request", request.key, language)


def _path(name: str, key: str, language: str) -> str:
    with override(language):
        return reverse(name, args=[_signer(name).sign(key)])


def enquiry_or_404(token: str, now: datetime) -> Enquiry:
    enquiry = (
        Enquiry.objects.select_related("outlet", "ground")
        .filter(key=_key("pressroom:enquiry", token))
        .first()
    )
    if enquiry is None or not _holds(enquiry, now):
        raise NoSuchLink
    return enquiry


def unit_request_or_404(token: str, now: datetime) -> UnitRequest:
    """Whatever its state; the page says what became of it for as long as the enquiry's own link holds."""
    rows = UnitRequest.objects.select_related("enquiry", "unit")
    found = rows.filter(key=_key("pressroom:unit_request", token)).first()
    if found is None or not _holds(found.enquiry, now):
        raise NoSuchLink
    return found


def _holds(enquiry: Enquiry, now: datetime) -> bool:
    """Until so long after it was closed, and never once its particulars are erased."""
    if enquiry.forgotten_at:
        return False
    if enquiry.closed_at is None:
        return True
    limit = limit_on("enquiry-link", vietnamese_day(enquiry.closed_at))
    return limit is None or now < limit.after(enquiry.closed_at)


def _signer(name: str) -> Signer:
    return Signer(salt=f"{name} link", sep=".")


def _key(name: str, token: str) -> str:
    try:
        return _signer(name).unsign(token)
    except signing.BadSignature:
        raise NoSuchLink from None
