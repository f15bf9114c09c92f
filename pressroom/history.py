"""The newest deeds about one thing, in words for people."""

from dataclasses import replace

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from portal.editorial.timeline import Line, merged
from portal.history.models import Record

SHOWN = 40
#: Whose deeds those are that neither staff nor the clock did.
BY_OTHERS = {"took in an enquiry": _("The journalist"), "got a unit’s answer": _("The unit")}


def deeds_of(thing: Model) -> list[Line]:
    """One query."""
    records = list(Record.objects.about(thing).select_related("by")[:SHOWN])
    return [
        replace(line, who=str(BY_OTHERS[record.verb]))
        if record.by is None and record.verb in BY_OTHERS
        else line
        for record, line in zip(records, merged(records, []), strict=True)
    ]
