"""One crisis dossier on one page: the clock, what is certain, the timeline, the tasks, the evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from pressroom.actions import crises
from pressroom.forms.crises import (
    EnquiriesForm,
    FileForm,
    LessonForm,
    OpenForm,
    RecordForm,
    StatementForm,
    TaskForm,
    WordsForm,
)
from pressroom.history import deeds_of
from pressroom.models import Crisis, CrisisFile, CrisisTask

SEE, CHANGE = "pressroom.view_crisis", "pressroom.change_crisis"
Said = dict[str, Any]


def crisis_or_404(request: HttpRequest, pk: Any) -> Crisis:
    """The dossier, for somebody who may see it; for everybody else there is none."""
    if not request.user.has_perm(SEE):
        raise Http404
    number = pk if isinstance(pk, int) or (pk.isdecimal() and len(pk) < 19) else None
    return get_object_or_404(Crisis.objects.select_related("owner"), pk=number)


def begin(request: HttpRequest) -> HttpResponse:
    """Open a dossier."""
    form = OpenForm(request.POST or None)
    if form.is_valid():
        try:
            crisis = crises.open_crisis(form.save(commit=False), by=request.user, now=timezone.now())
            return redirect("admin:pressroom_crisis_change", crisis.pk)
        except Refused as refusal:
            form.add_error("learned_at", str(refusal))
    context = {"title": _("Open a crisis dossier"), "form": form, "opts": Crisis._meta}
    return staff_page(request, "pressroom/admin/crisis_begin.html", context)


@dataclass(frozen=True)
class Deed:
    """What a button of the page does with what its form brought."""

    form: Callable[..., forms.Form]
    do: Callable[[Crisis, Said, Any, datetime], Any]


def _change(crisis: Crisis, said: Said, by: Any, now: datetime) -> None:
    lock_version = said.pop("lock_version")
    crises.change(crisis, said, lock_version=lock_version, by=by, now=now)


def _record(crisis: Crisis, said: Said, by: Any, now: datetime) -> None:
    crises.write_down(crisis, said["what"], at=said["at"], source=said["source"], by=by, now=now)


def _task(crisis: Crisis, said: Said, by: Any, now: datetime) -> None:
    crises.give_task(crisis, said["what"], owner=said["owner"], due_at=said["due_at"], by=by, now=now)


def _file(crisis: Crisis, said: Said, by: Any, now: datetime) -> None:
    crises.keep_file(crisis, said["file"], by=by, now=now)


def _statement(crisis: Crisis, said: Said, by: Any, now: datetime) -> None:
    crises.made_statement(crisis, at=said["at"], proof=said["proof"], by=by, now=now)


def _relate(crisis: Crisis, said: Said, by: Any, now: datetime) -> None:
    crises.relate(crisis, said["enquiries"], by=by, now=now)


def _close(crisis: Crisis, said: Said, by: Any, now: datetime) -> None:
    crises.close(crisis, said["lesson"], by=by, now=now)


DEEDS = {
    "change": Deed(WordsForm, _change),
    "record": Deed(RecordForm, _record),
    "task": Deed(TaskForm, _task),
    "file": Deed(FileForm, _file),
    "statement": Deed(StatementForm, _statement),
    "relate": Deed(EnquiriesForm, _relate),
    "close": Deed(LessonForm, _close),
}


def dossier(request: HttpRequest, pk: str) -> HttpResponse:
    crisis = crisis_or_404(request, pk)
    made = _forms(crisis)
    if request.method == "POST":
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        verb = request.POST.get("do", "")
        if verb.startswith("done:"):
            answer = _finish(request, crisis, verb.removeprefix("done:"))
        elif verb in DEEDS:
            made = _forms(crisis, verb, request)
            answer = _do(request, crisis, verb, made[verb])
        else:
            raise Http404
        if answer is not None:
            return answer
    return staff_page(request, "pressroom/admin/crisis.html", _context(request, crisis, made))


def _forms(crisis: Crisis, verb: str = "", request: HttpRequest | None = None) -> dict[str, forms.Form]:
    """Every form of the page; the one that was sent is bound to what was typed."""
    now = timezone.now()
    initial: dict[str, Said] = {
        "record": {"at": now},
        "statement": {"at": now},
        "change": {"lock_version": crisis.lock_version},
        "relate": {"enquiries": crisis.enquiries.values_list("pk", flat=True)},
    }
    made = {}
    for name, deed in DEEDS.items():
        said: Said = {"initial": initial.get(name, {}), "prefix": name}
        if name == "change":
            said["instance"] = Crisis.objects.get(pk=crisis.pk)
        if name == "relate":
            said["crisis"] = crisis
        if request is not None and name == verb:
            said |= {"data": request.POST, "files": request.FILES}
        made[name] = deed.form(**said)
    return made


def _do(request: HttpRequest, crisis: Crisis, verb: str, form: forms.Form) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        DEEDS[verb].do(crisis, dict(form.cleaned_data), request.user, timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        messages.error(request, str(refusal))
        return None
    messages.success(request, _("Done."))
    return redirect("admin:pressroom_crisis_change", crisis.pk)


def _finish(request: HttpRequest, crisis: Crisis, number: str) -> HttpResponse:
    task = get_object_or_404(
        CrisisTask, pk=number if number.isdecimal() and len(number) < 19 else None, crisis=crisis
    )
    try:
        crises.finish_task(task, by=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:pressroom_crisis_change", crisis.pk)


def _context(request: HttpRequest, crisis: Crisis, made: dict[str, forms.Form]) -> dict[str, Any]:
    now = timezone.now()
    return {
        "title": crisis.title, "opts": Crisis._meta, "crisis": crisis, "forms": made, "now": now,
        "breached": crisis.is_breached(now), "may_change": request.user.has_perm(CHANGE) and crisis.is_open,
        "records": crisis.records.select_related("kept_by"),
        "tasks": [(task, task.is_late(now)) for task in crisis.tasks.select_related("owner", "done_by")],
        "files": crisis.files.select_related("kept_by"), "enquiries": crisis.enquiries.all(),
        "deeds": deeds_of(crisis),
    }  # fmt: skip


@require_safe
def file(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponseBase:
    """A piece of evidence, to download: it is judged when it comes in, and still nothing runs it here."""
    crisis = crisis_or_404(request, pk)
    kept = get_object_or_404(CrisisFile, crisis=crisis, uuid=uuid)
    try:
        response = FileResponse(kept.file.open("rb"))
    except FileNotFoundError:
        raise Http404 from None
    response.headers["Content-Type"] = kept.media_type
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.filename)}"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
