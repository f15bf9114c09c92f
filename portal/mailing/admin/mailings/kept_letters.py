"""Where no mail server is named: the letters that would have been sent, kept on this machine."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.accounts.views.pages import staff_page
from portal.mailing import local_box, private
from portal.mailing.models import Delivery


def newest(request: HttpRequest) -> HttpResponse:
    _check(request)
    kept = local_box.newest()
    hidden = _of_others(request, [each.token for each in kept])
    letters = [each for each in kept if each.token not in hidden]
    context = {"title": _("Letters kept on this machine"), "letters": letters}
    return staff_page(request, "mailing/local_box.html", context)


def letter(request: HttpRequest, name: str) -> HttpResponse:
    _check(request)
    found, token = local_box.letter(name), local_box.token_in(name)
    if found is None or token in _of_others(request, [token]):
        raise Http404
    context = {
        "title": local_box.header(found, "Subject"),
        "head": [(name, local_box.header(found, name)) for name in ("From", "To", "Date", "Message-ID")],
        "text": local_box.part(found, "plain"),
        "html": local_box.part(found, "html"),
    }
    return staff_page(request, "mailing/local_letter.html", context)


def _of_others(request: HttpRequest, tokens: list[str]) -> set[str]:
    """The tokens of letters that are a section's business, and not this person's."""
    hidden = Delivery.objects.filter(private.kept_by_sections_from(request.user), token__in=tokens)
    return set(hidden.values_list("token", flat=True))


def _check(request: HttpRequest) -> None:
    if not local_box.is_in_use():
        raise Http404
    if not request.user.has_perm("mailing.view_mailing"):
        raise PermissionDenied
