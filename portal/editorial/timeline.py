"""The history of one thing: deeds and versions in one line of time, newest first, in words for people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from portal.editorial.contributors import versions_of
from portal.editorial.models import Publishable
from portal.editorial.states import STEPS
from portal.history.models import Record, Version

#: Verb of a record → what was done, after the name of who did it.
VERBS: dict[str, Any] = {step.name: step.done for step in STEPS.values()} | {
    "created": _("began it"),
    "imported": _("imported it from an old page"),
    "published": _("published"),
    "published urgently": _("published urgently"),
    "reviewed afterwards": _("reviewed it afterwards"),
    "confirmed the translation": _("confirmed that the translation is still correct"),
    "set the expiry": _("set when it expires"),
    "opened a working copy": _("opened a working copy"),
    "discarded a working copy": _("discarded the working copy"),
    "deleted the draft": _("deleted the draft"),
    "reopened a version": _("reopened an old version"),
    "upload": _("uploaded it"),
    "describe": _("described it"),
    "remove": _("removed it"),
    "renamed": _("renamed it"),
}


#: Why a version was kept, where the portal itself says so; what people say stands as they wrote it.
WHYS: dict[str, Any] = {"published": _("as it was published"), "working copy": ""}


@dataclass(frozen=True)
class Line:
    """One moment of the history: a deed, or a version that was kept."""

    at: datetime
    who: str
    words: Any
    language: str = ""
    note: str = ""
    moment: datetime | None = None  # of a schedule or an expiry
    version: Version | None = None


def name_deeds(verbs: dict[str, Any], whys: dict[str, Any] | None = None) -> None:
    """What a section's own deeds are called, and its own reasons for keeping a version; for an `AppConfig.ready`."""
    VERBS.update(verbs)
    WHYS.update(whys or {})


def words_for(verb: str) -> Any:
    """What a verb of the history says to people; an unknown one speaks for itself."""
    return VERBS.get(verb, verb)


def lines(item: Publishable, *, most: int) -> list[Line]:
    """The newest lines of a thing, its working copies' among them. Two queries."""
    return merged(records_of(item)[:most], versions(item)[:most])[:most]


def records_of(item: Publishable) -> Any:
    return Record.objects.about(item.root).select_related("by")


def versions(item: Publishable) -> Any:
    """The versions without their content, newest first."""
    return versions_of(item).select_related("by").defer("content")


def merged(records: Any, kept: Any) -> list[Line]:
    """One line of time; at the same moment the deed stands above the version it made."""
    deeds = [(each.at, 1, each.pk, _deed(each)) for each in records]
    texts = [(each.at, 0, each.pk, _version(each)) for each in kept]
    return [line for *_order, line in sorted(deeds + texts, key=lambda row: row[:3], reverse=True)]


def _deed(record: Record) -> Line:
    moment = record.details.get("at") or record.details.get("until")
    return Line(
        record.at, str(record.by or _("The clock")), words_for(record.verb), record.language, record.note,
        moment=parse_datetime(moment) if moment else None,
    )  # fmt: skip


def _version(version: Version) -> Line:
    why = WHYS.get(version.why, version.why)
    return Line(version.at, str(version.by or _("The portal")), _("saved version"), note=why, version=version)
