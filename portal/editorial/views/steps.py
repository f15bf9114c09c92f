"""Steps and other deeds with one language, each on a page of its own that the form shows as a dialog."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.contrib.admin.views.decorators import staff_member_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.editorial import actions, content
from portal.editorial.actions.locking import lock
from portal.editorial.buttons import DEEDS, SAYS, deed_form
from portal.editorial.forms import NoteForm, step_form
from portal.editorial.models import Edition, Publishable
from portal.editorial.states import STEPS
from portal.editorial.views.things import change_url, language_or_404, thing_or_404
from portal.languages.dates import promised_moment

CHANGED = gettext_lazy(
    "Somebody else changed this piece while you looked at it. Look at it as it is now, then decide again."
)


@dataclass
class Deed:
    """What a page asks and does: `do(item, given)` changes one edition or raises Refused."""

    name: str
    title: Any
    item: Publishable
    language: str
    form: NoteForm
    do: Callable[[Publishable, dict[str, Any]], Edition]
    reason: str = ""  # why it cannot be done now


@staff_member_required
def step(request: HttpRequest, kind: str, pk: int, language: str, name: str) -> HttpResponse:
    """One step of the table."""
    taken = STEPS.get(name)
    item = thing_or_404(request, kind, pk)
    if taken is None:
        raise Http404
    content.load([item])
    form = step_form(taken, request.POST or None, initial={"lock_version": item.lock_version})

    def take(item: Publishable, given: dict[str, Any]) -> Edition:
        return actions.take_step(
            item,
            name,
            language=language,
            by=request.user,
            now=timezone.now(),
            note=given.get("note", ""),
            lock_version=given["lock_version"],
            at=given.get("at"),
            successor=given.get("successor", ""),
        )

    deed = Deed(name, taken.label, item, language_or_404(language), form, take)
    deed.reason = actions.refusal(item, name, language=language, by=request.user, now=timezone.now()) or ""
    return _answer(request, deed)


@staff_member_required
def confirm_translation(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """“Still correct.”"""

    def confirm(item: Publishable, given: dict[str, Any]) -> Edition:
        now = timezone.now()
        return actions.confirm_translation(
            item, language=language, by=request.user, now=now, note=given["note"]
        )

    return _answer(
        request, _deed(request, "confirm_translation", thing_or_404(request, kind, pk), language, confirm)
    )


@staff_member_required
def review_afterwards(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """The second pair of eyes after an urgent publication."""

    def review(item: Publishable, given: dict[str, Any]) -> Edition:
        now = timezone.now()
        return actions.review_afterwards(
            item, language=language, by=request.user, now=now, note=given["note"]
        )

    return _answer(
        request, _deed(request, "review_afterwards", thing_or_404(request, kind, pk), language, review)
    )


@staff_member_required
def expiry(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """When the text leaves the lists by itself."""

    def set_expiry(item: Publishable, given: dict[str, Any]) -> Edition:
        now = timezone.now()
        return actions.set_expiry(
            item, language=language, by=request.user, now=now, expire_at=given["expire_at"]
        )

    return _answer(request, _deed(request, "expiry", thing_or_404(request, kind, pk), language, set_expiry))


def _deed(request: HttpRequest, name: str, item: Publishable, language: str, do: Any) -> Deed:
    """A deed beside the table of steps."""
    edition = item.edition(language_or_404(language))
    if edition is None:
        raise Http404
    form = deed_form(name, edition, lock_version=item.lock_version, sent=request.POST or None)
    return Deed(name, DEEDS[name], item, language, form, do)


def _answer(request: HttpRequest, deed: Deed) -> HttpResponse:
    """Do it and go back to the thing; a refusal stands on the page, with everything typed."""
    if request.method != "POST":
        return _page(request, deed, 200)
    if not deed.form.is_valid():
        return _page(request, deed, 409)
    try:
        with transaction.atomic():
            locked = lock(deed.item, lock_version=deed.form.cleaned_data["lock_version"])
            edition = deed.do(locked, deed.form.cleaned_data)
    except actions.Conflict:
        deed.form.add_error(None, CHANGED)
        deed.form.data = deed.form.data.copy()
        deed.form.data["lock_version"] = deed.item.lock_version
        return _page(request, deed, 409)
    except actions.Refused as refusal:
        deed.form.add_error(None, str(refusal))
        return _page(request, deed, 409)
    messages.success(request, _done(deed.title, edition))
    return redirect(_where_to(deed.item))


def _page(request: HttpRequest, deed: Deed, status: int) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": deed.title,
        "says": SAYS[deed.name],
        "reason": deed.reason,
        "form": deed.form,
        "item": deed.item,
        "language": deed.language,
        "edition": deed.item.edition(deed.language),
        "back": change_url(deed.item),
    }
    return render(request, "editorial/step.html", context, status=status)


def _done(title: Any, edition: Edition) -> str:
    """What was done, with the hour and its zone where there is one."""
    words = {"step": title, "language": _("Vietnamese") if edition.language == "vi" else _("English")}
    if edition.is_dated and edition.publish_at:
        words["time"] = promised_moment(edition.publish_at, get_language() or "vi")
        return _("%(language)s appears on %(time)s (Viet Nam time, UTC+7).") % words
    return _("Done: %(step)s (%(language)s).") % words


def _where_to(item: Publishable) -> str:
    """Back to the row; to the original when its working copy went out and is gone."""
    standing = type(item)._default_manager.filter(pk=item.pk).first()
    return change_url(standing or item.root)
