"""Records that may be one person: found, compared, merged or told apart."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from pressroom.actions import merging
from pressroom.models import Journalist
from pressroom.rules.duplicates import Pair, pairs

PAIRS_ON_A_PAGE = 20


def duplicates(request: HttpRequest) -> HttpResponse:
    """Every pair that looks like one person, the most alike first."""
    _refuse_without_right(request)
    page = Paginator(pairs(), PAIRS_ON_A_PAGE).get_page(request.GET.get("page"))
    return staff_page(
        request, "pressroom/admin/duplicates.html", {"title": _("Duplicates"), "page": page, "kind": ""}
    )


def compare(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Two records beside each other; POST keeps one of them, or tells them apart."""
    _refuse_without_right(request)
    both = [get_object_or_404(Journalist.objects.select_related("outlet"), pk=pk) for pk in (first, second)]
    if first == second:
        return redirect("admin:pressroom_journalist_duplicates")
    if request.method == "POST":
        return _decide(request, both)
    found = [pair for pair in pairs() if {pair.first.pk, pair.second.pk} == {first, second}]
    context = {
        "title": _("Two records, one person?"), "both": both, "lines": _lines(both),
        "pair": found[0] if found else Pair(both[0], both[1], ()),
    }  # fmt: skip
    return staff_page(request, "pressroom/admin/compare.html", context)


def _lines(both: list[Journalist]) -> list[tuple[str, list[str], bool]]:
    """Label, the two values, whether they differ."""
    fields = (
        "full_name", "outlet", "role", "email", "phone", "language", "frequency", "card_kind", "card_number",
        "card_issuer", "card_valid_until", "state", "note",
    )  # fmt: skip
    lines = []
    for name in fields:
        values = [_shown(each, name) for each in both]
        lines.append((str(Journalist._meta.get_field(name).verbose_name), values, values[0] != values[1]))
    beats = ["; ".join(str(topic) for topic in each.beats.all()) for each in both]
    return [*lines, (str(_("beats")), beats, beats[0] != beats[1])]


def _shown(journalist: Journalist, name: str) -> str:
    display: Any = getattr(journalist, f"get_{name}_display", None)
    value = display() if display else getattr(journalist, name)
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value or "")


def _decide(request: HttpRequest, both: list[Journalist]) -> HttpResponse:
    kept = {str(each.pk): each for each in both}.get(request.POST.get("keep", ""))
    now = timezone.now()
    try:
        if kept:
            other = both[1] if kept == both[0] else both[0]
            merging.merge(kept, other, by=request.user, now=now)
            messages.success(request, _("Merged: %(name)s is one record now.") % {"name": kept})
        elif request.POST.get("keep") == "both":
            merging.tell_apart(*both, by=request.user, now=now)
            messages.success(request, _("These two are not proposed again."))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    return redirect("admin:pressroom_journalist_duplicates")


def _refuse_without_right(request: HttpRequest) -> None:
    if not request.user.has_perm("pressroom.change_journalist"):
        raise PermissionDenied
