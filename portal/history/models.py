"""Who did what to what, and every version of every text. Rows are written once and never changed."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import UnescapedJSON


class AppendOnly(models.QuerySet):
    """Refuses what would change the past."""

    def update(self, **changes: Any) -> int:
        raise TypeError("History is append-only: its rows are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("History is append-only: its rows are never deleted.")

    def about(self, thing: models.Model) -> "AppendOnly":
        """The rows about one thing, newest first."""
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(content_type=kind, object_id=thing.pk).order_by("-at", "-pk")


class WrittenOnce(models.Model):
    """A row that can be written, and then neither changed nor deleted."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("History is append-only: its rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("History is append-only: its rows are never deleted.")


class Record(WrittenOnce):
    """One deed: who, when, what, to what, in which language, why."""

    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField(_("what"), max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    title = models.CharField(_("title then"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    note = models.TextField(_("note"), blank=True)
    details = models.JSONField(default=dict, blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("history")
        indexes = [models.Index(fields=["content_type", "object_id", "at"], name="record_of_thing")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.title}"


class Version(WrittenOnce):
    """One state of a thing's content: fields and children as JSON, a digest for each language.

    `content` is {"shared": {…}, "vi": {…}, "en": {…}}; `changed` names the parts that differ from the version before.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    copy_id = models.PositiveBigIntegerField(
        null=True, blank=True
    )  # the working copy it was written in, if any
    number = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    also_by = models.JSONField(default=list)  # whose words, never published before, were brought back with it
    why = models.CharField(_("why"), max_length=200, blank=True)
    content = models.JSONField(encoder=UnescapedJSON)
    digests = models.JSONField()
    changed = models.JSONField(default=list)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "number"], name="version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.at:%Y-%m-%d %H:%M})"
