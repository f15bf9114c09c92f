"""The letter that asks for an opinion; one for each person and time, for ever, also when the ticket is erased."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from portal.languages import other
from portal.mailing import letters
from training.models import Ticket


def asked(ticket: Ticket, *, now: datetime) -> None:
    to, event = ticket.registration, ticket.event
    language = to.language
    context = {
        "name": to.full_name,
        "title": event.text("title", language) or event.text("title", other(language)),
        "later": ticket.wave > 0,
        "address": address_of(ticket, language),
    }
    letters.post(
        f"survey:{ticket.wave}:{to.pk}", to=to.email, name=to.full_name, language=language,
        template="training/mails/survey", context=context, now=now,
    )  # fmt: skip


def address_of(ticket: Ticket, language: str) -> str:
    with override(language):
        return settings.MAIL_ORIGIN + reverse("training:survey", args=[ticket.key])
