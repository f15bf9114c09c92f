"""What an event holds as records: its programme, {"row", "time": "09:00" or "", "text", "who"}, row 7 of one language being
row 7 of the other.
"""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from portal.languages.fields import RecordPart, Records


class Programme(Records):
    """The column of a programme, one record for each item, in their order."""

    parts: ClassVar[tuple[RecordPart, ...]] = (
        RecordPart("day", _("Day"), kind="date", most=10),
        RecordPart("time", _("Time"), kind="time", most=5),
        RecordPart("text", _("What"), kind="text", most=1000),
        RecordPart("who", _("Who"), most=300),
    )
