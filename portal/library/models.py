"""Pictures and files. Originals are private; what published things place may be seen by everyone."""

import uuid
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.history import confidential
from portal.languages.fields import PlainLine
from portal.languages.folding import fold
from portal.library import access


def original_path(asset: "Asset", filename: str) -> str:
    """Where an original is kept: by its own identifier, never by a name somebody chose."""
    return f"originals/{asset.uuid.hex[:2]}/{asset.uuid.hex}{PurePath(asset.filename).suffix}"


def _kept_from(person: Any, now: datetime) -> models.Q:
    """Placed by things of kinds the person may not see and by nothing else, public nowhere, and not their own upload."""
    hidden = confidential.hidden_from(person)
    placed = Placement.objects.filter(asset=models.OuterRef("pk"))
    elsewhere = models.Exists(placed.exclude(content_type__in=hidden))
    kept = models.Q(models.Exists(placed.filter(content_type__in=hidden)))
    own = models.Q(uploaded_by=person, uploaded_by__isnull=False)
    return kept & ~(own | models.Q(elsewhere) | access.public(now))


class AssetQuerySet(models.QuerySet):
    def images(self) -> "AssetQuerySet":
        return self.filter(kind=Asset.Kind.IMAGE)

    def matching(self, words: str) -> "AssetQuerySet":
        """Those whose title, texts or file name hold every word, in any case, with or without diacritics."""
        matches = self
        for word in fold(words).split():
            matches = matches.filter(folded__contains=word)
        return matches

    def shown_to(self, person: Any, now: datetime) -> "AssetQuerySet":
        """Those a person finds in the library: all but those kept for what their role does not show them."""
        return self.exclude(_kept_from(person, now)) if confidential.hidden_from(person) else self

    def kept_from(self, person: Any, now: datetime) -> "AssetQuerySet":
        """The others: their titles and bytes may be those of a text that nobody else knows of yet."""
        return self.filter(_kept_from(person, now)) if confidential.hidden_from(person) else self.none()

    def awaiting_renditions(self, now: datetime) -> "AssetQuerySet":
        """Pictures whose renditions nobody has made, nobody is making and nobody has given up on."""
        lease_over = now - Asset.RENDITIONS_LEASE
        return self.images().filter(
            models.Q(renditions_claimed_at=None) | models.Q(renditions_claimed_at__lte=lease_over),
            renditions_made_at=None,
            renditions_attempts__lt=Asset.RENDITIONS_ATTEMPTS,
        )


class Asset(models.Model):
    """An uploaded picture or file. Its bytes never change: another file is another asset."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("picture")
        FILE = "file", _("file")

    RENDITIONS_LEASE = timedelta(minutes=5)
    RENDITIONS_ATTEMPTS = 3
    TOOK_TOO_LONG = gettext_noop("it took too long")  # kept as a reason; translated where it is shown

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices, editable=False)
    original = models.FileField(_("file"), upload_to=original_path, max_length=200)
    filename = models.CharField(_("file name"), max_length=150, editable=False)
    original_name = models.CharField(_("name when uploaded"), max_length=200, blank=True, editable=False)
    media_type = models.CharField(_("type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)  # of the bytes as they were uploaded
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    focal_x = models.FloatField(_("focal point, from the left (0–1)"), default=0.5)
    focal_y = models.FloatField(_("focal point, from the top (0–1)"), default=0.5)
    title = PlainLine(_("title"), max_length=200, blank=True)
    alt = PlainLine(_("alternative text"), max_length=300, blank=True)
    caption = PlainLine(_("caption"), max_length=500, blank=True)
    credit = PlainLine(_("credit"), max_length=200, blank=True)
    renditions_made_at = models.DateTimeField(null=True, blank=True, editable=False)
    renditions_failed = models.CharField(max_length=300, blank=True, editable=False)
    renditions_claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    renditions_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    folded = models.TextField(blank=True, editable=False)  # what `matching` looks in; kept by `actions`
    uploaded_at = models.DateTimeField(_("uploaded"), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture or file")
        verbose_name_plural = _("pictures and files")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
                name="focal_point_inside_the_picture",
            ),
            models.UniqueConstraint(
                fields=["sha256"], condition=~models.Q(sha256=""), name="same_bytes_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.original_name or self.filename

    def get_absolute_url(self) -> str:
        return reverse("library:file", args=[self.uuid, self.filename])

    @property
    def is_image(self) -> bool:
        return self.kind == self.Kind.IMAGE

    def picture(self) -> dict[str, Any]:
        """What the `picture` tag needs, with the words the library has for it in the active language."""
        return {
            "asset": str(self.uuid),
            "alt": self.alt or "",
            "width": self.width,
            "height": self.height,
            "focal_x": self.focal_x,
            "focal_y": self.focal_y,
        }

    def renditions_problem(self, now: datetime) -> str:
        """Why there are none yet: the reason of the last failure, or that the last worker never came back; or ""."""
        if self.renditions_made_at or self.renditions_failed or not self.renditions_claimed_at:
            return self.renditions_failed
        under_way = self.renditions_claimed_at > now - self.RENDITIONS_LEASE
        to_come = self.renditions_attempts < self.RENDITIONS_ATTEMPTS
        return "" if under_way or to_come else self.TOOK_TOO_LONG


class PlacementQuerySet(models.QuerySet):
    def of(self, thing: models.Model) -> "PlacementQuerySet":
        """The placements in one thing, in their order."""
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(content_type=kind, object_id=thing.pk).order_by("position", "pk")


class Placement(models.Model):
    """One use of an asset by a thing, with the words said about it there, in each language."""

    class Role(models.TextChoices):
        COVER = "cover", _("cover picture")
        FIGURE = "figure", _("picture in the text")
        ATTACHMENT = "attachment", _("attachment")
        PHOTO = "photo", _("photo of a series")
        FILE_VI = "file_vi", _("the work itself, in Vietnamese")
        FILE_EN = "file_en", _("the work itself, in English")
        PRINT = "print", _("the work itself, for printing")
        PAPER = "paper", _("paper read at an event")

    #: Roles of files: they have a title; all others are pictures and are described.
    FILES = frozenset({Role.ATTACHMENT, Role.FILE_VI, Role.FILE_EN, Role.PRINT, Role.PAPER})

    asset = models.ForeignKey(
        Asset, verbose_name=_("picture or file"), on_delete=models.PROTECT, related_name="placements"
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    title = PlainLine(_("title"), max_length=200, blank=True)
    alt = PlainLine(_("alternative text"), max_length=300, blank=True)
    caption = PlainLine(_("caption"), max_length=500, blank=True)
    credit = PlainLine(_("credit"), max_length=200, blank=True)
    decorative = models.BooleanField(_("decorative: says nothing the text does not say"), default=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture or attachment")
        verbose_name_plural = _("pictures and attachments")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="placement_of_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(role="cover"),
                name="one_cover_per_thing",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "asset", "role"], name="asset_placed_once_in_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.asset}"

    def picture(self) -> dict[str, Any]:
        """What the `picture` tag and `search.Entry.image` need, in the active language."""
        return {**self.asset.picture(), "alt": "" if self.decorative else (self.alt or "")}
