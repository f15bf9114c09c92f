"""Copies under embargo: who has one, who has read it, and giving out more."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin

from portal.accounts.refusal import Refused
from portal.editorial.views.things import change_url, language_or_404, thing_or_404
from portal.languages.dates import vietnamese_day
from portal.web.deleting import KeepsWhatIsUsed
from pressroom import watermarks
from pressroom.actions import embargoes
from pressroom.models import Copy, Journalist, Terms


def room(kind: str) -> Callable[..., HttpResponse]:
    """The page for things of one kind."""

    def copies(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        language = language_or_404(language)
        item = thing_or_404(request, kind, pk).root
        if not request.user.has_perm("pressroom.view_copy"):
            raise PermissionDenied
        if request.method == "POST":
            return _do(request, item, language)
        return render(request, "pressroom/admin/copies.html", _context(request, item, language))

    return copies


def _context(request: HttpRequest, item: Any, language: str) -> dict[str, Any]:
    now = timezone.now()
    rows = Copy.objects.of(item, language).select_related("journalist__outlet", "given_by", "terms")
    copies = list(rows.annotate(times=Count("openings"), last_opened=Max("openings__at")))
    edition = item.edition(language)
    have = {
        copy.journalist_id
        for copy in copies
        if copy.closed_at is None and copy.given_at >= edition.state_since
    }
    accredited = (
        Journalist.objects.accredited(vietnamese_day(now)).select_related("outlet").exclude(pk__in=have)
    )
    return {
        **admin.site.each_context(request),
        "title": _("Copies under embargo: %(title)s") % {"title": item},
        "item": item,
        "language": language,
        "edition": edition,
        "copies": copies,
        "journalists": accredited,
        "terms": embargoes.terms_on(now),
        "may_give": request.user.has_perm("pressroom.add_copy"),
        "back": change_url(item),
        "found": [],
    }


def _do(request: HttpRequest, item: Any, language: str) -> HttpResponse:
    """One of the forms of the page: give copies, close one, find whose copy a text was taken from."""
    if "pasted" in request.POST:
        return _trace(request, item, language)
    needed = "pressroom.change_copy" if "close" in request.POST else "pressroom.add_copy"
    if not request.user.has_perm(needed):
        raise PermissionDenied
    try:
        said = _close(request, item, language) if "close" in request.POST else _give(request, item, language)
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(request.path)


def _give(request: HttpRequest, item: Any, language: str) -> str:
    chosen = [pk for pk in request.POST.getlist("journalists") if pk.isdecimal() and len(pk) < 12]
    journalists = Journalist.objects.filter(pk__in=chosen)
    given = embargoes.give(item, language, journalists, by=request.user, now=timezone.now())
    return ngettext("%(count)d copy was given out.", "%(count)d copies were given out.", len(given)) % {
        "count": len(given)
    }


def _close(request: HttpRequest, item: Any, language: str) -> str:
    chosen = request.POST["close"]
    copies = Copy.objects.of(item, language).filter(
        pk=int(chosen) if chosen.isdecimal() and len(chosen) < 12 else 0
    )
    closed = embargoes.close(
        copies, because=request.POST.get("because", ""), by=request.user, now=timezone.now()
    )
    return ngettext("%(count)d copy was closed.", "%(count)d copies were closed.", closed) % {"count": closed}


def _trace(request: HttpRequest, item: Any, language: str) -> HttpResponse:
    """Whose copy a text was taken from, if its mark has come along."""
    numbers = watermarks.numbers_in(request.POST.get("pasted", "")[:200_000])
    context = _context(request, item, language)
    context["found"] = [copy for copy in context["copies"] if copy.pk % 2**watermarks.BITS in numbers]
    context["traced"] = True
    return render(request, "pressroom/admin/copies.html", context)


@admin.register(Terms)
class TermsAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("valid_from", "text")
    fields = ("valid_from", ("text_vi", "text_en"))

    def has_change_permission(self, request: HttpRequest, obj: Terms | None = None) -> bool:
        """Terms somebody has accepted are evidence: new ones are written beside them."""
        accepted = obj is not None and Copy.objects.filter(terms=obj).exists()
        return super().has_change_permission(request, obj) and not accepted
