"""Programme and transcript: rows in two columns, Vietnamese and English side by side. Every button works without a script."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.refusal import Refused
from portal.editorial.actions import Conflict
from portal.editorial.locks import locks_of
from portal.editorial.views.things import language_or_404, may_write, thing_or_404
from portal.languages import LANGUAGES
from portal.languages.fields import Record
from pressroom.actions.briefings import check_transcript, digest_of, write_rows
from pressroom.admin.briefing_pages import KIND, page
from pressroom.models import Briefing
from pressroom.records import ANSWER, MOST_ROWS, QUESTION, STATEMENT, says_something

PARTS = (STATEMENT, QUESTION, ANSWER)


@dataclass
class Row:
    """One row in both languages."""

    row: int
    kind: str = ""  # of a transcript
    time: str = ""  # of a programme
    words: dict[str, dict[str, str]] = field(default_factory=dict)  # language → {"who", "text"}

    def in_each(self) -> list[tuple[str, dict[str, str]]]:
        return [(language, self.words.get(language, {"who": "", "text": ""})) for language in LANGUAGES]


def programme(request: HttpRequest, pk: int) -> HttpResponse:
    return _rows_page(request, pk, "agenda")


def transcript(request: HttpRequest, pk: int) -> HttpResponse:
    return _rows_page(request, pk, "transcript")


def _rows_page(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Each button answers the page again, as the writer has it; "save" keeps what is open to them."""
    briefing = thing_or_404(request, KIND, pk)
    reasons = _reasons(request, briefing)
    if request.method != "POST":
        return _page(request, briefing, name, aligned(briefing, name), reasons)
    if not may_write(request, briefing):
        raise PermissionDenied
    rows = _sent(request, name)
    verb, _colon, place = request.POST.get("do", "save").partition(":")
    if verb == "save":
        return _save(request, briefing, name, rows, reasons)
    changed = _changed(rows, verb, int(place) if place.isdecimal() and len(place) < 6 else -1)
    return _page(request, briefing, name, changed, reasons, unsaved=True)


def _reasons(request: HttpRequest, briefing: Briefing) -> dict[str, str]:
    """Language → why it cannot be written in now; "" when it can."""
    if not may_write(request, briefing):
        return dict.fromkeys(LANGUAGES, _("Your role does not include writing."))
    found = locks_of(briefing, request.user).reasons
    return {language: found[language] for language in LANGUAGES}


def aligned(briefing: Briefing, name: str) -> list[Row]:
    """The rows of both languages as one list, in the order of the longer column."""
    columns = {language: briefing.rows(name, language) for language in LANGUAGES}
    rows: dict[int, Row] = {}
    for language in sorted(LANGUAGES, key=lambda each: -len(columns[each])):
        for record in columns[language]:
            row = rows.setdefault(
                record["row"], Row(record["row"], record.get("is", ""), record.get("time", ""))
            )
            row.words[language] = {"who": record["who"], "text": record["text"]}
    return list(rows.values())


def _sent(request: HttpRequest, name: str) -> list[Row]:
    """The rows in the order of the page; what is no row of ours is left out."""
    rows = []
    for number in request.POST.getlist("order")[: MOST_ROWS + 1]:
        if not number.isdecimal() or len(number) > 5 or int(number) == 0:
            continue
        kind = request.POST.get(f"row-{number}-is", STATEMENT)
        words = {
            language: {
                each: request.POST.get(f"row-{number}-{each}-{language}", "") for each in ("who", "text")
            }
            for language in LANGUAGES
        }
        time = request.POST.get(f"row-{number}-time", "")
        rows.append(Row(int(number), kind if kind in PARTS and name == "transcript" else "", time, words))
    return rows


