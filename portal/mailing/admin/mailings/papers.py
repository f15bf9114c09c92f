"""What is taken from a mailing: the letter as its reader sees it, the signed statement."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.mailing import private, statements
from portal.mailing.composing import STAND_IN, common_greeting, greeted
from portal.mailing.models import Mailing
from portal.mailing.statement_pdf import statement_pdf
from portal.printing import NotTypeset


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The words as a reader without a salutation of their own sees them."""
    message = _mailing(request, pk).message
    words, kind = (message.html, "html") if message.html else (message.text, "plain")
    shown = greeted(words, common_greeting(message.language)).replace(STAND_IN, "…")
    return HttpResponse(shown, content_type=f"text/{kind}; charset=utf-8")


def statement(request: HttpRequest, pk: int) -> HttpResponse:
    said = statements.statement(_with_names(request, pk))
    # The mark at the beginning tells Excel that this is UTF-8.
    response = HttpResponse("\ufeff" + said, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="mailing-{pk}.csv"'
    return response


def printed(request: HttpRequest, pk: int) -> HttpResponse:
    mailing = _with_names(request, pk)
    try:
        content = statement_pdf(mailing, get_language() or "vi")
    except NotTypeset:
        messages.error(request, _("This account is too long to be printed; the CSV has all of it."))
        return HttpResponseRedirect(reverse("admin:mailing_mailing_change", args=[pk]))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="mailing-{pk}.pdf"'
    return response


def _mailing(request: HttpRequest, pk: int) -> Mailing:
    """With all that an account names."""
    if not _may_see(request):
        raise PermissionDenied
    return get_object_or_404(Mailing.objects.select_related("message", "created_by", "approved_by"), pk=pk)


def _with_names(request: HttpRequest, pk: int) -> Mailing:
    """The same, for who may see every recipient of it."""
    mailing = _mailing(request, pk)
    if private.hides_names(mailing, request.user):
        raise PermissionDenied
    return mailing


def _may_see(request: HttpRequest) -> bool:
    return request.user.has_perm("mailing.view_mailing") or request.user.has_perm("mailing.change_mailing")
