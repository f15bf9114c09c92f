"""The composer: an issue's contents put together on one page. Every button works without a script and loses nothing typed."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from portal.accounts.refusal import Refused
from portal.editorial.actions import Conflict
from portal.editorial.locks import locks_of
from portal.editorial.views.things import change_url, language_or_404, may_write, thing_or_404
from portal.library.models import Placement
from publications import actions, issues, picking, pins, printed
from publications.composition import PHOTO, PIECE, SECTION, TEXT
from publications.models import Bulletin
from publications.views import MEDIA_TYPES, file_answer

KIND = "publications.bulletin"
MOST = 500
Record = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One record as the page shows it."""

    record: Record
    title: str = ""
    facts: str = ""
    url: str = ""
    standing: pins.Standing | None = None
    outdated: bool = False


def compose(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The page; each button answers the page again, as the editor has it, and "save" keeps it."""
    language = language_or_404(language)
    bulletin = thing_or_404(request, KIND, pk)
    reason = _why_not(request, bulletin, language)
    if request.method != "POST":
        return _page(request, bulletin, language, bulletin.records(language), reason=reason)
    _refuse_without_rights(request, bulletin, language)
    records = _sent(request, bulletin, language)
    if reason:  # locked while somebody was writing: what they wrote stands on the page, to be copied
        messages.error(request, reason)
        return _page(request, bulletin, language, records, reason=reason, unsaved=True)
    verb, _colon, place = request.POST.get("do", "save").partition(":")
    if verb == "save":
        return _save(request, bulletin, language, records)
    changed = _changed(
        records,
        verb,
        int(place) if place.isdecimal() else -1,
        request.POST.getlist("pick"),
        language=language,
    )
    return _page(request, bulletin, language, changed, unsaved=True)


def _why_not(request: HttpRequest, bulletin: Bulletin, language: str) -> str:
    """Why the person cannot change the contents now; "" when they can."""
    if not may_write(request, bulletin):
        return _("Your role does not include writing.")
    return locks_of(bulletin, request.user).reasons[language]


def _refuse_without_rights(request: HttpRequest, bulletin: Bulletin, language: str) -> None:
    if not may_write(request, bulletin) or not request.user.has_perm(f"editorial.write_{language}"):
        raise PermissionDenied


def _sent(request: HttpRequest, bulletin: Bulletin, language: str) -> list[Record]:
    """The records in the order of the page. A pin never comes from a browser: it is the stored one, or none."""
    kept = {each["of"]: each for each in bulletin.records(language) if each["is"] == PIECE}
    column = Bulletin._meta.get_field("contents")
    records = []
    for number in request.POST.getlist("order"):
        said = {
            name: request.POST.get(f"row-{number}-{name}", "")
            for name in ("is", "of", "title", "text", "photo")
        }
        try:
            record = column.cleaned(said)
        except (KeyError, ValueError):
            continue  # no row of ours
        if record["is"] == PIECE:
            record = kept.get(record["of"], record | {"title": ""})
        records.append(record)
    return records


def _changed(
    records: list[Record], verb: str, place: int, picked: list[str], *, language: str
) -> list[Record]:
    """The list after one button."""
    records = list(records)
    if verb in {"up", "down"} and 0 <= place < len(records):
        other = place + (1 if verb == "down" else -1)
        if 0 <= other < len(records):
            records[place], records[other] = records[other], records[place]
    elif verb == "remove" and 0 <= place < len(records):
        del records[place]
    elif verb == "section":
        records.append({"is": SECTION, "title": ""})
    elif verb == "text":
        records.append({"is": TEXT, "title": "", "text": "", "photo": ""})
    elif verb == "photo":
        records.append({"is": PHOTO, "photo": ""})
    elif verb == "add":
        known = set(pins.references(records))
        records += [each for each in _picked(picked, language) if each["of"] not in known]
    return records


def _picked(references: list[str], language: str) -> list[Record]:
    """Records of the pieces ticked; what names no piece, or one readers do not see, is left out."""
    column, records = Bulletin._meta.get_field("contents"), []
    for each in references:
        with suppress(ValueError):
            records.append(column.cleaned({"is": PIECE, "of": each}))
    now = timezone.now()
    entries = pins.entries_of([each["of"] for each in records], language, now)
    return [each for each in records if each["of"] in entries and entries[each["of"]].is_listed(now)]


def _save(request: HttpRequest, bulletin: Bulletin, language: str, records: list[Record]) -> HttpResponse:
    if len(records) > MOST:
        messages.error(request, _("An issue holds at most %(most)d entries.") % {"most": MOST})
        return _page(request, bulletin, language, records, unsaved=True)
    empty = [place for place, each in enumerate(records) if each["is"] == PHOTO and not each["photo"]]
    records = [each for place, each in enumerate(records) if place not in empty]
    try:
        actions.compose(
            bulletin, language, records, by=request.user, now=timezone.now(),
            lock_version=_seen(request),
        )  # fmt: skip
    except Conflict:
        theirs = thing_or_404(request, KIND, bulletin.pk)
        messages.error(
            request,
            _(
                "Somebody else saved this issue after you opened it. Theirs stands below yours; save again to keep yours."
            ),
        )
        return _page(request, theirs, language, records, unsaved=True, theirs=theirs)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, bulletin, language, records, unsaved=True)
    messages.success(request, _("The contents are saved."))
    return redirect(request.path)


def _seen(request: HttpRequest) -> int:
    """The version of the issue the page was made from."""
    seen = request.POST.get("lock_version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else -1


def _page(
    request: HttpRequest,
    bulletin: Bulletin,
    language: str,
    records: list[Record],
    *,
    reason: str = "",
    unsaved: bool = False,
    theirs: Bulletin | None = None,
) -> HttpResponse:
    now, choice = timezone.now(), picking.Choice.asked(request.POST or request.GET)
    chosen = set(pins.references(records))
    found = picking.candidates(language, bulletin.of_quarter(), choice, now)
    pieces = [each for each in records if each["is"] == PIECE]
    context = {
        **admin.site.each_context(request),
        "title": _("Contents: %(title)s") % {"title": bulletin},
        "item": bulletin,
        "language": language,
        "rows": _rows(records, language, now),
        "frozen": bool(pieces) and all(each["pin"] for each in pieces),
        "reason": reason,
        "unsaved": unsaved,
        "lock_version": bulletin.lock_version,
        "theirs": _in_words(theirs, language) if theirs else "",
        "photos": _photos(bulletin, language),
        "choice": choice,
        "chosen": chosen,
        "found": [(f"{each.kind}:{each.object_id}", each) for each in found],
        "most": picking.SHOWN,
        "coverage": picking.coverage(language, bulletin.of_quarter(), chosen, now),
        "topics": picking.topics(),
        "quarter": bulletin.of_quarter().title(request.LANGUAGE_CODE),
        "back": change_url(bulletin),
        "here": reverse("admin:publications_bulletin_compose", args=[bulletin.pk, language]),
    }
    return render(request, "publications/admin/composer.html", context)


def _in_words(bulletin: Bulletin, language: str) -> str:
    return Bulletin._meta.get_field("contents").words(bulletin.text("contents", language))


def _rows(records: list[Record], language: str, now: datetime) -> list[Row]:
    wanted = pins.references(records)
    entries = pins.entries_of(wanted, language, now)
    standings = pins.standings(pins.pinned_in(records), language)
    rows = []
    for record in records:
        if record["is"] != PIECE:
            rows.append(Row(record))
            continue
        entry, pin = entries.get(record["of"]), record["pin"]
        rows.append(
            Row(
                record,
                title=pin.get("title") or (entry.title if entry else record["title"] or record["of"]),
                facts=entry.shelf_title if entry else "",
                url=entry.url if entry else "",
                standing=standings.get(record["of"])
                or (None if entry else pins.Standing(pins.State.MISSING)),
                outdated=bool(pin.get("outdated") or (entry and entry.translation.get("outdated"))),
            )
        )
    return rows


def _photos(bulletin: Bulletin, language: str) -> list[tuple[str, str]]:
    """The issue's own photos, by what is said of them."""
    placed = bulletin.placements.filter(role=Placement.Role.PHOTO).select_related("asset")
    return [(str(row.asset.uuid), getattr(row, f"caption_{language}") or str(row.asset)) for row in placed]


@require_POST
def step(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Freeze, or let the pieces follow their newest text again."""
    language = language_or_404(language)
    bulletin = thing_or_404(request, KIND, pk)
    _refuse_without_rights(request, bulletin, language)
    deed = {"freeze": actions.freeze, "thaw": actions.thaw}.get(request.POST.get("do", ""))
    if deed is None:
        raise Http404
    try:
        deed(bulletin, language, by=request.user, now=timezone.now(), lock_version=_seen(request))
    except Conflict:
        messages.error(
            request, _("Somebody else saved this issue after you opened it. Look at it, then press again.")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = (
            _("Frozen: every piece stands as its readers see it now.")
            if deed is actions.freeze
            else _("Thawed: each piece follows its newest text again.")
        )
        messages.success(request, said)
    return redirect("admin:publications_bulletin_compose", pk=pk, language=language)


def face(request: HttpRequest, pk: int, language: str, form: str) -> HttpResponseBase:
    """The printed or portable issue as it stands in the draft; not kept."""
    language = language_or_404(language)
    bulletin = thing_or_404(request, KIND, pk)
    if form not in MEDIA_TYPES:
        raise Http404
    with override(language):
        made = printed.made(issues.issue_of(bulletin, language), form)
    answer = file_answer(
        made, f"draft-{bulletin.year}-q{bulletin.quarter}-{language}.{form}", MEDIA_TYPES[form]
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
