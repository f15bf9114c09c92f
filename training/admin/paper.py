"""Paper: badges, sign-in sheets, and the codes of a signed sheet typed back in one pass."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.history.actions import record
from portal.printing import NotTypeset
from training.actions import presence, sheets
from training.admin.day_pages import chosen_session, number, page, pdf_file, run_or_refuse
from training.models import Event, Sheet
from training.printing import badges as badges_printed
from training.printing import sheets as sheets_printed


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Sheets of this event; a POST lays one out, or enters the codes of one."""
    event = run_or_refuse(request, pk)
    sessions = list(event.sessions.all())
    written, problem = request.POST.get("codes", ""), ""
    if request.method == "POST":
        try:
            return _do(request, event)
        except Refused as refusal:
            problem = str(refusal)
    context = {
        "sessions": sessions, "session": chosen_session(request, sessions), "written": written, "problem": problem,
        "sheets": list(event.sheets.select_related("session")), "seated": event.registrations.seated().count(),
        "typed": number(request, "sheet") or None,
    }  # fmt: skip
    return page(
        request,
        "training/admin/paper.html",
        event,
        context,
        title=_("On paper: %(event)s") % {"event": event},
    )


def _do(request: HttpRequest, event: Event) -> HttpResponse:
    by, now = request.user, timezone.now()
    if request.POST.get("do") == "print":
        session = event.sessions.filter(pk=number(request, "session")).first()
        sheet = sheets.print_sheet(event, session, by=by, now=now)
        messages.success(request, _("Sheet %(number)d is laid out.") % {"number": sheet.number})
    else:
        sheet = get_object_or_404(event.sheets, number=number(request, "sheet"))
        new = presence.enter_codes(sheet, request.POST.get("codes", "")[:20_000], by=by, now=now)
        said = ngettext("%(count)d person is now present.", "%(count)d people are now present.", new)
        messages.success(request, said % {"count": new})
    return redirect("admin:training_event_paper", event.pk)


def sheet(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    event = run_or_refuse(request, pk)
    found = get_object_or_404(Sheet.objects.select_related("event", "session"), event=event, number=number)
    try:
        content = sheets_printed.pdf(found, get_language() or "vi")
    except NotTypeset:
        return _too_long(request, event)
    return pdf_file(content, f"sheet-{event.pk}-{number}")


def badges(request: HttpRequest, pk: int) -> HttpResponse:
    event = run_or_refuse(request, pk)
    try:
        content = badges_printed.pdf(event, get_language() or "vi")
    except NotTypeset:
        return _too_long(request, event)
    record(event, "printed badges", by=request.user, now=timezone.now())
    return pdf_file(content, f"badges-{event.pk}")


def _too_long(request: HttpRequest, event: Event) -> HttpResponse:
    messages.error(request, _("This list is too long to be printed."))
    return redirect("admin:training_event_paper", event.pk)
