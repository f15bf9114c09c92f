"""A release as a letter: its whole text for those who work with it, in the language of the reader, and what became of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.dateparse import parse_date
from django.utils.translation import override

from portal.mailing import letters
from portal.mailing.composing import own_mail_url
from portal.mailing.inlining import inlined
from portal.mailing.models import Message
from portal.richtext import paragraphs
from portal.search.models import Entry
from pressroom.models.numbers import written

LIST_ID = "press"


def of_release(entry: Entry, now: datetime) -> Message:
    """The release itself; not yet saved."""
    return _message(entry, "pressroom/mails/release", now)


def of_change(entry: Entry, kind: str, note: str, now: datetime) -> Message:
    """An update or a correction, with the text as it reads now."""
    return _message(entry, "pressroom/mails/release", now, change=kind, note=note)


def of_recall(entry: Entry, now: datetime) -> Message:
    """That a release was withdrawn or retracted: its text is not sent again."""
    return _message(entry, "pressroom/mails/recall", now)


def _message(entry: Entry, template: str, now: datetime, **said: Any) -> Message:
    with override(entry.language):
        shown = {**_shown(entry), **said}
        subject = " ".join(render_to_string(f"{template}.subject.txt", shown).split())
        return Message(
            subject=subject[:300],
            text=render_to_string(f"{template}.txt", shown),
            html=inlined(render_to_string(f"{template}.html", shown)),
            language=entry.language,
            sender=letters.sender(entry.language),
            list_id=LIST_ID,
            created_at=now,
        )


def _shown(entry: Entry) -> dict[str, Any]:
    face = entry.face
    return {
        "entry": entry,
        "number": written(entry.kind, [entry.object_id]).get(entry.object_id, ""),
        "dated": parse_date(face.get("dated_on") or ""),
        "paragraphs": paragraphs(face.get("body", "")),
        "background": paragraphs(face.get("background", "")),
        "address": f"{settings.MAIL_ORIGIN}{entry.url}",
        "successor": f"{settings.MAIL_ORIGIN}{entry.successor}"
        if entry.successor.startswith("/")
        else entry.successor,
        "own_mail": own_mail_url(),
    }
