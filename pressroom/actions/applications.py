"""A journalist asks for our releases, confirms the address, and an officer decides."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.models import Organisation
from portal.history.actions import note
from portal.languages.folding import fold
from pressroom.actions import journalists
from pressroom.mails import journalists as mails
from pressroom.models import Journalist, JournalistApplication

State = JournalistApplication.State


def apply(email: str, *, beats: Any, consent: str, now: datetime, **said: Any) -> None:
    """Whatever we know of the address is answered by a letter to it, never on the page.

    `said` are full_name, outlet_name, role, card_number, language, frequency.
    """
    if known := Journalist.objects.active().of_address(email).first():
        mails.already_known(known, now)
        return
    try:
        _apply(email, beats=beats, consent=consent, now=now, said=said)
    except IntegrityError:  # the same form twice at the same moment: the first has its letter
        return


@transaction.atomic
def _apply(email: str, *, beats: Any, consent: str, now: datetime, said: dict[str, Any]) -> None:
    open_ones = JournalistApplication.objects.select_for_update().of_address(email)
    before = open_ones.filter(state__in=[State.ASKED, State.CONFIRMED]).first()
    if before and before.state == State.CONFIRMED:
        mails.application_waits(before, now)
        return
    application = before or JournalistApplication(email=email)
    for field, value in said.items():
        setattr(application, field, value)
    application.asked_at, application.consent = now, consent
    application.folded = fold(
        f"{application.full_name} {application.outlet_name} {application.email} {application.card_number}"
    )
    application.save()
    application.beats.set(beats)
    mails.confirm_application(application, now)


@transaction.atomic
def confirm(application: JournalistApplication, *, now: datetime) -> JournalistApplication:
    """The address is theirs: from now on an officer sees the application. Twice is once."""
    application = _locked(application)
    if application.state == State.ASKED:
        application.state, application.confirmed_at = State.CONFIRMED, now
        application.save(update_fields=["state", "confirmed_at"])
        note(application, "confirmed", by=None, now=now)
    return application


@transaction.atomic
def accept(
    application: JournalistApplication, *, outlet: Organisation, by: User, now: datetime
) -> Journalist:
    """Into the register, as a known journalist of this outlet; accrediting is another step. Raises Refused."""
    application = _waiting(application)
    if Journalist.objects.active().of_address(application.email).exists():
        raise Refused(_("There is a journalist of this e-mail address already."))
    journalist = Journalist(
        full_name=application.full_name, email=application.email, outlet=outlet, role=application.role,
        card_number=application.card_number, language=application.language, frequency=application.frequency,
        consent=application.consent, consented_at=application.asked_at, digested_until=now,
    )  # fmt: skip
    journalists.save(journalist, by=by, now=now)
    journalist.beats.set(application.beats.all())
    _decide(application, State.ACCEPTED, by=by, now=now, journalist=journalist)
    mails.application_accepted(application, journalist, now)
    return journalist


@transaction.atomic
def refuse(
    application: JournalistApplication, *, reason: str, by: User, now: datetime
) -> JournalistApplication:
    """Refused with a reason the applicant reads. Raises Refused without one."""
    application = _waiting(application)
    if not reason.strip():
        raise Refused(_("Say why: the applicant reads the reason."))
    _decide(application, State.REFUSED, by=by, now=now, reason=reason.strip())
    mails.application_refused(application, now)
    return application


def _locked(application: JournalistApplication) -> JournalistApplication:
    return JournalistApplication.objects.select_for_update().get(pk=application.pk)


def _waiting(application: JournalistApplication) -> JournalistApplication:
    application = _locked(application)
    if application.state != State.CONFIRMED:
        raise Refused(_("This application has been decided already."))
    return application


def _decide(application: JournalistApplication, state: Any, *, by: User, now: datetime, **said: Any) -> None:
    application.state, application.decided_at, application.decided_by = state, now, by
    for field, value in said.items():
        setattr(application, field, value)
    application.save()
    note(application, str(state), by=by, now=now)
