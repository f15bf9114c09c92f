"""Letters of the enquiry desk. Subjects name a reference and never a matter: lists of letters are seen by more people."""

from datetime import datetime

from django.conf import settings

from portal.accounts.models import User
from portal.mailing import letters
from pressroom import links
from pressroom.models import Enquiry, UnitRequest


def received(enquiry: Enquiry, now: datetime) -> None:
    """To the journalist: we have it, its reference, when to expect an answer, and the page to follow it on."""
    _to_enquirer(enquiry, "enquiry-received", "pressroom/mails/enquiry_received", now)


def answered(enquiry: Enquiry, now: datetime) -> None:
    """The answer itself: one letter for ever."""
    _to_enquirer(enquiry, "enquiry-answered", "pressroom/mails/enquiry_answered", now)


def refused(enquiry: Enquiry, now: datetime) -> None:
    """No answer, with its ground in law."""
    _to_enquirer(enquiry, "enquiry-refused", "pressroom/mails/enquiry_refused", now)


def _to_enquirer(enquiry: Enquiry, letter: str, template: str, now: datetime) -> None:
    if not enquiry.email:
        return
    language = enquiry.language
    letters.post(
        f"{letter}:{enquiry.pk}",
        to=enquiry.email,
        name=enquiry.asked_by,
        language=language,
        template=template,
        context={
            "enquiry": enquiry,
            "answer": enquiry.answer_in(language),
            "link": settings.MAIL_ORIGIN + links.enquiry_path(enquiry, language),
        },
        now=now,
    )


def unit_asked(request: UnitRequest, now: datetime) -> None:
    """To the unit's focal point: what is asked, by when, and the page to answer on."""
    _to_unit(request, "unit-asked", "pressroom/mails/unit_asked", now)


def unit_reminded(request: UnitRequest, now: datetime) -> None:
    _to_unit(request, "unit-reminded", "pressroom/mails/unit_reminded", now)


def _to_unit(request: UnitRequest, letter: str, template: str, now: datetime) -> None:
    """Units of the ministry are written to in Vietnamese."""
    if not request.email:
        return
    letters.post(
        f"{letter}:{request.pk}",
        to=request.email,
        language="vi",
        template=template,
        context={"request": request, "link": settings.MAIL_ORIGIN + links.unit_path(request, "vi")},
        now=now,
    )


def unit_overdue(request: UnitRequest, to: User, now: datetime) -> None:
    """To who heads the press work: a unit is late, and with it perhaps the answer."""
    letters.post(
        f"unit-overdue:{request.pk}:{to.pk}",
        to=to.email,
        name=to.full_name,
        language=to.language,
        template="pressroom/mails/unit_overdue",
        context={"request": request, "enquiry": request.enquiry},
        now=now,
    )
