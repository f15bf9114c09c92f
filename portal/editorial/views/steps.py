"""Steps and the other deeds done with one language, each on a page of its own that the change form shows as a dialog."""

from collections.abc import Callable
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

from portal.editorial import actions, content, panels
from portal.editorial.actions.locking import lock
from portal.editorial.forms import ExpiryForm, NoteForm, step_form
from portal.editorial.models import Edition, Publishable, State
from portal.editorial.states import STEPS
from portal.editorial.views.things import change_url, language_or_404, thing_or_404
from portal.languages.dates import short_moment

CHANGED = gettext_lazy(
    "Somebody else changed this piece while you looked at it. Look at it as it is now, then decide again."
)

Deed = Callable[[Publishable, dict[str, Any]], Edition]


@staff_member_required
def step(request: HttpRequest, kind: str, pk: int, language: str, name: str) -> HttpResponse:
    """One step of the table."""
    taken = STEPS.get(name)
    if taken is None:
        raise Http404
    item = thing_or_404(request, kind, pk)
    content.load([item])
    now = timezone.now()
    form = step_form(taken, request.POST or None, initial={"lock_version": item.lock_version})
    page = {
        "title": taken.label,
        "says": panels.SAYS[name](),
        "reason": actions.refusal(item, name, language=language_or_404(language), by=request.user, now=now)
        or "",
    }

    def take(item: Publishable, given: dict[str, Any]) -> Edition:
        return actions.take_step(
            item, name, language=language, by=request.user, now=now, note=given.get("note", ""),
            lock_version=given["lock_version"], at=given.get("at"), successor=given.get("successor", ""),
        )  # fmt: skip

    return _deed(request, item, language, form, page, take)


@staff_member_required
def confirm_translation(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """“Still correct.”"""
    page = {
        "title": _("Still correct"),
        "says": _(
            "The translation holds although the original has changed. Readers are no longer told that it is out of date."
        ),
    }

    def confirm(item: Publishable, given: dict[str, Any]) -> Edition:
        now = timezone.now()
        return actions.confirm_translation(
            item, language=language, by=request.user, now=now, note=given["note"]
        )

    return _noted_deed(request, kind, pk, language, page, confirm)


@staff_member_required
def review_afterwards(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """The second pair of eyes after an urgent publication."""
    page = {
        "title": _("Reviewed: it stands"),
        "says": _("You have read what was published urgently, and it stands."),
    }

    def review(item: Publishable, given: dict[str, Any]) -> Edition:
        now = timezone.now()
        return actions.review_afterwards(
            item, language=language, by=request.user, now=now, note=given["note"]
        )

    return _noted_deed(request, kind, pk, language, page, review)


@staff_member_required
def expiry(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """When the text leaves the lists by itself."""
    item = thing_or_404(request, kind, pk)
    edition = _edition_or_404(item, language)
    initial = {"lock_version": item.lock_version, "expire_at": edition.expire_at}
    form = ExpiryForm(request.POST or None, initial=initial)
    page = {
        "title": _("Set expiry"),
        "says": _(
            "At that hour the text leaves the lists by itself, under a standard explanation. Empty: it does not expire."
        ),
    }

    def set_expiry(item: Publishable, given: dict[str, Any]) -> Edition:
        now = timezone.now()
        return actions.set_expiry(
            item, language=language, by=request.user, now=now, expire_at=given["expire_at"]
        )

    return _deed(request, item, language, form, page, set_expiry)


def _noted_deed(
    request: HttpRequest, kind: str, pk: int, language: str, page: dict[str, Any], do: Deed
) -> HttpResponse:
    item = thing_or_404(request, kind, pk)
    _edition_or_404(item, language)
    form = NoteForm(request.POST or None, initial={"lock_version": item.lock_version})
    form.add_note("optional")
    return _deed(request, item, language, form, page, do)


def _edition_or_404(item: Publishable, language: str) -> Edition:
    edition = item.edition(language_or_404(language))
    if edition is None:
        raise Http404
    return edition


def _deed(
    request: HttpRequest, item: Publishable, language: str, form: NoteForm, page: dict[str, Any], do: Deed
) -> HttpResponse:
    """Do it and go back to the thing; a refusal stands on the page, with everything typed."""
    status = 200
    if request.method == "POST":
        status = 409
        if form.is_valid():
            try:
                with transaction.atomic():
                    edition = do(
                        lock(item, lock_version=form.cleaned_data["lock_version"]), form.cleaned_data
                    )
            except actions.Conflict:
                form.add_error(None, CHANGED)
                form.data = form.data.copy()
                form.data["lock_version"] = item.lock_version
            except actions.Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _done(page["title"], edition))
                return redirect(_where_to(item, edition))
    context = {
        **site.each_context(request), **page, "form": form, "item": item, "language": language,
        "edition": item.edition(language), "back": change_url(item),
    }  # fmt: skip
    return render(request, "editorial/step.html", context, status=status)


def _done(title: Any, edition: Edition) -> str:
    """What was done, with the hour and its zone where there is one."""
    words = {"step": title, "language": _("Vietnamese") if edition.language == "vi" else _("English")}
    if edition.state == State.SCHEDULED and edition.publish_at:
        words["time"] = short_moment(edition.publish_at, get_language() or "vi")
        return _("%(language)s appears on %(time)s (Viet Nam time, UTC+7).") % words
    return _("Done: %(step)s (%(language)s).") % words


def _where_to(item: Publishable, edition: Edition) -> str:
    """Back to the row; to the original when its working copy went out and is gone."""
    standing = type(item)._default_manager.filter(pk=item.pk).first()
    return change_url(standing or item.root)
