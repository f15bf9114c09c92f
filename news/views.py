"""The public pages of the news. Everything shown is read from `search.Entry`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news import calendar
from news.models import Article, Category
from portal.languages import LANGUAGES
from portal.languages.dates import day_bounds, short_day, vietnamese_day
from portal.search import pieces
from portal.search.models import Entry
from portal.web.pages import Section, crumbs, in_each_language, render_page
from portal.web.paging import NoSuchPage, Slice, horizon, slice_of

PAGE_SIZE = 20


def _listed(now: datetime, until: datetime | None = None) -> Any:
    return (
        Entry.objects.in_language(get_language())
        .filter(section=Article.section)
        .listed(now, until)
        .newest()
        .for_cards()
    )


def _page_of_news(request: HttpRequest, **chosen: Any) -> Slice:
    """The page of the news asked for; `chosen` narrows them."""
    page, now = request.GET.get("page", ""), timezone.now()
    rows = _listed(now, horizon(page, now)).filter(**chosen)
    return slice_of(rows, page, size=PAGE_SIZE, path=request.path)


def _section() -> Section:
    return Section(_("News"), reverse("news:all"))


def _categories(current: Category | None = None) -> tuple[list[dict[str, Any]], list[Category]]:
    rows = list(Category.objects.all())
    shown = [row for row in rows if row.name and row.slug]
    return [
        {"label": row.name, "url": row.get_absolute_url(), "current": row == current} for row in shown
    ], rows


def all_news(request: HttpRequest) -> HttpResponse:
    paging = _page_of_news(request)
    categories, _rows = _categories()
    context = {
        "heading": _("News"), "description": "", "entries": paging.items, "paging": paging, "categories": categories,
        "breadcrumbs": crumbs(),
    }  # fmt: skip
    twins = in_each_language("news:all")
    return render_page(request, "news/article_list.html", context, title=_("News"), twins=twins)


def category(request: HttpRequest, slug: str) -> HttpResponse:
    _shown, rows = _categories()
    shelf = next((row for row in rows if row.slug == slug), None)
    if shelf is None:
        return _moved_category(slug, rows)
    paging = _page_of_news(request, shelf_id=shelf.pk)
    context = {
        "heading": shelf.name, "description": shelf.description or "", "entries": paging.items, "paging": paging,
        "categories": [{**shown, "current": shown["url"] == shelf.get_absolute_url()} for shown in _shown],
        "breadcrumbs": crumbs(_section()),
    }  # fmt: skip
    slugs = {
        language: [getattr(shelf, f"slug_{language}")]
        for language in LANGUAGES
        if getattr(shelf, f"slug_{language}")
    }
    twins = in_each_language("news:category", slugs)
    return render_page(
        request,
        "news/article_list.html",
        context,
        title=shelf.name,
        twins=twins,
        description=shelf.description or "",
    )


def _moved_category(slug: str, rows: Iterable[Category]) -> HttpResponse:
    """An address the category once had, or has in the other language, leads to the one it has now."""
    former = Category.objects.filter(former_slugs__slug=slug, former_slugs__language=get_language()).first()
    elsewhere = next((row for row in rows if slug in {row.slug_vi, row.slug_en}), None)
    if (found := former or elsewhere) and found.slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    raise NoSuchPage(_("There is no such category."))


def today(request: HttpRequest) -> HttpResponse:
    """The day asked for by the form (`?date=2018-12-14`), or the Vietnamese today."""
    asked = request.GET.get("date", "")
    try:
        chosen = date.fromisoformat(asked) if asked else vietnamese_day(timezone.now())
    except ValueError:
        raise NoSuchPage(
            _("“%(date)s” is not a day. Choose one in the calendar.") % {"date": asked[:20]}
        ) from None
    return HttpResponseRedirect(
        reverse("news:day", args=[f"{chosen.year:04d}", f"{chosen.month:02d}", f"{chosen.day:02d}"])
    )


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """All that appeared on one Vietnamese day, from 00:00 to 23:59:59 Ha Noi time."""
    try:
        chosen = date(year, month, day)
    except (ValueError, OverflowError):
        chosen = None
    if chosen is None or not calendar.FIRST <= chosen <= calendar.LAST:
        raise NoSuchPage(_("There is no such day."))
    begins, ends = day_bounds(chosen)
    now = timezone.now()
    entries = list(_listed(now, ends).filter(visible_from__gte=begins, visible_from__lt=ends))
    context = {
        "day": chosen,
        "entries": entries,
        "calendar": calendar.month_of(chosen, now),
        "previous_day_url": calendar.day_url(calendar.shifted(chosen, -1)),
        "next_day_url": calendar.day_url(calendar.shifted(chosen, 1)) if chosen < vietnamese_day(now) else "",
        "breadcrumbs": crumbs(_section()),
    }
    words = [f"{chosen.year:04d}", f"{chosen.month:02d}", f"{chosen.day:02d}"]
    twins = in_each_language("news:day", dict.fromkeys(LANGUAGES, words))
    title = _("News of %(date)s") % {"date": short_day(chosen, get_language())}
    return render_page(
        request,
        "news/day_archive.html",
        context,
        title=title,
        twins=twins,
        robots="" if entries else "noindex",
    )


def article(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    return pieces.answer(
        request, Article, pk, section=_section(), by_number="news:article_by_number", show=show_article
    )


def show_article(request: HttpRequest, piece: pieces.Piece) -> HttpResponse:
    """The page of an article; the editors' preview is this very page of an entry never written."""
    event_on = parse_date(piece.entry.face.get("event_on") or "")
    return pieces.render_piece(
        request, "news/article_detail.html", piece, section=_section(), event_on=event_on
    )
