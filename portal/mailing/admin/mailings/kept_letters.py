"""Where no mail server is named: the letters that would have been sent, kept on this machine."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.accounts.views.pages import staff_page
from portal.mailing import local_box


def newest(request: HttpRequest) -> HttpResponse:
    _check(request)
    context = {"title": _("Letters kept on this machine"), "letters": local_box.newest()}
    return staff_page(request, "mailing/local_box.html", context)


def letter(request: HttpRequest, name: str) -> HttpResponse:
    _check(request)
    found = local_box.letter(name)
    if found is None:
        raise Http404
    context = {
        "title": local_box.header(found, "Subject"),
        "head": [(name, local_box.header(found, name)) for name in ("From", "To", "Date", "Message-ID")],
        "text": local_box.part(found, "plain"),
        "html": local_box.part(found, "html"),
    }
    return staff_page(request, "mailing/local_letter.html", context)


def _check(request: HttpRequest) -> None:
    if not local_box.is_in_use():
        raise Http404
    if not request.user.has_perm("mailing.view_mailing"):
        raise PermissionDenied
