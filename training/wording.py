"""What is kept of a person, in words: for the person's own page and for the answer on paper."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.languages.dates import short_moment

SECTIONS = {
    "registrations": gettext_lazy("Registrations"),
    "attendance": gettext_lazy("Attendance"),
    "certificates": gettext_lazy("Certificates"),
    "survey_tickets": gettext_lazy("Surveys"),
    "focal_point": gettext_lazy("As the focal point of a unit"),
    "letters": gettext_lazy("Letters sent"),
    "requests": gettext_lazy("Requests about personal data"),
    "history": gettext_lazy("What was done with the registration"),
}
LABELS = {
    "event": gettext_lazy("event"), "unit": gettext_lazy("unit"), "group": gettext_lazy("group"),
    "full_name": gettext_lazy("full name"), "address": gettext_lazy("form of address"),
    "email": gettext_lazy("e-mail address"), "phone": gettext_lazy("telephone"), "job_title": gettext_lazy("position"),
    "unit_name": gettext_lazy("organisation"), "needs": gettext_lazy("needs"), "language": gettext_lazy("language"),
    "consent": gettext_lazy("words agreed to"), "state": gettext_lazy("state"), "asked_at": gettext_lazy("asked"),
    "confirmed_at": gettext_lazy("address confirmed"), "queued_at": gettext_lazy("on the waiting list since"),
    "offer_expires_at": gettext_lazy("the offer holds until"), "reason": gettext_lazy("reason"),
    "purged_at": gettext_lazy("particulars erased"), "session": gettext_lazy("session"), "at": gettext_lazy("when"),
    "how": gettext_lazy("how"), "outcome": gettext_lazy("outcome"), "attended": gettext_lazy("attended enough"),
    "printed": gettext_lazy("number"), "issued_at": gettext_lazy("issued"), "revoked_at": gettext_lazy("revoked"),
    "replaced_at": gettext_lazy("replaced"), "why": gettext_lazy("reason"), "wave": gettext_lazy("survey"),
    "used": gettext_lazy("answered"), "name": gettext_lazy("group"), "seats": gettext_lazy("seats"),
    "focal_name": gettext_lazy("focal point"), "focal_email": gettext_lazy("its e-mail address"),
    "subject": gettext_lazy("subject"), "queued_at_letter": gettext_lazy("sent"), "kind": gettext_lazy("asks"),
    "received_at": gettext_lazy("received"), "answered_at": gettext_lazy("answered"), "deed": gettext_lazy("deed"),
}  # fmt: skip

#: The organisers' deeds, after the name of who did them.
DEEDS = {
    "said a head count": gettext_lazy("noted how many a source counted"),
    "took a head count back": gettext_lazy("took a head count back"),
    "exported the participants": gettext_lazy("took the list of participants away"),
    "wrote to the participants": gettext_lazy("began a letter to participants"),
    "set retention periods": gettext_lazy("set how long particulars are kept"),
    "erased particulars": gettext_lazy("erased particulars whose time was over"),
    "erased": gettext_lazy("erased what was kept of the person"),
    "took in a request about data": gettext_lazy("took in a request about personal data"),
    "looked at everything kept": gettext_lazy("looked at everything kept of the person"),
    "answered a request about data": gettext_lazy("answered a request about personal data"),
}


def sections_of(data: dict[str, list[dict[str, Any]]]) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """Title and entries, each entry a list of label and words; what is empty is left out."""
    return [
        (str(SECTIONS[key]), [_worded(entry, key) for entry in entries])
        for key, entries in data.items()
        if entries
    ]


def _worded(entry: dict[str, Any], section: str) -> list[tuple[str, str]]:
    return [
        (str(LABELS["queued_at_letter" if (section, key) == ("letters", "queued_at") else key]), _said(value))
        for key, value in entry.items()
        if value not in ("", None)
    ]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    moment = (
        parse_datetime(value) if isinstance(value, str) and value[4:5] == "-" and "T" in value[:11] else None
    )
    return short_moment(moment, get_language() or "vi") if moment else str(value)
