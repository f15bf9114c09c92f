"""The public pages of the news. Everything shown is read from `search.Entry`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from news import calendar, pages
from news.models import Article, Category
from portal.languages import LANGUAGES
from portal.languages.dates import day_bounds, short_day, vietnamese_day
from portal.library.templatetags.portal_pictures import picture_url
from portal.search.models import Entry, EntryTopic, Topic
from portal.web.pages import render_page
from portal.web.paging import NoSuchPage, Slice, horizon, slice_of

PAGE_SIZE = 20
RELATED = 4


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


def _in_each_language(name: str, args: dict[str, list[Any]] | None = None) -> dict[str, str]:
    """The address of one page in every language it has one in."""
    addresses = {}
    wanted = {language: [] for language in LANGUAGES} if args is None else args
    for language, words in wanted.items():
        with override(language):
            addresses[language] = reverse(name, args=words)
    return addresses


def _crumbs(*rest: tuple[str, str]) -> list[dict[str, str]]:
    first = [(_("Home"), f"/{get_language()}/"), (_("News"), reverse("news:all"))]
    return [{"label": label, "url": url} for label, url in [*first, *rest]]


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
        "breadcrumbs": _crumbs()[:1],
    }  # fmt: skip
    twins = _in_each_language("news:all")
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
        "breadcrumbs": _crumbs(),
    }  # fmt: skip
    slugs = {
        language: [getattr(shelf, f"slug_{language}")]
        for language in LANGUAGES
        if getattr(shelf, f"slug_{language}")
    }
    twins = _in_each_language("news:category", slugs)
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


def topics(request: HttpRequest) -> HttpResponse:
    shown = [
        {"title": topic.title, "url": reverse("news:topic", args=[topic.slug]), "summary": topic.summary}
        for topic in Topic.objects.filter(Exists(_announced(timezone.now(), get_language())))
        if topic.title and topic.slug
    ]
    twins = _in_each_language("news:topics")
    context = {"topics": shown, "breadcrumbs": _crumbs()}
    return render_page(request, "news/topic_list.html", context, title=_("Topics"), twins=twins)


def _announced(now: datetime, language: str) -> Any:
    """A topic is announced by its first public entry; until then not even its name is told."""
    return EntryTopic.objects.filter(topic=OuterRef("pk"), language=language).listed(now)


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A dossier: items of every section, newest first."""
    now = timezone.now()
    announced = {f"announced_{code}": Exists(_announced(now, code)) for code in LANGUAGES}
    found = Topic.objects.filter(slug=slug).annotate(**announced).first()
    if found is None or not found.title or not getattr(found, f"announced_{get_language()}"):
        raise NoSuchPage(_("There is no such topic."))
    page = request.GET.get("page", "")
    rows = (
        EntryTopic.objects.filter(topic=found, language=get_language())
        .listed(now, horizon(page, now))
        .newest()
    )
    paging = slice_of(rows, page, size=PAGE_SIZE, path=request.path, key="entry_id")
    slugs = {
        language: [getattr(found, f"slug_{language}")]
        for language in LANGUAGES
        if getattr(found, f"slug_{language}") and getattr(found, f"announced_{language}")
    }
    context = {
        "topic": {"title": found.title, "summary": found.summary or ""},
        "entries": [row.entry for row in paging.items], "paging": paging,
        "breadcrumbs": _crumbs((_("Topics"), reverse("news:topics"))),
    }  # fmt: skip
    twins = _in_each_language("news:topic", slugs)
    return render_page(
        request,
        "news/topic_detail.html",
        context,
        title=found.title,
        twins=twins,
        description=found.summary or "",
    )


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
        "breadcrumbs": _crumbs(),
    }
    words = [f"{chosen.year:04d}", f"{chosen.month:02d}", f"{chosen.day:02d}"]
    twins = _in_each_language("news:day", dict.fromkeys(LANGUAGES, words))
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
    now, language = timezone.now(), get_language()
    kind = ContentType.objects.get_for_model(Article)
    found = {
        entry.language: entry for entry in Entry.objects.visible(now).filter(content_type=kind, object_id=pk)
    }
    entry = found.get(language)
    if entry is None:
        return _not_in_this_language(request, found)
    if entry.status == Entry.Status.GONE:
        return gone(request, entry)
    if entry.url != request.path:
        return HttpResponsePermanentRedirect(entry.url)
    live = {code: each.url for code, each in found.items() if each.status != Entry.Status.GONE}
    elsewhere = _in_each_language("news:article_by_number", {code: [pk] for code in LANGUAGES})
    return article_page(request, entry, related=related_entries(entry, now), twins=live, elsewhere=elsewhere)


