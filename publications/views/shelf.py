"""The shelf: every work and every issue, by form and year."""

from datetime import datetime
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.search.models import Entry
from portal.web.pages import Section, crumbs, in_each_language, render_page
from portal.web.paging import horizon, slice_of
from publications.models import Bulletin, Publication

PAGE_SIZE = 24


def section() -> Section:
    return Section(_("Publications"), reverse("publications:shelf"))


def shelf(request: HttpRequest) -> HttpResponse:
    """Everything on the shelf; `?form=` one form of it, `?year=` one year."""
    page, now = request.GET.get("page", ""), timezone.now()
    form, year = _number(request, "form"), _number(request, "year")
    rows = listed(now, horizon(page, now)).defer("text", "text_folded")
    chosen = {name: value for name, value in {"shelf_id": form, "face__year": year}.items() if value}
    asked = {name: value for name, value in {"form": form, "year": year}.items() if value}
    path = f"{request.path}?{urlencode(asked)}" if asked else request.path
    paging = slice_of(rows.filter(**chosen), page, size=PAGE_SIZE, path=path)
    context = {
        "entries": paging.items, "paging": paging, "form": form, "year": year, "forms": _forms(),
        "years": _years(now), "breadcrumbs": crumbs(),
    }  # fmt: skip
    return render_page(
        request,
        "publications/shelf.html",
        context,
        title=_("Publications"),
        twins=in_each_language("publications:shelf"),
    )


def _number(request: HttpRequest, name: str) -> int | None:
    """A number of the address; what is none asks for nothing."""
    written = request.GET.get(name, "")
    return int(written) if written.isdecimal() and len(written) <= 4 else None


def _forms() -> list[tuple[int, Any]]:
    return [(Bulletin.SHELF, _("Bulletin")), *Publication.Form.choices]


def _years(now: datetime) -> list[int]:
    years = listed(now).order_by().values_list("face__year", flat=True).distinct()
    return sorted({year for year in years if year}, reverse=True)


def listed(now: datetime, until: datetime | None = None) -> Any:
    return (
        Entry.objects.in_language(get_language()).filter(section="publications").listed(now, until).newest()
    )
