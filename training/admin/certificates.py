"""Certificates in the admin: issued together, looked at, revoked and reissued one by one."""

import io
import zipfile
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.refusal import Refused
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from portal.languages.slugs import slugify
from portal.printing import NotTypeset
from training.actions import certificates as actions
from training.admin.day_pages import page, pdf_file, run_or_refuse, tried
from training.forms.certificates import EndForm, IssueForm, ReissueForm
from training.models import Certificate, Event
from training.printing import certificates as printing
from training.rules.certificates import Terms, hours_of, public_url


def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """Those issued, and the form to issue what is due."""
    event = run_or_refuse(request, pk)
    form = IssueForm(request.POST or None, today=vietnamese_day(timezone.now()), initial=_beginning(event))
    if request.method == "POST" and form.is_valid() and _issue(request, event, form):
        return redirect("admin:training_event_certificates", event.pk)
    context = {
        "form": form, "entitled": actions.entitled(event) if event.gives_certificate else [],
        "issued": list(event.certificates.select_related("replaces", "replaced_by")),
        "valid": event.certificates.valid().count(),
    }  # fmt: skip
    title = _("Certificates: %(event)s") % {"event": event}
    return page(request, "training/admin/certificates.html", event, context, title=title)


def _beginning(event: Event) -> dict[str, Any]:
    return {
        "signer": event.chair_id, "hours": hours_of(list(event.sessions.all())) or None,
        "issued_on": vietnamese_day(timezone.now()),
    }  # fmt: skip


def _issue(request: HttpRequest, event: Event, form: IssueForm) -> bool:
    try:
        made = actions.issue_entitled(event, Terms(**form.cleaned_data), by=request.user, now=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    said = ngettext("%(count)d certificate is issued.", "%(count)d certificates are issued.", len(made))
    messages.success(request, said % {"count": len(made)})
    return True


def certificate(request: HttpRequest, pk: int, certificate: int) -> HttpResponse:
    """One certificate: what it says, its chain, and the forms to revoke or reissue it."""
    event = run_or_refuse(request, pk)
    found = get_object_or_404(event.certificates.select_related("replaces", "replaced_by"), pk=certificate)
    revoking = EndForm(request.POST if "revoke" in request.POST else None, prefix="revoke")
    reissuing = ReissueForm(
        request.POST if "reissue" in request.POST else None,
        prefix="reissue",
        initial={"full_name": found.full_name},
    )
    if to := _ended(request, found, revoking, reissuing):
        return redirect("admin:training_event_certificate", event.pk, to.pk)
    context = {
        "certificate": found, "revoking": revoking, "reissuing": reissuing,
        "public": public_url(found, request.LANGUAGE_CODE),
    }  # fmt: skip
    title = _("Certificate %(number)s") % {"number": found.printed}
    return page(request, "training/admin/certificate.html", event, context, title=title)


def _ended(
    request: HttpRequest, found: Certificate, revoking: EndForm, reissuing: ReissueForm
) -> Certificate | None:
    """The certificate to show next; None when nothing was asked, or something is missing."""
    by, now = request.user, timezone.now()
    if revoking.is_bound and revoking.is_valid():
        deed = lambda: actions.revoke(found, why=revoking.why(), by=by, now=now)  # noqa: E731
        return found if tried(request, _("The certificate is revoked."), deed) else None
    if reissuing.is_bound and reissuing.is_valid():
        return _reissued(request, found, reissuing)
    return None


def _reissued(request: HttpRequest, found: Certificate, form: ReissueForm) -> Certificate | None:
    name = form.cleaned_data["full_name"]
    try:
        made = actions.reissue(found, full_name=name, why=form.why(), by=request.user, now=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Certificate %(number)s stands in its place.") % {"number": made.printed})
    return made


def together(request: HttpRequest, pk: int) -> HttpResponse:
    """All that are valid in one PDF, a page each, for the printer."""
    event = run_or_refuse(request, pk)
    return _taken(
        request, event, lambda valid: pdf_file(printing.together(valid), f"certificates-{event.pk}")
    )


def one_by_one(request: HttpRequest, pk: int) -> HttpResponse:
    """All that are valid, a file each."""
    event = run_or_refuse(request, pk)
    return _taken(request, event, lambda valid: _packed(valid, event))


def _taken(request: HttpRequest, event: Event, make: Any) -> HttpResponse:
    """Make it of the valid ones, in the order of their numbers; who took them away is written down."""
    valid = list(event.certificates.valid().order_by("year", "number"))
    if not valid:
        messages.error(request, _("There are no valid certificates."))
        return redirect("admin:training_event_certificates", event.pk)
    try:
        answer = make(valid)
    except NotTypeset:
        messages.error(request, _("This list is too long to be printed."))
        return redirect("admin:training_event_certificates", event.pk)
    record(event, "took certificates away", by=request.user, now=timezone.now(), rows=len(valid))
    return answer


def _packed(valid: list[Certificate], event: Event) -> HttpResponse:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for each, content in zip(valid, printing.each_pdf(valid), strict=True):
            archive.writestr(f"{each.year}-{each.number:04}-{slugify(each.full_name, 60)}.pdf", content)
    headers = {
        "Content-Disposition": f'attachment; filename="certificates-{event.pk}.zip"', "Cache-Control": "private, no-store",
    }  # fmt: skip
    return HttpResponse(packed.getvalue(), content_type="application/zip", headers=headers)