def _changed(rows: list[Row], verb: str, place: int) -> list[Row]:
    """The list after one button."""
    rows = list(rows)
    there = 0 <= place < len(rows)
    if verb in {"up", "down"} and there:
        other = place + (1 if verb == "down" else -1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
    elif verb == "remove" and there:
        del rows[place]
    elif verb in {"add", *PARTS}:
        kind = verb if verb in PARTS else ""
        rows.insert(
            place + 1 if there else len(rows), Row(max((each.row for each in rows), default=0) + 1, kind)
        )
    return rows


def _save(
    request: HttpRequest, briefing: Briefing, name: str, rows: list[Row], reasons: dict[str, str]
) -> HttpResponse:
    if len(rows) > MOST_ROWS:
        messages.error(request, _("There may be %(most)d rows at most.") % {"most": MOST_ROWS})
        return _page(request, briefing, name, rows, reasons, unsaved=True)
    columns = {language: _column(rows, language) for language in LANGUAGES if not reasons[language]}
    if not columns:
        messages.error(request, reasons["vi"])
        return _page(request, briefing, name, rows, reasons, unsaved=True)
    try:
        write_rows(briefing, name, columns, by=request.user, now=timezone.now(), lock_version=_seen(request))
    except Conflict:
        theirs = thing_or_404(request, KIND, briefing.pk)
        messages.error(
            request,
            _(
                "Somebody else saved this briefing after you opened it. Theirs stands below yours; save again to keep yours."
            ),
        )
        return _page(request, theirs, name, rows, reasons, unsaved=True, theirs=theirs)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, briefing, name, rows, reasons, unsaved=True)
    messages.success(request, _("The rows are saved."))
    return redirect(request.path)


def _column(rows: list[Row], language: str) -> list[Record]:
    """The rows of one language that say something in it."""
    records: list[Record] = []
    for row in rows:
        said: Record = {"row": row.row, **row.words.get(language, {})}
        if says_something({name: str(value).strip() for name, value in said.items() if name != "row"}):
            records.append(said | ({"is": row.kind} if row.kind else {"time": row.time}))
    return records


def _seen(request: HttpRequest) -> int:
    """The version of the briefing the page was made from."""
    seen = request.POST.get("lock_version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _page(
    request: HttpRequest, briefing: Briefing, name: str, rows: list[Row], reasons: dict[str, str],
    *, unsaved: bool = False, theirs: Briefing | None = None,
) -> HttpResponse:  # fmt: skip
    column = Briefing._meta.get_field(name)
    context = {
        "rows": rows, "reasons": reasons, "open": [each for each in LANGUAGES if not reasons[each]], "unsaved": unsaved,
        "lock_version": briefing.lock_version, "languages_shown": LANGUAGES, "is_transcript": name == "transcript",
        "theirs": [(each, column.words(theirs.text(name, each))) for each in LANGUAGES] if theirs else [],
        "outlets": _outlets(briefing) if name == "transcript" else [],
        "checks": _checks(briefing) if name == "transcript" else [],
    }  # fmt: skip
    said = _("Transcript: %(title)s") if name == "transcript" else _("Programme: %(title)s")
    return page(
        request, "pressroom/admin/briefing_rows.html", briefing, context, title=said % {"title": briefing}
    )


def _outlets(briefing: Briefing) -> list[str]:
    """Who asked, to choose from."""
    asked = briefing.root.questions.select_related("outlet")
    names = {getattr(each.outlet, f"name_{language}") or "" for each in asked for language in LANGUAGES}
    return sorted(names - {""})


def _checks(briefing: Briefing) -> list[dict[str, Any]]:
    """Each language with words: whether these very words were checked, by whom and when."""
    done = {
        (each.language, each.digest): each for each in briefing.root.transcript_checks.select_related("by")
    }
    return [
        {"language": language, "check": done.get((language, digest_of(records)))}
        for language in LANGUAGES
        if (records := briefing.rows("transcript", language))
    ]


@require_POST
def check(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """ "Checked against delivery", said by a second person."""
    briefing = thing_or_404(request, KIND, pk)
    language = language_or_404(language)
    if not request.user.has_perm("pressroom.run_briefing") and not may_write(request, briefing):
        raise PermissionDenied
    try:
        check_transcript(briefing, language, by=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The transcript is on record as checked against delivery."))
    return redirect(reverse("admin:pressroom_briefing_transcript", args=[pk]))
