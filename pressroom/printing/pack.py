"""The chair's pack on paper: programme, notes, who comes, what will be asked, what the press room said lately."""

from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.languages.dates import short_day, short_moment, vietnamese_day
from portal.languages.folding import fold
from portal.printing import typeset
from portal.search.models import Entry
from portal.web.models import SiteIdentity
from pressroom.briefing_facts import when_of
from pressroom.models import Attendance, Briefing, BriefingQuestion

TEMPLATE = Path(__file__).resolve().parent / "pack.typ"
RELEASES, LOOKED_BACK = 15, timedelta(days=120)


def pack_pdf(briefing: Briefing, language: str, lines: list[Any], now: datetime) -> bytes:
    """The pack in one language, `lines` by outlet; raises `portal.printing.NotTypeset`."""
    with override(language):
        return typeset(TEMPLATE, particulars(briefing, language, lines, now))


def particulars(briefing: Briefing, language: str, lines: list[Any], now: datetime) -> dict[str, Any]:
    """All that the sheet says, in the active language."""
    site, day = SiteIdentity.objects.first(), vietnamese_day(now)
    title = briefing.text("title", language) or str(briefing)
    return {
        "language": language,
        "title": f"{_('Briefing pack')}: {title}",
        "author": site.ministry_name if site else [],
        "day": [day.year, day.month, day.day],
        "issuer": site.ministry_name if site else "",
        "name": title,
        "facts": [[label, said] for label, said in _facts(briefing, language) if said],
        "agenda": [[row["time"], row["text"], row["who"]] for row in briefing.rows("agenda", language)],
        "notes": _paragraphs(briefing.text("chair_notes", language)),
        "outlets": [_outlet(line) for line in lines],
        "totals": [_sum(lines, name) for name in ("given", "waiting", "arrived")],
        "questions": _questions(briefing, language),
        "releases": _releases(language, now),
        "foot": _("%(title)s · for the chair only · as of %(time)s")
        % {"title": _("Briefing pack"), "time": short_moment(now, language)},
        "words": _words(),
    }


def _words() -> dict[str, Any]:
    return {
        "pack": _("Briefing pack"), "page": _("Page"), "internal": _("Internal: not for publication"),
        "agenda": _("Programme"), "notes": _("Notes for the chair"), "seats": _("Who comes"),
        "questions": _("Questions"), "releases": _("What the press room said lately"),
        "none": {
            "agenda": _("There is no programme yet."), "notes": _("There are no notes."),
            "seats": _("No outlet is invited yet."), "questions": _("No question has come in yet."),
            "releases": _("Nothing was published in the last four months."),
        },
        "columns": [_("outlet"), _("journalists"), _("seats"), _("waiting"), _("arrived")],
        "total": _("together"),
    }  # fmt: skip


def _facts(briefing: Briefing, language: str) -> list[tuple[str, str]]:
    chair = briefing.chair.named_on(briefing.day, language) if briefing.chair else ""
    return [
        (_("Time"), when_of(briefing).words(language)),
        (_("Place"), briefing.text("place", language)),
        (_("Progress"), str(briefing.get_progress_display())),
        (_("Chair"), chair),
        (_("Documents of proof"), "; ".join(briefing.text("proof", language).splitlines())),
        (_("Live stream"), briefing.stream_url),
    ]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _outlet(line: Any) -> list[Any]:
    names = [
        f"{each.journalist.full_name} ({each.get_state_display()})"
        if each.state == Attendance.State.WAITING else each.journalist.full_name
        for each in line.people
    ]  # fmt: skip
    return [
        str(line.outlet),
        "; ".join(names) or "–",
        f"{line.given}/{line.cap}",
        str(line.waiting),
        str(line.arrived),
    ]


def _sum(lines: list[Any], name: str) -> str:
    return str(sum(getattr(line, name) for line in lines))


def _questions(briefing: Briefing, language: str) -> list[dict[str, Any]]:
    """By outlet, within it by topic; those still to be answered."""
    open_states = [BriefingQuestion.State.WAITING, BriefingQuestion.State.TAKEN, BriefingQuestion.State.LEFT]
    rows = list(
        briefing.questions.filter(state__in=open_states)
        .in_order()
        .select_related("outlet", "topic", "journalist")
    )
    rows.sort(key=_by_outlet_and_topic)
    return [
        {"outlet": outlet, "topics": _named([_topic(topic, same) for topic, same in _by_topic(group)])}
        for outlet, group in groupby(rows, key=lambda each: str(each.outlet))
    ]


def _by_outlet_and_topic(question: BriefingQuestion) -> tuple[Any, ...]:
    """Questions without a topic come last."""
    topic = fold(str(question.topic or ""))
    return fold(str(question.outlet)), question.outlet_id, not topic, topic, question.position


def _named(topics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Questions without a topic are headed so only where others have one."""
    unfiled = _("Without a topic")
    return (
        [each | {"topic": ""} for each in topics]
        if [each["topic"] for each in topics] == [unfiled]
        else topics
    )


def _topic(topic: str, questions: Any) -> dict[str, Any]:
    return {"topic": topic, "rows": [_question(each) for each in questions]}


def _by_topic(rows: Any) -> Any:
    return groupby(rows, key=lambda each: str(each.topic) if each.topic else _("Without a topic"))


def _question(question: BriefingQuestion) -> dict[str, str]:
    who = question.journalist.full_name if question.journalist else ""
    return {
        "text": question.text, "language": question.language, "who": who,
        "state": str(question.get_state_display()) if question.state != BriefingQuestion.State.WAITING else "",
    }  # fmt: skip


def _releases(language: str, now: datetime) -> list[list[str]]:
    """What readers have of the press room, briefings left out: day, title, summary."""
    entries = Entry.objects.in_language(language).filter(
        section=Briefing.section, visible_from__gt=now - LOOKED_BACK
    )
    others = entries.exclude(kind=Briefing._meta.label_lower).listed(now).newest()
    return [
        [short_day(entry.visible_from, language), entry.title, entry.summary]
        for entry in others.only("visible_from", "title", "summary")[:RELEASES]
    ]
