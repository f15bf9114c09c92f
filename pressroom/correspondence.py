"""The press room on a reader's own page: its digests are told there, left there, and follow the language chosen there.

And which of its letters are nobody else's: they name texts under embargo, matters asked, and who asked them, and hold
links that act for one journalist.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.mailing.wishes import Correspondent, Regular
from pressroom.actions import rights
from pressroom.mails.digests import LIST_ID
from pressroom.models import Journalist
from pressroom.rules.links import PREFERENCES

#: The right that shows letters → the beginnings of their keys.
PRIVATE = {
    "pressroom.view_copy": ("copy_given:", "copy_closed:"),
    "pressroom.view_enquiry": ("enquiry-", "unit-"),
    "pressroom.view_briefing": ("briefing_",),
    "pressroom.view_accreditationrequest": ("accreditation-",),
    "pressroom.view_foreignpressrequest": ("foreign-press-",),
    "pressroom.view_journalistapplication": ("application-",),
    "pressroom.view_journalist": ("journalist-known:", "card-", "digest:"),
}


def gets(email: str) -> Iterable[Regular]:
    for journalist in _of(email):
        if journalist.frequency != Journalist.Frequency.NEVER:
            url = PREFERENCES.url(journalist, get_language() or "vi")
            yield Regular(LIST_ID, _("Releases for the press"), url)


def leave(email: str, key: str, now: datetime) -> None:
    if key == LIST_ID:
        for journalist in _of(email):
            rights.leave(journalist, now=now)


def choose_language(email: str, language: str, now: datetime) -> None:
    for journalist in _of(email):
        rights.choose_language(journalist, language, now=now)


def erase(email: str, now: datetime) -> None:
    """Also by an address of a record that was merged into another: the person is one, with all their addresses."""
    kept = Journalist.objects.of_address(email).filter(erased_at=None) if email else Journalist.objects.none()
    for journalist in list(kept.select_related("merged_into")):
        rights.erase(journalist.standing(), now=now)


def _of(email: str) -> Iterable[Journalist]:
    return list(Journalist.objects.active().of_address(email)) if email else []


CORRESPONDENT = Correspondent(gets, leave, choose_language, erase)
