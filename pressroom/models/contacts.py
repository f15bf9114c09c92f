"""Where the press finds the house: offices to call, and the channels that are really ours."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine, PlainText


class PressContact(models.Model):
    """An office that answers journalists."""

    class Languages(models.TextChoices):
        VIETNAMESE = "vi", _("Vietnamese")
        ENGLISH = "en", _("English")
        BOTH = "both", _("Vietnamese and English")

    name = PlainLine(_("office"), max_length=200)
    phone = PlainLine(_("telephone"), max_length=40)
    email = models.EmailField(_("e-mail"))
    hours = PlainLine(
        _("hours"), max_length=200, help_text=_("Monday to Friday, 8:00–11:30 and 13:30–17:00.")
    )
    spoken = models.CharField(
        _("languages spoken"), max_length=4, choices=Languages.choices, default=Languages.BOTH
    )
    note = PlainText(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name or self.name_vi or "–"


class OfficialChannelQuerySet(models.QuerySet):
    def ours_on(self, day: date) -> "OfficialChannelQuerySet":
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def former(self, day: date) -> "OfficialChannelQuerySet":
        return self.filter(until__lt=day)


class OfficialChannel(models.Model):
    """An account or address of the ministry elsewhere: whatever is not listed is not ours (Decree 224/2026/ND-CP, Article 10)."""

    platform = PlainLine(_("platform"), max_length=80, help_text="Facebook, Zalo, YouTube, X …")
    name = PlainLine(_("name"), max_length=160)
    url = models.URLField(_("address"), max_length=300)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    verified = PlainLine(
        _("how to know it"),
        max_length=300,
        blank=True,
        help_text=_("The mark of the platform, the day it was checked."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = OfficialChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("official channel")
        verbose_name_plural = _("official channels")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_channel_ends_after_it_began",
                violation_error_message=_("The last day lies before the first."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.platform}: {self.name or self.name_vi}"
