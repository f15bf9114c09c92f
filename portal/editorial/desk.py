"""My work: what waits for a person, by what their roles let them do. A fixed number of queries, whatever the archive."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.editorial import clock, registry, translations
from portal.editorial.models import Edition, Effect, Notice, Publishable, State
from portal.languages import LANGUAGES
from portal.search.models import Entry

SHOWN = 12


@dataclass
class Line:
    """One text that waits."""

    item: Publishable
    edition: Edition
    url: str
    truth: translations.Truth


@dataclass
class Pile:
    """Texts that wait for the same thing. `more` says that the pile is higher than shown."""

    key: str
    title: Any
    lines: list[Line] = field(default_factory=list)
    more: bool = False


@dataclass
class Desk:
    piles: list[Pile]
    notices: list[Notice]
    clock_seen_at: datetime | None
    clock_alive: bool
    late: int
    failed_effects: int
    may_release: bool


def of(person: AbstractBaseUser, now: datetime) -> Desk:
    """The desk of one person at this moment."""
    piles = [_pile(key, title, editions) for key, title, editions in _questions(person, now)]
    return Desk(
        piles=[pile for pile in piles if pile.lines],
        notices=list(Notice.objects.filter(to=person, read_at=None).select_related("by").order_by("-at")[:SHOWN]),
        clock_seen_at=clock.last_seen(),
        clock_alive=clock.is_alive(now),
        late=Edition.objects.late(now).count(),
        failed_effects=Effect.objects.failing().count(),
        may_release=person.has_perm("editorial.publish"),
    )


def _questions(person: Any, now: datetime) -> list[tuple[str, Any, QuerySet]]:
    """(key, title, editions) for each pile this person can do something about."""
    may = {verb for verb in ("return", "publish") if person.has_perm(f"editorial.{verb}")}
    writes = [language for language in LANGUAGES if person.has_perm(f"editorial.write_{language}")]
    approves = [language for language in LANGUAGES if person.has_perm(f"editorial.approve_{language}")]
    editions = Edition.objects.order_by("state_since", "pk")
    drafts = editions.filter(state=State.DRAFT, language__in=writes)
    own = drafts if "return" in may else drafts.filter(writer=person)
    asked: list[tuple[str, Any, QuerySet, bool]] = [
        ("late", _("Late"), editions.late(now), "publish" in may),
        ("returned", _("Returned"), own.returned(), bool(writes)),
        ("afterwards", _("To review afterwards"), editions.awaiting_review_afterwards(), bool(approves)),
        ("to_approve", _("To approve"), editions.filter(state=State.IN_REVIEW, language__in=approves), bool(approves)),
        ("to_review", _("To review"), editions.filter(state=State.IN_REVIEW), "return" in may and not approves),
        ("to_publish", _("To publish"), editions.filter(state=State.APPROVED), "publish" in may),
        ("to_write", _("To write"), own.filter(is_source=True, returned_at=None), bool(writes)),
        ("to_translate", _("To translate"), _to_translate(drafts), bool(writes)),
        ("outdated", _("Translations out of date"), _outdated(editions.filter(language__in=writes)), bool(writes)),
        ("scheduled", _("Scheduled"), editions.filter(state=State.SCHEDULED).order_by("publish_at"), True),
    ]
    return [(key, title, rows) for key, title, rows, wanted in asked if wanted]


def _to_translate(drafts: QuerySet) -> QuerySet:
    """Drafts of translations whose original is approved or already out."""
    ready = (State.APPROVED, State.SCHEDULED, State.PUBLISHED)
    originals = Edition.objects.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), is_source=True, state__in=ready
    )
    return drafts.filter(Exists(originals), is_source=False, returned_at=None)


def _outdated(editions: QuerySet) -> QuerySet:
    """Published translations whose readers are told that the original has moved on."""
    told = Entry.objects.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), language=OuterRef("language"),
        translation__outdated=True,
    )  # fmt: skip
    return editions.filter(Exists(told), state=State.PUBLISHED)


def _pile(key: str, title: Any, editions: QuerySet) -> Pile:
    rows = list(editions.select_related("writer")[: SHOWN + 1])
    items = _items(rows[:SHOWN])
    lines = [
        Line(item, edition, _address(item), translations.truth(item, edition.language))
        for edition in rows[:SHOWN]
        if (item := items.get((edition.content_type_id, edition.object_id)))
    ]
    return Pile(key, title, lines, more=len(rows) > SHOWN)


def _items(editions: list[Edition]) -> dict[tuple[int, int], Publishable]:
    """The things of these editions, with what their lines show, a few queries for each kind."""
    found: dict[tuple[int, int], Publishable] = {}
    for kind, model in registry.by_kind():
        wanted = [edition.object_id for edition in editions if edition.content_type_id == kind.pk]
        if wanted:
            rows = model._default_manager.filter(pk__in=wanted).prefetch_related("editions", "working_copy_of__editions")
            found |= {(kind.pk, row.pk): row for row in rows}
    return found


def _address(item: Publishable) -> str:
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_change", args=[item.pk])
