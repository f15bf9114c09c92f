"""What stands between an event and its readers, besides what every text is looked at for; and what its deeds are called."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.editorial.checklist import Finding, check
from portal.editorial.models import Publishable
from portal.languages.fields import read_records
from training.facts import MOVED
from training.models import Event

DEEDS = {
    MOVED: gettext_lazy("set date or place"),
    "set the sessions": gettext_lazy("set the sessions"),
    "changed the links": gettext_lazy("changed the links to the map or online"),
    "confirmed the event": gettext_lazy("confirmed days and place"),
    "held the event": gettext_lazy("marked it as held"),
    "cancelled the event": gettext_lazy("cancelled it"),
    "declared a foreign element": gettext_lazy("noted a foreign element"),
    "took the foreign element back": gettext_lazy("took the foreign element back"),
    "applied for the permit": gettext_lazy("applied for the permit"),
    "consulted an agency": gettext_lazy("consulted an agency"),
    "noted the answer of an agency": gettext_lazy("noted the answer of an agency"),
    "noted the permit": gettext_lazy("noted the permit"),
    "noted the refusal of the permit": gettext_lazy("noted the refusal of the permit"),
    "reported the result": gettext_lazy("sent the report on the result"),
}


@check
def a_held_seminar_has_its_papers(item: Publishable, language: str) -> Iterator[Finding]:
    """Told, not asked: some seminars are held without papers."""
    if not isinstance(item, Event) or item.root.progress != Event.Progress.HELD:
        return
    with_papers = {Event.Form.SEMINAR, Event.Form.CONFERENCE, Event.Form.WORKSHOP}
    if item.form in with_papers and not any(placed.role == "paper" for placed in item.placements.all()):
        yield Finding("placements", _("None of the papers read at this event stands here yet."), False)


@check
def the_programme_is_whole(item: Publishable, language: str) -> Iterator[Finding]:
    if not isinstance(item, Event):
        return
    for row in read_records(item.text("programme", language)):
        if not row["text"]:
            yield Finding("programme", _("A row of the programme has no words in this language."), False)
