"""What was decided about an event, as its public page, its letters and calendars say it in one language: the `facts` of its face.

{"progress", "precision", "first", "last", "begins", "ends", "place", "map_url", "reason",
 "sessions": [{"title", "room", "begins", "ends"}], "chair", "chair_pk", "speakers": [names], "speaker_pks",
 "moves": [{"at", "from": when and where, "to": when and where}],
 "online": bool, "certificate": bool, "sequence", "decided"}
when and where: {"precision", "first", "last", "begins", "ends", "place"}; days and moments in ISO form.
The address online is never among them: it is for those with a seat. Nor are the seats, which change by the minute:
see `training.rules.doors`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from portal.history.models import Record
from portal.languages import LANGUAGES
from portal.languages.dates import in_ict
from portal.languages.names import person_key, split
from training.when import Facts, When, when_of

MOVED = "moved the event"


def facts_of(event: Any, language: str, *, chair: Any = None, speakers: Iterable[Any] = ()) -> Facts:
    """The facts of an original. `chair` and `speakers` are whom the text names: a working copy may name others."""
    named = in_order(speakers)
    return {
        **when_of(event).said(),
        "progress": event.progress,
        "place": event.text("place", language),
        "map_url": event.map_url,
        "reason": event.text("reason", language),
        "sessions": [_session(each, language) for each in event.sessions.all()],
        "chair": chair.named_on(event.begins_on, language) if chair else "",
        "chair_pk": chair.pk if chair else None,
        "speakers": [each.named_on(event.begins_on, language) for each in named],
        "speaker_pks": [each.pk for each in named],
        "moves": _moves(event, language),
        "online": bool(event.online_url),
        "certificate": event.gives_certificate,
        "sequence": event.sequence,
        "decided": (event.decided_at or event.created_at).isoformat(),
    }


def in_order(people: Iterable[Any]) -> list[Any]:
    """By given name, as Vietnamese lists are."""
    return sorted(people, key=lambda each: person_key(split(each.full_name)))


def _session(session: Any, language: str) -> Facts:
    return {
        "title": getattr(session, f"title_{language}") or "", "room": getattr(session, f"room_{language}") or "",
        "begins": in_ict(session.begins_at).isoformat(), "ends": in_ict(session.ends_at).isoformat(),
    }  # fmt: skip


def when_and_where(event: Any) -> Facts:
    """As the history keeps it: the places of both languages."""
    places = {f"place_{language}": event.text("place", language) for language in LANGUAGES}
    return when_of(event).said() | places


def _moves(event: Any, language: str) -> list[Facts]:
    """How it was moved while readers of this language had its page, newest first."""
    return [
        {"at": deed.at.isoformat(), "from": _in(deed.details["before"], language), "to": _in(deed.details["after"], language)}
        for deed in Record.objects.about(event).filter(verb=MOVED)
        if language in deed.details["told"]
    ]  # fmt: skip


def _in(said: Facts, language: str) -> Facts:
    return {name: said[name] for name in ("precision", "first", "last", "begins", "ends")} | {
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
