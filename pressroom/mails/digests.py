"""The digest: what became public in a period, by its titles and beginnings. One message for all whose digest reads alike."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from portal.mailing import letters
from portal.mailing.composing import own_mail_url
from portal.mailing.models import Delivery, Message
from portal.search.models import Entry
from pressroom.models import Journalist

#: Of the letters' head and of the reader's own page: what is left by one click.
LIST_ID = "press-digest"


def compose(entries: list[Entry], language: str, *, weekly: bool, until: datetime, now: datetime) -> Message:
    """The words of one digest, kept; whoever gets it finds their own page behind the same words."""
    with override(language):
        context = {
            "entries": entries, "weekly": weekly, "until": until, "origin": settings.MAIL_ORIGIN,
            "own_mail": own_mail_url(),
        }  # fmt: skip
        subject = " ".join(render_to_string("pressroom/mails/digest.subject.txt", context).split())
        return Message.objects.create(
            subject=subject[:300], text=render_to_string("pressroom/mails/digest.txt", context),
            language=language, sender=letters.sender(language), list_id=LIST_ID, created_at=now,
        )  # fmt: skip


def send(message: Message, journalist: Journalist, period: str, now: datetime) -> Delivery:
    return letters.queue(
        message,
        key=f"digest:{journalist.pk}:{period}",
        to=journalist.email,
        name=journalist.full_name,
        now=now,
    )
