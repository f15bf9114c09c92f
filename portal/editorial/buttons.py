"""Buttons of one language: each step of the table and the deeds beside it, open or grey with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.editorial.actions import refusal
from portal.editorial.contributors import urgent_publishers, writers
from portal.editorial.forms.steps import ExpiryForm, NoteForm, step_form
from portal.editorial.models import PUBLIC, Edition, Publishable, State
from portal.editorial.states import STEPS, Step
from portal.editorial.translations import Truth

#: What taking a step does, told before it is taken.
SAYS: dict[str, Any] = {
    "submit": gettext_lazy("The text goes to those who review and approve it."),
    "return": gettext_lazy("The text goes back to draft; whoever wrote it is told why."),
    "approve": gettext_lazy("You confirm this very text. Any change to it afterwards voids the approval."),
    "schedule": gettext_lazy("The text is locked and appears by itself at that second."),
    "unschedule": gettext_lazy("The text will not appear; it stays approved."),
    "embargo": gettext_lazy(
        "The text is locked and appears by itself at that second. Until then only those see it who are given a copy of "
        "their own and have accepted the terms."
    ),
    "lift_embargo": gettext_lazy(
        "The text will not appear. Every copy given out is closed at once, and its holders are told."
    ),
    "publish": gettext_lazy("Readers see the text at once."),
    "publish_urgently": gettext_lazy(
        "Readers see the text at once, unapproved. It stays on the desk until another person has reviewed it."
    ),
    "withdraw": gettext_lazy("The text stays readable under your explanation and leaves all lists."),
    "retract": gettext_lazy(
        "Readers no longer get the text, only your explanation or the piece that replaces it."
    ),
    "reinstate": gettext_lazy("The text goes to review again; readers see no change until it is published."),
    "confirm_translation": gettext_lazy(
        "The translation holds although the original has changed. "
        "Readers are no longer told that it is out of date."
    ),
    "review_afterwards": gettext_lazy("You have read what was published urgently, and it stands."),
    "expiry": gettext_lazy(
        "At that hour the text leaves the lists by itself, under a standard explanation. "
        "Empty: it does not expire."
    ),
}

#: The deeds beside the table of steps. Their names are the names of their pages.
DEEDS: dict[str, Any] = {
    "confirm_translation": gettext_lazy("Still correct"),
    "review_afterwards": gettext_lazy("Reviewed: it stands"),
    "expiry": gettext_lazy("Set expiry"),
}


@dataclass(frozen=True)
class Button:
    """A step or another deed: its page, its form, and why it is grey ("" when it can be taken)."""

    name: str
    label: Any
    url: str
    reason: str
    form: NoteForm
    dialog: str

    @property
    def says(self) -> Any:
        return SAYS[self.name]

    @property
    def grave(self) -> bool:
        return self.name in {"withdraw", "retract", "publish_urgently", "lift_embargo"}


def desk_url(name: str, item: Publishable, *rest: Any) -> str:
    """A page of the desk about one thing; the desk calls its kind "news.article"."""
    return reverse(f"desk:{name}", args=[item._meta.label_lower, item.pk, *rest])


def step_buttons(item: Publishable, edition: Edition, person: Any, now: datetime) -> list[Button]:
    """One for each step of the table."""
    return [
        _step_button(item, edition, step, person, now) for step in STEPS.values() if is_offered(step, item)
    ]


def is_offered(step: Step, item: Publishable) -> bool:
    """Some steps mean nothing to some kinds of things."""
    return not step.only_if or bool(getattr(item, step.only_if))


def _step_button(item: Publishable, edition: Edition, step: Step, person: Any, now: datetime) -> Button:
    language = edition.language
    return Button(
        step.name,
        step.label,
        desk_url("step", item, language, step.name),
        refusal(item, step.name, language=language, by=person, now=now) or "",
        step_form(step, initial={"lock_version": item.lock_version}, auto_id=f"{step.name}-{language}-%s"),
        f"dialog-{step.name}-{language}",
    )


def other_buttons(item: Publishable, edition: Edition, truth: Truth, person: Any) -> Iterable[Button]:
    """Deeds beside the table of steps, each offered only where it means something."""
    if truth == Truth.OUTDATED:
        yield _deed_button(item, edition, "confirm_translation", _why_not_confirm(edition, person))
    if edition.urgent_at and not edition.reviewed_after_at:
        yield _deed_button(item, edition, "review_afterwards", _why_not_review(item, edition, person))
    if not item.is_working_copy and (edition.expire_at or edition.state in _MAY_EXPIRE):
        yield _deed_button(item, edition, "expiry", _why_not_expire(person))


_MAY_EXPIRE = {State.APPROVED, *PUBLIC}


def _deed_button(item: Publishable, edition: Edition, name: str, reason: str) -> Button:
    language = edition.language
    form = deed_form(name, edition, lock_version=item.lock_version, auto_id=f"{name}-{language}-%s")
    return Button(
        name, DEEDS[name], desk_url(name, item, language), reason, form, f"dialog-{name}-{language}"
    )


def deed_form(
    name: str, edition: Edition, *, lock_version: int, sent: Any = None, auto_id: str = "id_%s"
) -> NoteForm:
    """The form of a deed beside the table: an hour for the expiry, a note for the rest."""
    initial = {"lock_version": lock_version, "expire_at": edition.expire_at}
    if name == "expiry":
        return ExpiryForm(sent, initial=initial, auto_id=auto_id)
    form = NoteForm(sent, initial=initial, auto_id=auto_id)
    form.add_note("optional")
    return form


def _why_not_confirm(edition: Edition, person: Any) -> str:
    may = person.has_perm(f"editorial.write_{edition.language}")
    return "" if may else _("Your role does not include this step.")


def _why_not_expire(person: Any) -> str:
    return "" if person.has_perm("editorial.publish") else _("Your role does not include this step.")


def _why_not_review(item: Publishable, edition: Edition, person: Any) -> str:
    if not person.has_perm(STEPS["approve"].permission_for(edition.language)):
        return _("Your role does not include this step.")
    if person.pk in urgent_publishers(item, edition) | writers(item, edition.language):
        return _("You wrote or published this text, so another person must review it.")
    return ""
