"""What the deeds of the press room are called in a history, after the name of who did them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DEEDS: dict[str, Any] = {
    "gave copies under embargo": _("gave out copies under embargo"),
    "closed a copy under embargo": _("closed a copy under embargo"),
    "took in an enquiry": _("took in the enquiry"),
    "asked a unit": _("asked a unit"),
    "drafted the answer": _("drafted the answer"),
    "changed the terms": _("changed the terms"),
    "cleared the answer": _("cleared the answer"),
    "returned the answer": _("returned the answer to its drafters"),
    "sent the answer": _("sent the answer"),
    "sent the refusal": _("sent the refusal"),
    "told the answer": _("gave the answer by voice"),
    "told the refusal": _("gave the refusal by voice"),
    "made a public answer": _("made a public answer of it"),
    "closed the enquiry": _("closed it without an answer"),
    "got a unit’s answer": _("kept what a unit says"),
    "recalled a request": _("recalled a request to a unit"),
    "reminded a unit": _("reminded a unit"),
    "told the head of a late unit": _("told the head of the press work that a unit is late"),
    "erased the particulars": _("erased the particulars of who asked"),
    "opened a dossier": _("opened the dossier"),
    "changed the dossier": _("changed the dossier"),
    "wrote in the timeline": _("wrote in the timeline"),
    "gave a task": _("gave a task"),
    "finished a task": _("finished a task"),
    "kept a file": _("kept a file"),
    "entered the first statement": _("entered the first statement"),
    "related enquiries": _("changed the related enquiries"),
    "closed the dossier": _("closed the dossier"),
    "added": _("added it"),
    "changed": _("changed it"),
    "named on the portal": _("named the person on the portal"),
    "exported": _("exported the list"),
}
