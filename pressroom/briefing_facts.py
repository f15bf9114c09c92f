"""What was decided about a briefing, as its public page and calendar say it in one language: the `facts` of its face.

{"kind", "progress", "precision", "day", "begins", "ends", "place", "reason", "urgency", "chair", "invited": [names],
 "moves": [{"at", "from": when and where, "to": when and where}], "sequence", "decided"}
when and where: {"precision", "day", "begins", "ends", "place"}; days and moments in ISO form
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.history.models import Record
from portal.languages import LANGUAGES
from portal.languages.dates import (
    ICT,
    Quarter,
    clock,
    in_ict,
    month_of_year,
    quarter_of,
    short_day,
    vietnamese_day,
    weekday,
)

MOVED = "moved the briefing"
Facts = dict[str, Any]


@dataclass(frozen=True)
class When:
    """A date as exactly as it is known."""

    precision: str
    day: date
    begins: datetime | None = None
    ends: datetime | None = None

    @classmethod
    def read(cls, said: Facts) -> "When":
        moments = [
            datetime.fromisoformat(said[name]) if said.get(name) else None for name in ("begins", "ends")
        ]
        return cls(said["precision"], date.fromisoformat(said["day"]), *moments)

    def said(self) -> Facts:
        return {
            "precision": self.precision, "day": self.day.isoformat(),
            "begins": self.begins.isoformat() if self.begins else "", "ends": self.ends.isoformat() if self.ends else "",
        }  # fmt: skip

    @property
    def quarter(self) -> Quarter:
        return quarter_of(self.day)

    @property
    def last_day(self) -> date:
        """The last day it can be."""
        if self.precision == "quarter":
            return self.quarter.last_day
        return self.day + relativedelta(months=1, days=-1) if self.precision == "month" else self.day

    def words(self, language: str) -> str:
        """ "Quý IV/2026", "Tháng 12/2026", "Thứ năm, 10/12/2026, 09:00-10:30"; the same in English."""
        if self.precision == "quarter":
            return self.quarter.title(language)
        if self.precision == "month":
            return month_of_year(self.day, language)
        between = "-" if language == "vi" else "–"
        hours = f"{clock(self.begins)}{between}{self._end(language)}" if self.begins and self.ends else ""
        return f"{weekday(self.day, language)}, {short_day(self.day, language)}, {hours}"

    def _end(self, language: str) -> str:
        if self.begins is None or self.ends is None:
            return ""
        same = vietnamese_day(self.begins) == vietnamese_day(self.ends)
        return clock(self.ends) if same else f"{clock(self.ends)} {short_day(self.ends, language)}"

    def countdown(self, now: datetime) -> str:
        """ "in 3 days", in Vietnamese days and the active language; "" when the day is not known, or over."""
        days = (self.day - vietnamese_day(now)).days
        if self.precision != "exact" or self.begins is None or self.ends is None or days < 0:
            return ""
        if days == 0:
            return self._today(now)
        return (
            _("tomorrow")
            if days == 1
            else ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
        )

    def _today(self, now: datetime) -> str:
        if self.begins and now < self.begins:
            return _("today")
        return _("under way") if self.ends and now < self.ends else ""


def moment_on(day: date, hour: Any) -> datetime:
    """An hour of a Vietnamese day."""
    return datetime.combine(day, hour, tzinfo=ICT)


def when_of(briefing: Any) -> When:
    begins, ends = (in_ict(each) if each else None for each in (briefing.begins_at, briefing.ends_at))
    return When(briefing.precision, briefing.day, begins, ends)


def when_and_where(briefing: Any) -> Facts:
    """As the history keeps it: the places of both languages."""
    return when_of(briefing).said() | {
        f"place_{language}": briefing.text("place", language) for language in LANGUAGES
    }


def facts_of(briefing: Any, language: str, *, chair: Any = None) -> Facts:
    """The facts of an original. `chair` is whom the text names: a working copy may name another."""
    invitations = briefing.invitations.select_related("outlet")
    names = [getattr(each.outlet, f"name_{language}") or str(each.outlet) for each in invitations]
    return {
        **when_of(briefing).said(),
        "kind": briefing.kind,
        "progress": briefing.progress,
        "place": briefing.text("place", language),
        "reason": briefing.text("reason", language),
        "urgency": briefing.urgency if briefing.kind == "ad_hoc" else "",
        "chair": chair.named_on(briefing.day, language) if chair else "",
        "chair_pk": chair.pk if chair else None,
        "invited": names,
        "moves": _moves(briefing, language),
        "checked": list(
            briefing.transcript_checks.filter(language=language).values_list("digest", flat=True)
        ),
        "sequence": briefing.sequence,
        "decided": (briefing.decided_at or briefing.created_at).isoformat(),
    }


def _moves(briefing: Any, language: str) -> list[Facts]:
    """How it was moved while readers of this language had its page, newest first."""
    deeds = Record.objects.about(briefing).filter(verb=MOVED)
    return [
        {"at": deed.at.isoformat(), "from": _in(deed.details["before"], language), "to": _in(deed.details["after"], language)}
        for deed in deeds
        if language in deed.details["told"]
    ]  # fmt: skip


def _in(said: Facts, language: str) -> Facts:
    return {name: said[name] for name in ("precision", "day", "begins", "ends")} | {
        "place": said[f"place_{language}"]
    }


def moves_of(facts: Facts, language: str) -> list[dict[str, Any]]:
    """The lines “moved from … to …” of a face, newest first: of the date, the place, or both."""
    return [_line(move, language) for move in facts["moves"]]


def _line(move: Facts, language: str) -> dict[str, Any]:
    before, after = (When.read(move[name]).words(language) for name in ("from", "to"))
    places = (move["from"]["place"], move["to"]["place"])
    went = places[0] != places[1]
    return {
        "at": datetime.fromisoformat(move["at"]),
        "from_when": before if before != after else "", "to_when": after,
        "from_place": places[0] if went else "", "to_place": places[1] if went else "",
    }  # fmt: skip
