"""What deeds about seats are called in a history, after the name of who did them, and the portal's own reasons for them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DEEDS: dict[str, Any] = {
    "arranged the seats": _("arranged the seats"),
    "kept seats for a group": _("kept seats for a group"),
    "changed a group": _("changed a group"),
    "removed a group": _("removed a group"),
    "asked the focal point for names": _("asked the focal point for names"),
    "asked for a seat": _("asked for a seat"),
    "confirmed the address": _("confirmed the address"),
    "corrected their particulars": _("put their own particulars right"),
    "gave a seat": _("gave a seat"),
    "waits for a seat": _("put on the waiting list"),
    "offered a seat": _("offered a seat"),
    "let an offer lapse": _("ended an offer without an answer"),
    "declined the offer": _("declined the offer"),
    "gave the seat back": _("gave the seat back"),
    "approved the request": _("approved the registration"),
    "refused the request": _("refused the registration"),
    "cancelled the registration": _("cancelled the registration"),
    "put first among the waiting": _("put first among those who wait"),
    "moved to another group": _("moved to another group"),
    "replaced by the focal point": _("replaced by the focal point"),
    "withdrawn by the focal point": _("withdrawn by the focal point"),
    "said that they come all the same": _("said that they come all the same"),
}

REASONS: dict[str, Any] = {
    "a seat was free and nobody waited": _("a seat was free and nobody waited"),
    "no seat was free": _("no seat was free"),
    "a seat was given back": _("a seat was given back"),
    "there are more seats": _("there are more seats"),
    "the groups were changed": _("the groups were changed"),
    "the order of the waiting was changed": _("the order of those who wait was changed"),
    "somebody was moved to another group": _("somebody was moved to another group"),
    "seated by the organisers": _("seated by the organisers"),
    "nominated by the focal point": _("named by the focal point"),
    "their unit’s wish": _("their unit’s wish"),
    "their own wish": _("their own wish"),
    "accepted the offer": _("accepted the offer"),
    "seats that were kept are for everybody now": _("seats that were kept are for everybody now"),
    "an offer was not answered": _("an offer was not answered"),
    "no answer: to the end of the queue": _("no answer: to the end of the list"),
    "no answer: waits no longer": _("no answer to the second offer: waits no longer"),
}
