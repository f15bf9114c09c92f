"""How often a work was fetched: a number for each day, and nothing about who fetched it."""

from datetime import date

from django.db import models
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _


class DownloadQuerySet(models.QuerySet):
    def total(self) -> int:
        return self.aggregate(total=Sum("count"))["total"] or 0


class Download(models.Model):
    """One file of one entry on one Vietnamese day."""

    kind = models.CharField(_("kind"), max_length=60)  # "publications.bulletin"
    object_id = models.PositiveBigIntegerField()
    file = models.CharField(_("file"), max_length=60)  # "en.pdf", "en.epub", or the identifier of an asset
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times"), default=0)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("downloads")
        verbose_name_plural = _("downloads")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "file", "day"], name="downloads_of_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.file}: {self.count}"


def count_download(kind: str, pk: int, file: str, day: date) -> None:
    """One more; two at once are both counted."""
    named = {"kind": kind, "object_id": pk, "file": file, "day": day}
    Download.objects.get_or_create(**named)
    Download.objects.filter(**named).update(count=F("count") + 1)