def article_page(
    request: HttpRequest,
    entry: Entry,
    *,
    related: list[Entry],
    twins: dict[str, str],
    elsewhere: dict[str, str],
    preview: bool = False,
) -> HttpResponse:
    """The article page of an entry; the editors' preview is this very page of an entry never written."""
    shown = pages.ArticlePage(entry)
    context = {
        "article": shown,
        "entry": entry,
        "changes": pages.changes(entry),
        "translation": pages.translation(entry),
        "body": shown.body,
        "cover": shown.cover,
        "attachments": shown.attachments,
        "topics": shown.topics,
        "related": related,
        "expired": entry.has_expired(timezone.now()),
        "preview": preview,
        "breadcrumbs": _crumbs((entry.shelf_title, entry.shelf_url)) if entry.shelf_url else _crumbs(),
    }
    unlisted = preview or not entry.is_listed(timezone.now())
    return render_page(
        request, "news/article_detail.html", context, title=entry.title, description=entry.summary, twins=twins,
        elsewhere=elsewhere, image=picture_url(entry.image, "card") if entry.image else "", kind="article",
        robots="noindex" if unlisted else "",
    )  # fmt: skip


def related_entries(entry: Entry, now: datetime) -> list[Entry]:
    """The editors' choice, or else the newest of the same category; never itself, never another language. One query."""
    chosen = entry.face.get("related", [])
    others = Entry.objects.in_language(entry.language).for_cards().exclude(pk=entry.pk)
    if not chosen:
        return list(
            others.filter(section=entry.section, shelf_id=entry.shelf_id).listed(now).newest()[:RELATED]
        )
    # Found by their numbers alone: told also that they are listed, SQLite would look for them among all that is.
    rows = others.filter(content_type=entry.content_type_id, object_id__in=chosen)
    listed = [row for row in rows if row.is_listed(now)]
    return sorted(listed, key=lambda row: chosen.index(row.object_id))[:RELATED]


def _not_in_this_language(request: HttpRequest, found: dict[str, Entry]) -> HttpResponse:
    """A reader who wants a language this piece does not exist in is told so, and led on; never shown an empty page."""
    standing = next((entry for entry in found.values() if entry.status != Entry.Status.GONE), None)
    if standing is None:
        raise Http404
    context = {
        "title_in_other": standing.title,
        "other_language": standing.language,
        "original_url": standing.url,
        "section_url": reverse("news:all"),
        "section_label": _("News"),
        "breadcrumbs": _crumbs(),
    }
    title = _("Not available in English") if get_language() == "en" else _("Not available in Vietnamese")
    return render_page(
        request, "web/other_language.html", context, title=title, twins={standing.language: standing.url},
        robots="noindex", status=404,
    )  # fmt: skip


def gone(request: HttpRequest, entry: Entry) -> HttpResponse:
    """A retracted piece: the piece that replaces it, or 410 with the public explanation."""
    if entry.successor:
        moved = HttpResponsePermanentRedirect(entry.successor)
        moved.headers["Cache-Control"] = "no-cache"  # it may be reinstated
        return moved
    context = {"explanation": entry.notice, "at": entry.status_since, "breadcrumbs": _crumbs()}
    return render_page(
        request,
        "web/gone.html",
        context,
        title=_("This text has been retracted"),
        twins={},
        robots="noindex",
        status=410,
    )
