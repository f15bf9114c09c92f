"""What the lists of publishable things show: both headlines, and where each language stands, at a glance."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.editorial import translations
from portal.editorial.models import PUBLIC, Edition, Publishable
from portal.languages import other


@admin.display(description=_("Headline"), ordering="title_vi")
def titles(item: Publishable) -> SafeString:
    """The headline in the language it was written in, the other one below."""
    source, target = item.source_language, other(item.source_language)
    first = item.text("title", source) or item.text("title", target) or "—"
    second = item.text("title", target) if item.text("title", source) else ""
    below = format_html('<span class="second-title" lang="{}">{}</span>', target, second) if second else ""
    copy = (
        format_html('<span class="tag">{}</span>', _("working copy"))
        if getattr(item, "working_copy", None)
        else ""
    )
    return format_html('<span class="first-title" lang="{}">{}</span>{}{}', source, first, below, copy)


@admin.display(description=_("Vietnamese"))
def state_vi(item: Publishable) -> SafeString:
    return _state(item, "vi")


@admin.display(description=_("English"))
def state_en(item: Publishable) -> SafeString:
    return _state(item, "en")


@admin.display(description=_("Translation"))
def truth(item: Publishable) -> SafeString | str:
    """Where the translation stands; nothing while there is none to speak of."""
    told = translations.truth(item, other(item.source_language))
    return format_html('<span class="truth truth--{}">{}</span>', told.value, told.label)


def _state(item: Publishable, language: str) -> SafeString:
    edition = item.edition(language)
    said = any(
        item.text(field, language)
        for field in ("title", "standfirst")
        if hasattr(item, f"{field}_{language}")
    )
    return render_to_string(
        "editorial/_state.html", {"edition": edition, "empty": not said, "moment": _moment(edition)}
    )


def _moment(edition: Edition | None) -> object:
    """The hour that matters in this state: when it goes or went out, otherwise since when it stands so."""
    if edition is None:
        return None
    if edition.state in PUBLIC and edition.publish_at:
        return edition.publish_at
    return edition.state_since
