"""The panel of one language on the change form: where it stands, what can be done, what stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.editorial import checklist, translations
from portal.editorial.buttons import Button, desk_url, other_buttons, step_buttons
from portal.editorial.models import Edition, Publishable
from portal.editorial.states import STEPS
from portal.history.models import Record
from portal.languages import LANGUAGES
from portal.richtext import plain_text
from portal.richtext.compare import ParagraphChange
from portal.richtext.fields import RichText

DEEDS_LOOKED_AT = 40


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


def panels_of(item: Publishable, person: Any, now: datetime) -> list[Panel]:
    """The panels of both languages. `item` comes with editions and content loaded."""
    deeds = _last_deeds(item)
    panels = []
    for language in LANGUAGES:
        edition = item.edition(language)
        panel = Panel(language, edition, translations.truth(item, language), deeds.get(language))
        if edition is not None:
            _fill(panel, item, edition, person, now)
        panels.append(panel)
    return panels


def _last_deeds(item: Publishable) -> dict[str, Record]:
    """Language → the last step taken with it."""
    verbs = {*STEPS, "published", "published urgently"}
    deeds = Record.objects.about(item.root).filter(verb__in=verbs).exclude(language="").select_related("by")
    newest: dict[str, Record] = {}
    for deed in deeds[:DEEDS_LOOKED_AT]:
        newest.setdefault(deed.language, deed)
    return newest


def _fill(panel: Panel, item: Publishable, edition: Edition, person: Any, now: datetime) -> None:
    language = panel.language
    steps = step_buttons(item, edition, person, now)
    at_hand = {step.name for step in STEPS.values() if edition.state in step.sources}
    panel.buttons = [button for button in steps if button.name in at_hand]
    panel.other_steps = [button for button in steps if button.name not in at_hand]
    panel.buttons += other_buttons(item, edition, panel.truth, person)
    panel.missing = list(_missing(item, language))
    panel.findings = checklist.findings(item, language)
    if panel.truth == translations.Truth.OUTDATED:
        panel.changed_source = list(_changed_source(item, language))
    panel.preview_url = desk_url("preview", item, language)
    typed = f"admin:{item._meta.app_label}_{item._meta.model_name}_preview_typed"
    panel.typed_url = reverse(typed, args=[item.pk, language])


def _missing(item: Publishable, language: str) -> Iterable[tuple[str, str]]:
    for name in item.required_content:
        if not plain_text(item.text(name, language)).strip():
            yield f"{name}_{language}", str(item._meta.get_field(name).verbose_name)


def _changed_source(item: Publishable, language: str) -> Iterable[SourceChange]:
    for name, paragraphs in translations.changed_source(item, language).items():
        column = item._meta.get_field(name)
        rich = isinstance(column, RichText)
        yield SourceChange(str(column.verbose_name), paragraphs, item.text(name, language), rich)
