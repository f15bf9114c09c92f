"""Django's own letters, such as the one for a forgotten password, leave by the same door."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import get_language

from portal.mailing import letters
from portal.mailing.models import Message
from portal.mailing.private import DJANGO


class Door(BaseEmailBackend):
    """Queues what Django sends. Attachments have no way out here: raises ValueError."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        return sum(self._queue(each) for each in messages)

    def _queue(self, letter: EmailMessage) -> int:
        if letter.attachments:
            raise ValueError("a letter with attachments does not leave by this door")
        now = timezone.now()
        message = Message.objects.create(
            subject=letter.subject, text=letter.body, html=_html_of(letter), language=get_language() or "vi",
            sender=letter.from_email or settings.DEFAULT_FROM_EMAIL, created_at=now,
        )  # fmt: skip
        for recipient in letter.recipients():
            letters.queue(message, key=f"{DJANGO}{uuid4()}", to=recipient, name="", now=now)
        return 1


def _html_of(letter: Any) -> str:
    alternatives = getattr(letter, "alternatives", [])
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
