"""Events as calendars read them: with their hours, or as whole days; a month is a tentative entry, a year is none at all."""

from datetime import date, datetime, timedelta
from typing import Any

from portal.languages import other
from portal.web.calendars import CANCELLED, CONFIRMED, TENTATIVE, Occasion
from training.facts import Facts
from training.when import When, when_of

STATUS = {"planned": TENTATIVE, "confirmed": CONFIRMED, "held": CONFIRMED, "cancelled": CANCELLED}


def has_an_entry(facts: Facts) -> bool:
    return facts["precision"] != "year"


def occasion_of(entry: Any, origin: str) -> Occasion:
    """An event readers may see; `origin` makes its address whole."""
    facts = entry.face["facts"]
    said = (facts["reason"], entry.summary, origin + entry.url)
    return _occasion(
        entry.object_id, facts, entry.language, title=entry.title, said=said, url=origin + entry.url
    )


def occasion_for_registered(event: Any, language: str, url: str, *, online: str = "") -> Occasion:
    """An event for somebody who is registered, in their language: `url` is their own page, `online` for those with a seat."""
    facts = {
        **when_of(event).said(),
        "progress": event.progress,
        "place": event.text("place", language) or event.text("place", other(language)),
        "sequence": event.sequence,
        "decided": (event.decided_at or event.created_at).isoformat(),
    }
    title = event.text("title", language) or str(event)
    said = (event.text("reason", language), event.text("standfirst", language), online, url)
    return _occasion(event.pk, facts, language, title=title, said=said, url=url)


def _occasion(
    pk: int, facts: Facts, language: str, *, title: str, said: tuple[str, ...], url: str
) -> Occasion:
    begins, ends = _span(When.read(facts))
    return Occasion(
        uid=f"training-{pk}",
        sequence=facts["sequence"],
        decided=datetime.fromisoformat(facts["decided"]),
        language=language,
        title=title,
        description="\n\n".join(part for part in said if part),
        place=facts["place"],
        url=url,
        status=STATUS[facts["progress"]],
        begins=begins,
        ends=ends,
    )


def _span(when: When) -> tuple[date | datetime, date | datetime]:
    if when.begins and when.ends:
        return when.begins, when.ends
    return when.first, when.last + timedelta(days=1)
