"""The panel of one language on the change form: where it stands, what can be done, what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.editorial import checklist, translations
from portal.editorial.actions import refusal
from portal.editorial.contributors import urgent_publishers, writers
from portal.editorial.forms.steps import ExpiryForm, NoteForm, step_form
from portal.editorial.models import Edition, Publishable, State
from portal.editorial.states import STEPS, Step
from portal.history.models import Record
from portal.languages import LANGUAGES
from portal.richtext import plain_text
from portal.richtext.compare import ParagraphChange
from portal.richtext.fields import RichText


@dataclass(frozen=True)
class Button:
    """A step or another deed: its page, and why it is grey ("" when it can be taken)."""

    name: str
    label: Any
    url: str
    reason: str
    form: Any
    dialog: str
    says: Any = ""

    @property
    def grave(self) -> bool:
        return self.name in {"withdraw", "retract", "publish_urgently"}


@dataclass(frozen=True)
class SourceChange:
    """A field whose source text has moved on, beside the old translation."""

    label: str
    paragraphs: list[ParagraphChange]
    translation: str
    rich: bool


@dataclass
class Panel:
    """All that is told of one language."""

    language: str
    edition: Edition | None
    truth: translations.Truth
    last_deed: Record | None = None
    buttons: list[Button] = field(default_factory=list)
    other_steps: list[Button] = field(default_factory=list)
    findings: list[checklist.Finding] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)  # (column, what it is called)
    changed_source: list[SourceChange] = field(default_factory=list)
    preview_url: str = ""
    typed_url: str = ""  # answers the preview of what is in the form and not saved

    @property
    def stops(self) -> int:
        return len(self.missing) + len(self.blockers)

    @property
    def blockers(self) -> list[checklist.Finding]:
        return [finding for finding in self.findings if finding.blocks]

    @property
    def warnings(self) -> list[checklist.Finding]:
        return [finding for finding in self.findings if not finding.blocks]


#: What a step does, told before it is taken.
SAYS: dict[str, Any] = {
    "submit": lambda: _("The text goes to those who review and approve it."),
    "return": lambda: _("The text goes back to draft; whoever wrote it is told why."),
    "approve": lambda: _("You confirm this very text. Any change to it afterwards voids the approval."),
    "schedule": lambda: _("The text is locked and appears by itself at that second."),
    "unschedule": lambda: _("The text will not appear; it stays approved."),
    "publish": lambda: _("Readers see the text at once."),
    "publish_urgently": lambda: _(
        "Readers see the text at once, unapproved. It stays on the desk until another person has reviewed it."
    ),
    "withdraw": lambda: _("The text stays readable under your explanation and leaves all lists."),
    "retract": lambda: _(
        "Readers no longer get the text, only your explanation or the piece that replaces it."
    ),
    "reinstate": lambda: _("The text goes to review again; readers see no change until it is published."),
}


def panels_of(item: Publishable, person: Any, now: datetime) -> list[Panel]:
    """The panels of both languages. `item` comes with editions and content loaded."""
    deeds = _last_deeds(item)
    return [_panel(item, language, person, now, deeds.get(language)) for language in LANGUAGES]


def kind_of(item: Publishable) -> str:
    """What the addresses of the desk call a kind of thing: "news.article"."""
    return item._meta.label_lower


def desk_url(name: str, item: Publishable, *rest: Any) -> str:
    return reverse(f"desk:{name}", args=[kind_of(item), item.pk, *rest])


def _last_deeds(item: Publishable) -> dict[str, Record]:
    """Language → the last step taken with it."""
    verbs = {*STEPS, "published", "published urgently"}
    newest: dict[str, Record] = {}
    for deed in (
        Record.objects.about(item.root).filter(verb__in=verbs).exclude(language="").select_related("by")[:40]
    ):
        newest.setdefault(deed.language, deed)
    return newest


def _panel(item: Publishable, language: str, person: Any, now: datetime, last_deed: Record | None) -> Panel:
    edition = item.edition(language)
    panel = Panel(language, edition, translations.truth(item, language), last_deed)
    if edition is None:
        return panel
    steps = [_step_button(item, edition, step, person, now) for step in STEPS.values()]
    at_hand = {step.name for step in STEPS.values() if edition.state in step.sources}
    panel.buttons = [button for button in steps if button.name in at_hand]
    panel.other_steps = [button for button in steps if button.name not in at_hand]
    panel.buttons += _other_buttons(item, edition, panel.truth, person)
    panel.missing = list(_missing(item, language))
    panel.findings = checklist.findings(item, language)
    panel.changed_source = (
        list(_changed_source(item, language)) if panel.truth == translations.Truth.OUTDATED else []
    )
    panel.preview_url = desk_url("preview", item, language)
    panel.typed_url = reverse(
        f"admin:{item._meta.app_label}_{item._meta.model_name}_preview_typed", args=[item.pk, language]
    )
    return panel


def _missing(item: Publishable, language: str) -> Iterable[tuple[str, str]]:
    for name in item.required_content:
        if not plain_text(item.text(name, language)).strip():
            yield f"{name}_{language}", str(item._meta.get_field(name).verbose_name)


def _step_button(item: Publishable, edition: Edition, step: Step, person: Any, now: datetime) -> Button:
    language = edition.language
    reason = refusal(item, step.name, language=language, by=person, now=now) or ""
    form = step_form(step, initial={"lock_version": item.lock_version}, auto_id=f"{step.name}-{language}-%s")
    return Button(
        step.name, step.label, desk_url("step", item, language, step.name), reason, form, f"dialog-{step.name}-{language}",
        SAYS[step.name](),
    )  # fmt: skip


def _other_buttons(
    item: Publishable, edition: Edition, truth: translations.Truth, person: Any
) -> Iterable[Button]:
    """Deeds beside the table of steps, each offered only where it means something."""
    language = edition.language
    if truth == translations.Truth.OUTDATED:
        yield _button(
            item, language, "confirm_translation", _("Still correct"), "optional",
            "" if person.has_perm(f"editorial.write_{language}") else _("Your role does not include this step."),
            _("The translation holds although the original has changed. Readers are no longer told that it is out of date."),
        )  # fmt: skip
    if edition.urgent_at and not edition.reviewed_after_at:
        yield _button(
            item, language, "review_afterwards", _("Reviewed: it stands"), "optional",
            _why_not_review(item, edition, person),
            _("You have read what was published urgently, and it stands."),
        )  # fmt: skip
    if edition.expire_at or edition.state in {State.APPROVED, State.SCHEDULED, State.PUBLISHED}:
        form = ExpiryForm(
            initial={"lock_version": item.lock_version, "expire_at": edition.expire_at},
            auto_id=f"expiry-{language}-%s",
        )
        reason = "" if person.has_perm("editorial.publish") else _("Your role does not include this step.")
        yield Button(
            "set_expiry", _("Set expiry"), desk_url("expiry", item, language), reason, form, f"dialog-expiry-{language}",
            _("At that hour the text leaves the lists by itself, under a standard explanation. Empty: it does not expire."),
        )  # fmt: skip


def _button(
    item: Publishable, language: str, name: str, label: str, note: str, reason: str, says: str
) -> Button:
    form = NoteForm(initial={"lock_version": item.lock_version}, auto_id=f"{name}-{language}-%s")
    form.add_note(note)
    return Button(
        name, label, desk_url(name, item, language), reason, form, f"dialog-{name}-{language}", says
    )


def _why_not_review(item: Publishable, edition: Edition, person: Any) -> str:
    if not person.has_perm(STEPS["approve"].permission_for(edition.language)):
        return _("Your role does not include this step.")
    if person.pk in urgent_publishers(item, edition) | writers(item, edition.language):
        return _("You wrote or published this text, so another person must review it.")
    return ""


def _changed_source(item: Publishable, language: str) -> Iterable[SourceChange]:
    for name, paragraphs in translations.changed_source(item, language).items():
        column = item._meta.get_field(name)
        rich = isinstance(column, RichText)
        yield SourceChange(str(column.verbose_name), paragraphs, item.text(name, language), rich)
