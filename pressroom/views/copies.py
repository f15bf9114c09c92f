"""A journalist's own copy of a text under embargo: the terms, the text with its mark, its files. Kept by no cache."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.refusal import Refused
from portal.editorial.models import Edition
from portal.library.models import Asset
from portal.library.views import answer_to_holder
from portal.search import pieces
from portal.search.models import Entry, EntryAsset
from portal.web.pages import crumbs, render_page
from portal.web.personal import Broken
from pressroom import watermarks
from pressroom.actions import embargoes
from pressroom.models import Copy, Terms
from pressroom.rules import links
from pressroom.views.releases import shown
from pressroom.views.sections import press_room


@never_cache
def copy(request: HttpRequest, token: str) -> HttpResponse:
    """What the holder of a copy sees: the public page once the hour has come, why it is closed, the terms, or the text."""
    own, now = _copy_or_404(token), timezone.now()
    public = _entry_of(own)
    if public is not None and public.has_begun(now):
        return HttpResponseRedirect(public.url)
    if reason := embargoes.reason_against_reading(own, now):
        return _page(request, "pressroom/copy_closed.html", {"reason": reason}, status=410)
    if own.accepted_at is None:
        return _terms(request, own, token)
    with override(own.language):
        return _text(request, own, token, public)


def _terms(request: HttpRequest, own: Copy, token: str) -> HttpResponse:
    """The terms, and a button. Opening the page accepts nothing; the text is not on it."""
    now = timezone.now()
    terms, refused = embargoes.terms_on(now), ""
    if request.method == "POST":
        shown_terms = get_object_or_404(Terms, pk=_number(request.POST.get("terms", "")))
        try:
            if not request.POST.get("accepted"):
                raise Refused(_("Tick that you accept the terms."))
            embargoes.accept(own, shown_terms, now=now)
            return HttpResponseRedirect(request.path)
        except Refused as refusal:
            refused = str(refusal)
    context = {"copy": own, "terms": terms, "hour": _hour(own), "refused": refused}
    return _page(request, "pressroom/copy_terms.html", context, status=422 if refused else 200)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _text(request: HttpRequest, own: Copy, token: str, entry: Entry | None) -> HttpResponse:
    if request.method == "POST" or entry is None:
        raise Http404
    embargoes.open_copy(own, now=timezone.now())
    piece = pieces.Piece(_marked(entry, own), preview=True)
    context = {
        **_particulars(piece), "piece": piece, "entry": piece.entry, "copy": own, "hour": _hour(own),
        "files": [
            {**file, "url": reverse("pressroom:copy_file", args=[token, file["asset"]])}
            for file in entry.face.get("attachments", [])
        ],
    }  # fmt: skip
    return _page(request, "pressroom/copy_text.html", context)


def _particulars(piece: pieces.Piece) -> dict[str, Any]:
    """Without the number: until its hour it may still be another's."""
    return {**shown(piece), "number": ""}


def _marked(entry: Entry, own: Copy) -> Entry:
    """The entry with the mark of the copy in its words, and without pictures: they would be fetched without it."""
    entry.title = watermarks.marked_text(entry.title, own.pk)
    entry.summary = watermarks.marked_text(entry.summary, own.pk)
    face = entry.face
    for part in ("body", "background"):
        face[part] = watermarks.marked_html(face.get(part, ""), own.pk)
    for quote in face.get("quotes", []):
        quote["words"] = watermarks.marked_text(quote["words"], own.pk)
    for paragraph in face.get("paragraphs", []):
        for sentence in paragraph:
            sentence["words"] = watermarks.marked_text(sentence["words"], own.pk)
    face["cover"], face["figures"], face["photos"] = None, {}, []
    return entry


@require_safe
@never_cache
def copy_file(request: HttpRequest, token: str, uuid: UUID) -> HttpResponseBase:
    """A file of the text, for the holder of an accepted copy alone."""
    own = _copy_or_404(token)
    shows = EntryAsset.objects.filter(
        entry__content_type=own.content_type_id,
        entry__object_id=own.object_id,
        entry__language=own.language,
        asset__uuid=uuid,
    )
    if not shows.exists():
        raise Http404
    try:
        embargoes.open_copy(own, now=timezone.now(), file=str(uuid))
    except Refused as refusal:
        return _page(request, "pressroom/copy_closed.html", {"reason": str(refusal)}, status=410)
    return answer_to_holder(request, Asset.objects.get(uuid=uuid))


def _copy_or_404(token: str) -> Copy:
    try:
        return links.COPY.thing(token, Copy.objects.select_related("journalist__outlet", "terms"))
    except Broken as broken:
        raise Http404 from broken


def _entry_of(own: Copy) -> Entry | None:
    """By the numbers the copy keeps: the text itself may be gone."""
    of_this = Entry.objects.filter(content_type=own.content_type_id, object_id=own.object_id)
    return of_this.in_language(own.language).first()


def _hour(own: Copy) -> Any:
    return Edition.objects.of(own.thing).get(language=own.language).publish_at


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page for its holder alone: no search engine, no twin, no address to share, no trace in a referrer."""
    context = {**context, "breadcrumbs": crumbs(press_room())}
    language = get_language() or "vi"
    response = render_page(
        request, template, context, title=_("Text under embargo"), twins={language: request.path},
        robots="noindex, nofollow, noarchive", status=status,
    )  # fmt: skip
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response
