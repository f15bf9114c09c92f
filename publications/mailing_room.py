"""Where an issue's mailings are begun and seen: the letter to the lists, and the correction to those who got a wrong one."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.editorial.views.things import change_url, language_or_404, thing_or_404
from portal.mailing.models import MailingList
from publications import actions
from publications.composer import KIND
from publications.models import Sending


def room(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The issue's mailings in one language; POST begins one."""
    language = language_or_404(language)
    bulletin = thing_or_404(request, KIND, pk).root
    if not request.user.has_perm("mailing.view_mailing"):
        raise PermissionDenied
    if request.method == "POST":
        if not request.user.has_perm("mailing.add_mailing"):
            raise PermissionDenied
        return _begin(request, bulletin, language)
    sendings = bulletin.sendings.filter(language=language).select_related("mailing__message")
    context = {
        **admin.site.each_context(request),
        "title": _("Mailings: %(title)s") % {"title": bulletin},
        "item": bulletin,
        "language": language,
        "lists": MailingList.objects.all(),
        "sendings": [_line(each) for each in sendings],
        "may_compose": request.user.has_perm("mailing.add_mailing"),
        "back": change_url(bulletin),
    }
    return render(request, "publications/admin/mailings.html", context)


def _line(sending: Sending) -> dict[str, Any]:
    return {
        "sending": sending,
        "mailing": sending.mailing,
        "copies": actions.copies_out(sending),
        "untold": actions.untold(sending),
        "corrections": [each.mailing for each in sending.corrections.select_related("mailing")],
    }


def _begin(request: HttpRequest, bulletin: Any, language: str) -> HttpResponse:
    now = timezone.now()
    try:
        if wrong := request.POST.get("corrects"):
            sending = get_object_or_404(Sending, pk=_number(wrong), bulletin=bulletin, language=language)
            mailing = actions.compose_correction(sending, by=request.user, now=now)
        else:
            lists = MailingList.objects.filter(pk__in=map(_number, request.POST.getlist("lists")))
            mailing = actions.compose_mailing(bulletin, language, lists, by=request.user, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    return redirect("admin:mailing_mailing_change", mailing.pk)


def _number(written: str) -> int:
    """A primary key of a form; 0, which nothing has, for anything else."""
    return int(written) if written.isdecimal() and len(written) <= 18 else 0
