"""Publishable: what Article, PressRelease, Briefing, Bulletin … inherit to pass the editorial workflow in two languages."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from portal.editorial.models.edition import Edition
from portal.languages.fields import PlainLine, Records
from portal.library.models import Placement
from portal.search.models import Topic


class PublishableQuerySet(models.QuerySet):
    def originals(self) -> "PublishableQuerySet":
        """Without working copies."""
        return self.filter(working_copy_of=None)

    def published(self, now: datetime, language: str) -> "PublishableQuerySet":
        """What readers may see at this moment in this language."""
        kind = Edition._meta.get_field("content_type").related_model.objects.get_for_model(self.model)
        editions = Edition.objects.published(now).filter(
            content_type=kind, language=language, object_id=OuterRef("pk")
        )
        return self.originals().filter(Exists(editions))


class Publishable(models.Model):
    """A thing with a text in each language, and one `Edition` for each. `title` is given by every heir.

    Heirs say what their content is: `translated_content` (base names, one column per language),
    `shared_content` (columns and foreign keys that hold for both languages), `required_content`
    (without which no language is complete) and `section`, `page` for the read side.
    """

    section: ClassVar[str]
    translated_content: ClassVar[tuple[str, ...]] = ("title", "slug", "change_kind", "change_note")
    shared_content: ClassVar[tuple[str, ...]] = ("source_language", "released_together")
    required_content: ClassVar[tuple[str, ...]] = ("title",)
    relations_content: ClassVar[tuple[str, ...]] = ("topics",)
    read_side_needs: ClassVar[tuple[str, ...]] = ()  # foreign keys that `read_side` follows
    #: Each language says its own: none is a translation of the other, and nobody is asked for one that is not begun.
    languages_stand_alone: ClassVar[bool] = False
    may_be_embargoed: ClassVar[bool] = False
    #: Deed (a step's name; "published" and "published urgently" for a release) → effects the section wants to follow.
    follow_ups: ClassVar[dict[str, tuple[str, ...]]] = {}
    placement_roles: ClassVar[tuple[str, ...]] = ("cover", "figure", "attachment")

    class ChangeKind(models.TextChoices):
        MINOR = "minor", _("minor fix: recorded, not announced")
        UPDATE = "update", _("update: a public note")
        CORRECTION = "correction", _("correction: a dated notice at the top")

    #: The kinds of change readers are told of.
    ANNOUNCED: ClassVar[frozenset[str]] = frozenset({"update", "correction"})

    working_copy_of = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.CASCADE, related_name="working_copy"
    )
    lock_version = models.PositiveIntegerField(default=0, editable=False)
    released_together = models.BooleanField(
        _("Vietnamese and English together"),
        default=False,
        help_text=_("Neither language goes out without the other; both appear at the same second."),
    )
    source_language = models.CharField(
        _("written in"), max_length=2, choices=[("vi", _("Vietnamese")), ("en", _("English"))], default="vi"
    )
    slug = PlainLine(
        _("address"),
        max_length=200,
        blank=True,
        help_text=_("Made from the headline at the first publication and kept."),
    )
    change_kind = models.CharField(_("kind of change"), max_length=10, choices=ChangeKind.choices, blank=True)
    change_note = PlainLine(_("public note on the change"), max_length=500, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True)
    created_at = models.DateTimeField(_("created"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    editions = GenericRelation(Edition)
    placements = GenericRelation(Placement)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text("title", "vi") or self.text("title", "en") or "—"

    @property
    def root(self) -> "Publishable":
        """The thing itself: the original of a working copy."""
        return self.working_copy_of or self

    @property
    def root_pk(self) -> int:
        return self.working_copy_of_id or self.pk

    @property
    def is_working_copy(self) -> bool:
        return self.working_copy_of_id is not None

    def text(self, field: str, language: str) -> str:
        """One content field in one language; empty when there is none."""
        return getattr(self, f"{field}_{language}") or ""

    def words(self, field: str, language: str) -> str:
        """What people read of one content field, as HTML where the field is HTML: of records, their words."""
        text, column = self.text(field, language), self._meta.get_field(field)
        return escape(column.words(text)) if isinstance(column, Records) else text

    def edition(self, language: str) -> Edition | None:
        """The edition in one language, from the prefetched rows when there are some."""
        return next((edition for edition in self.editions.all() if edition.language == language), None)

    def get_absolute_url(self, language: str | None = None) -> str:
        """The public address in a language (the active one by default)."""
        if language is None:
            return self.public_url()
        with override(language):
            return self.public_url()

    def public_url(self) -> str:
        """The public address in the active language. Given by every heir."""
        raise TypeError(f"{type(self).__name__} must say its public_url()")

    def read_side(self, language: str) -> dict[str, Any]:
        """What the section adds to its `search.Entry` in this language: summary, text, shelf, prominence, …"""
        return {}

    def take_hour(self, hour: datetime, now: datetime) -> None:
        """A language of this original has got its hour: called in the transaction of the step, before readers are told."""

    def lose_hour(self, now: datetime) -> None:
        """A language of this original has lost its hour: called in the transaction of the step, when that is written."""

    def reason_against_release(self, language: str) -> str | None:
        """Why this text, approved as it is, must not go out now: something it leans on has changed. None: nothing has."""
        return None

    def reason_against_discarding(self) -> str | None:
        """Why this draft, though no reader has seen it, must not be deleted. None: nothing speaks against it."""
        return None

    def also_shown(self, language: str) -> set[UUID]:
        """The pictures its page in this language shows beside its own placements."""
        return set()
