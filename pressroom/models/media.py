"""The media kit: pictures, marks and papers anybody may take, each with its licence."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine
from portal.library.models import Asset


class MediaItem(models.Model):
    """One thing to take from the media kit."""

    asset = models.OneToOneField(Asset, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    title = PlainLine(_("title"), max_length=200)
    licence = PlainLine(
        _("licence"), max_length=200, help_text=_("What others may do with it, and whom they name.")
    )
    credit = PlainLine(_("credit"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("item of the media kit")
        verbose_name_plural = _("media kit")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.title_vi or ""


def offered(now: datetime) -> models.QuerySet[MediaItem]:
    """For `portal.library.access`: what the media kit offers is everybody's."""
    return MediaItem.objects.filter(is_offered=True)
