"""The chair's pack: notes only the chair reads, and the briefing on paper. For press officers and the spokesperson alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.editorial.views.things import language_or_404
from portal.history.actions import record
from portal.languages import LANGUAGES
from portal.printing import NotTypeset
from pressroom.actions.briefing_questions import note_for_the_chair
from pressroom.admin.briefing_pages import page, run_or_refuse, tried
from pressroom.admin.briefing_seats import lines_of
from pressroom.forms.briefings import NotesForm
from pressroom.printing.pack import pack_pdf


def pack(request: HttpRequest, pk: int) -> HttpResponse:
    briefing = run_or_refuse(request, pk)
    form = NotesForm(
        request.POST if request.method == "POST" else None,
        initial={f"notes_{each}": briefing.text("chair_notes", each) for each in LANGUAGES},
    )
    if form.is_bound and form.is_valid():
        notes = {each: form.cleaned_data[f"notes_{each}"] for each in LANGUAGES}
        tried(
            request,
            _("The notes are kept."),
            lambda: note_for_the_chair(briefing, notes, by=request.user, now=timezone.now()),
        )
        return redirect("admin:pressroom_briefing_pack", pk=pk)
    title = _("The chair’s pack: %(title)s") % {"title": briefing}
    return page(request, "pressroom/admin/briefing_pack.html", briefing, {"form": form}, title=title)


def pdf(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The pack as it stands at this moment; it is kept nowhere, and that it was taken out is on record."""
    briefing = run_or_refuse(request, pk)
    language = language_or_404(language)
    now = timezone.now()
    try:
        content = pack_pdf(briefing, language, lines_of(briefing), now)
    except NotTypeset as problem:
        messages.error(request, _("The pack cannot be printed: %(problem)s") % {"problem": problem})
        return redirect("admin:pressroom_briefing_pack", pk=pk)
    record(briefing, "printed the pack", by=request.user, now=now, language=language)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="briefing-{briefing.pk}-pack-{language}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
