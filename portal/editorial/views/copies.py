"""Working copies and drafts as a whole: opening, discarding."""

from django.contrib import messages
from django.contrib.admin import site
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.editorial import actions
from portal.editorial.models import Publishable
from portal.editorial.views.things import change_url, writer_or_refuse


@staff_member_required
@require_POST
def open_copy(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """To the working copy of what readers see; it is made when there is none."""
    item = writer_or_refuse(request, kind, pk)
    try:
        copy = actions.open_working_copy(item, by=request.user, now=timezone.now())
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(change_url(item))
    return redirect(change_url(copy))


@staff_member_required
def discard_copy(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Throw a working copy away, after asking."""
    item = writer_or_refuse(request, kind, pk)
    if request.method != "POST":
        says = _(
            "What was changed in this working copy is thrown away; its versions stay in the history. "
            "Readers notice nothing."
        )
        return _ask(request, item, _("Discard the working copy"), says)
    try:
        original = actions.discard_working_copy(item, by=request.user, now=timezone.now())
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(change_url(item))
    messages.success(request, _("The working copy has been discarded."))
    return redirect(change_url(original))


@staff_member_required
def discard_draft(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Delete a draft no reader has seen, after asking. Its writer may, and whoever may return texts."""
    item = writer_or_refuse(request, kind, pk)
    if item.created_by_id != request.user.pk and not request.user.has_perm("editorial.return"):
        raise PermissionDenied
    if request.method != "POST":
        says = _("This draft and its pictures’ places are deleted; the history keeps that it existed.")
        return _ask(request, item, _("Delete the draft"), says)
    try:
        actions.discard_draft(item, by=request.user, now=timezone.now())
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(change_url(item))
    messages.success(request, _("The draft has been deleted."))
    return redirect("admin:index")


def _ask(request: HttpRequest, item: Publishable, title: str, says: str) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": title,
        "says": says,
        "item": item,
        "back": change_url(item),
    }
    return render(request, "editorial/confirm.html", context)
