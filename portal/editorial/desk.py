"""My work: what waits for a person, by their roles. A fixed number of queries, whatever the archive."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.seeing import may_see
from portal.editorial import clock, errands, flags, registry, timeline, translations
from portal.editorial.models import DATED, PUBLIC, Edition, Effect, Notice, Publishable, State
from portal.history.models import Record, Version
from portal.languages import LANGUAGES
from portal.mailing.models import Returned
from portal.search.models import Entry

SHOWN = 12
RECENT = 8


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


@dataclass(frozen=True)
class NoticeLine:
    """What became of a text the person worked on."""

    notice: Notice
    words: Any
    url: str


@dataclass(frozen=True)
class Recent:
    """A thing the person did something with lately; `url` is empty when it is gone."""

    title: str
    words: Any
    at: datetime
    url: str


@dataclass
class Desk:
    piles: list[Pile]
    notices: list[NoticeLine]
    recent: list[Recent]
    clock_seen_at: datetime | None
    clock_alive: bool
    late: int
    failed_effects: list[Effect]
    flags: list[flags.Flag]
    replies: list[Returned]
    heaps: list[errands.Heap]
    may_release: bool
    may_try_again: bool


def of(person: AbstractBaseUser, now: datetime) -> Desk:
    """The desk of one person at this moment."""
    notices = Notice.objects.filter(to=person, read_at=None, content_type__in=_kinds(person))
    return Desk(
        piles=_piles(_questions(person, now)),
        notices=[_notice_line(each) for each in notices.select_related("by").order_by("-at")[:SHOWN]],
        recent=_recent(person),
        clock_seen_at=clock.last_seen(),
        clock_alive=clock.is_alive(now),
        late=Edition.objects.late(now).count(),
        flags=flags.raised(person, now),
        replies=list(_replies(person)[:SHOWN]),
        heaps=errands.of(person, now),
        failed_effects=list(Effect.objects.failing().shown_to(person).order_by("-pk")[:SHOWN]),
        may_release=person.has_perm("editorial.publish"),
        may_try_again=person.has_perm("editorial.change_effect"),
    )


def _replies(person: Any) -> QuerySet[Returned]:
    """Automatic replies that wait for whoever may change the directory, those of people who have left first."""
    if not (person.has_perm("mailing.view_returned") and person.has_perm("directory.change_post")):
        return Returned.objects.none()
    left_first = Case(When(says=Returned.Says.LEFT, then=0), default=1)
    waiting = Returned.objects.to_do().shown_to(person)
    return waiting.select_related("delivery").order_by(left_first, "pk")


def _notice_line(notice: Notice) -> NoticeLine:
    model = registry.model_of(notice.content_type_id)
    return NoticeLine(notice, timeline.words_for(notice.verb), _address_of(model, notice.object_id))


def _recent(person: Any) -> list[Recent]:
    """The things the person last did something with, each once."""
    found: dict[tuple[int, int], Recent] = {}
    kinds = {kind.pk: registry.model_of(kind.pk) for kind in _kinds(person)}
    deeds = Record.objects.filter(by=person, content_type__in=kinds).order_by("-at", "-pk")[: RECENT * 5]
    for deed in deeds:
        url = _address_of(kinds[deed.content_type_id], deed.object_id)
        found.setdefault(
            (deed.content_type_id, deed.object_id),
            Recent(deed.title, timeline.words_for(deed.verb), deed.at, url),
        )
    return list(found.values())[:RECENT]


def _questions(person: Any, now: datetime) -> list[tuple[str, Any, QuerySet]]:
    """(key, title, editions) for each pile this person can do something about."""
    may = {verb for verb in ("return", "publish") if person.has_perm(f"editorial.{verb}")}
    writes = [language for language in LANGUAGES if person.has_perm(f"editorial.write_{language}")]
    approves = [language for language in LANGUAGES if person.has_perm(f"editorial.approve_{language}")]
    editions = Edition.objects.filter(content_type__in=_kinds(person)).order_by("state_since", "pk")
    drafts = editions.filter(state=State.DRAFT, language__in=writes)
    own = drafts if "return" in may else drafts.filter(_worked_on(person))
    asked: list[tuple[str, Any, QuerySet, bool]] = [
        ("late", _("Late"), editions.late(now), "publish" in may),
        ("returned", _("Returned"), own.returned(), bool(writes)),
        ("afterwards", _("To review afterwards"), editions.awaiting_review_afterwards(), bool(approves)),
        (
            "to_approve",
            _("To approve"),
            editions.filter(state=State.IN_REVIEW, language__in=approves),
            bool(approves),
        ),
        (
            "to_review",
            _("To review"),
            editions.filter(state=State.IN_REVIEW),
            "return" in may and not approves,
        ),
        ("to_publish", _("To publish"), editions.filter(state=State.APPROVED), "publish" in may),
        ("to_write", _("To write"), own.filter(is_source=True, returned_at=None), bool(writes)),
        ("to_translate", _("To translate"), _to_translate(drafts), bool(writes)),
        (
            "outdated",
            _("Translations out of date"),
            _outdated(editions.filter(language__in=writes)),
            bool(writes),
        ),
        (
            "scheduled",
            _("Scheduled"),
            editions.filter(state__in=DATED, publish_at__gt=now).order_by("publish_at"),
            True,
        ),
    ]
    return [(key, title, rows) for key, title, rows, wanted in asked if wanted]


def _kinds(person: Any) -> list[ContentType]:
    """The kinds of things the person may see."""
    return [kind for kind, model in registry.by_kind() if may_see(person, model)]


def _worked_on(person: Any) -> Q | Exists:
    """Whatever the person began or ever changed, though somebody else may have saved it last."""
    kept = Version.objects.filter(content_type=OuterRef("content_type"), by=person)
    return (
        Q(writer=person)
        | Exists(kept.filter(object_id=OuterRef("object_id")))
        | Exists(kept.filter(copy_id=OuterRef("object_id")))
    )


def _to_translate(drafts: QuerySet) -> QuerySet:
    """Drafts of translations whose original is approved or out (or has left the working copy before them)."""
    ready = (State.APPROVED, *PUBLIC)
    originals = Edition.objects.filter(
        content_type=OuterRef("content_type"),
        object_id=OuterRef("object_id"),
        is_source=True,
        state__in=ready,
    )
    translations = drafts.filter(Exists(originals), is_source=False, returned_at=None)
    return translations.exclude(_not_begun_alone())


def _not_begun_alone() -> Q:
    """Languages without a headline, of things whose languages stand alone."""
    wanted = Q(pk__in=[])
    for kind, model in registry.by_kind():
        for language in LANGUAGES if model.languages_stand_alone else ():
            blank = Q(**{f"title_{language}": ""}) | Q(**{f"title_{language}": None})
            things = model._base_manager.filter(blank).values("pk")
            wanted |= Q(content_type=kind, language=language, object_id__in=things)
    return wanted


def _outdated(editions: QuerySet) -> QuerySet:
    """Published translations whose readers are told that the original has moved on."""
    told = Entry.objects.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), language=OuterRef("language"),
        translation__outdated=True,
    )  # fmt: skip
    return editions.filter(Exists(told), state=State.PUBLISHED)


def _piles(questions: list[tuple[str, Any, QuerySet]]) -> list[Pile]:
    """One query for each pile, and a few for the things of all of them together."""
    rows = [
        (key, title, list(editions.select_related("writer", "returned_by")[: SHOWN + 1]))
        for key, title, editions in questions
    ]
    items = _items([edition for _key, _title, editions in rows for edition in editions[:SHOWN]])
    piles = [
        Pile(key, title, _lines(editions[:SHOWN], items), more=len(editions) > SHOWN)
        for key, title, editions in rows
    ]
    return [pile for pile in piles if pile.lines]


def _lines(editions: list[Edition], items: dict[tuple[int, int], Publishable]) -> list[Line]:
    return [
        Line(item, edition, _address_of(type(item), item.pk), translations.truth(item, edition.language))
        for edition in editions
        if (item := items.get((edition.content_type_id, edition.object_id)))
    ]


def _items(editions: list[Edition]) -> dict[tuple[int, int], Publishable]:
    """The things of these editions, with what their lines show, a few queries for each kind."""
    found: dict[tuple[int, int], Publishable] = {}
    for kind, model in registry.by_kind():
        wanted = {edition.object_id for edition in editions if edition.content_type_id == kind.pk}
        if wanted:
            rows = model._default_manager.filter(pk__in=wanted).prefetch_related(
                "editions", "working_copy_of__editions"
            )
            found |= {(kind.pk, row.pk): row for row in rows}
    return found


def _address_of(model: type[Publishable], pk: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
