"""Looking at a thing: the preview, the history, two versions compared."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.editorial import actions, comparing, content, registry, timeline
from portal.editorial.models import Publishable
from portal.editorial.previews import entry_for_preview
from portal.editorial.views.things import (
    change_url,
    language_or_404,
    may_write,
    thing_or_404,
    writer_or_refuse,
)
from portal.history.models import Version

ON_A_PAGE = 100


@staff_member_required
def preview(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """Exactly the public page of the text as it is saved."""
    item = thing_or_404(request, kind, pk)
    show = registry.preview_of(type(item))
    if show is None:
        raise Http404
    with translation.override(language_or_404(language)):
        request.LANGUAGE_CODE = language
        return show(request, entry_for_preview(item, language, timezone.now()))


@staff_member_required
def history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Deeds and versions in one line of time; two versions can be chosen to compare."""
    item = thing_or_404(request, kind, pk)
    page = Paginator(_Lines(item), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": _("History of “%(title)s”") % {"title": item.root},
        "item": item,
        "page": page,
        "kind": item._meta.label_lower,
        "back": change_url(item),
    }
    return render(request, "editorial/history.html", context)


class _Lines:
    """The timeline as a sequence, so that a page of it costs four queries however long it is."""

    def __init__(self, item: Publishable) -> None:
        self.records, self.versions = timeline.records_of(item), timeline.versions(item)

    def count(self) -> int:
        return self.records.count() + self.versions.count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list[timeline.Line]:
        return timeline.merged(self.records[: wanted.stop], self.versions[: wanted.stop])[wanted]


@staff_member_required
def compare(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Two versions, or (without `new`) one version and the text as it stands."""
    item = thing_or_404(request, kind, pk)
    old = _version_or_404(item, request.GET.get("old", ""))
    new = _version_or_404(item, request.GET.get("new", "")) if request.GET.get("new") else None
    if new is not None and new.number < old.number:
        old, new = new, old
    content.load([item])
    after = new.content if new is not None else content.content_of(item)
    context = {
        **site.each_context(request),
        "title": _("Compare versions"),
        "item": item,
        "kind": item._meta.label_lower,
        "old": old,
        "new": new,
        "parts": comparing.compare(type(item), old.content, after),
        "back": change_url(item),
        "may_reopen": may_write(request, item),
    }
    return render(request, "editorial/compare.html", context)


@staff_member_required
@require_POST
def reopen(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Bring an old version back, into the draft or into a working copy."""
    item = writer_or_refuse(request, kind, pk)
    version = _version_or_404(item, request.POST.get("version", ""))
    if not _may_write_all_of(request, item, version):
        raise PermissionDenied
    try:
        reopened = actions.reopen_version(item, version, by=request.user, now=timezone.now())
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:history", kind=kind, pk=pk)
    messages.success(request, _("Version %(number)d has been reopened.") % {"number": version.number})
    return redirect(change_url(reopened))


def _may_write_all_of(request: HttpRequest, item: Publishable, version: Version) -> bool:
    """Nobody brings back a text in a language they may not write."""
    content.load([item])
    changed: list[Any] = content.changed_parts(content.content_of(item), version.content)
    return all(request.user.has_perm(f"editorial.write_{part}") for part in changed if part != "shared")


def _version_or_404(item: Publishable, number: str) -> Version:
    if not number.isdecimal() or len(number) > 9:
        raise Http404
    version = Version.objects.about(item.root).filter(number=int(number)).select_related("by").first()
    if version is None:
        raise Http404
    return version
