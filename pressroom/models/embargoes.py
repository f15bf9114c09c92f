"""Texts read before their hour: under dated terms, each reader in a copy of their own, each opening written down."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainText
from pressroom.models.journalists import Journalist


class TermsQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "TermsQuerySet":
        return self.filter(valid_from__lte=day).order_by("-valid_from")


class Terms(models.Model):
    """What a journalist accepts before reading a text under embargo, from a day until the next terms."""

    text = PlainText(_("terms"))
    valid_from = models.DateField(_("valid from"), unique=True)

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of embargo")
        verbose_name_plural = _("terms of embargo")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"


class CopyQuerySet(models.QuerySet):
    def about(self, thing: models.Model) -> "CopyQuerySet":
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)

    def of(self, thing: models.Model, language: str) -> "CopyQuerySet":
        return self.about(thing).filter(language=language)

    def standing(self) -> "CopyQuerySet":
        return self.filter(closed_at=None)

    def given_until(self, moment: datetime) -> "CopyQuerySet":
        return self.filter(given_at__lte=moment)

    def given_before(self, moment: datetime) -> "CopyQuerySet":
        return self.filter(given_at__lt=moment)


class Copy(models.Model):
    """One journalist's own way to one text in one language before its hour. Its number is the watermark."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    language = models.CharField(_("language"), max_length=2)
    journalist = models.ForeignKey(
        Journalist, verbose_name=_("journalist"), on_delete=models.PROTECT, related_name="embargoed_copies"
    )
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    terms = models.ForeignKey(
        Terms,
        verbose_name=_("terms accepted"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_because = models.CharField(_("why it was closed"), max_length=500, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy under embargo")
        verbose_name_plural = _("copies under embargo")
        ordering = ["-given_at", "-pk"]
        default_permissions: Any = ("view", "add", "change")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language", "journalist"],
                condition=models.Q(closed_at=None),
                name="one_standing_copy_of_a_journalist",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(terms__isnull=False),
                name="copy_accepted_under_terms",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.journalist}"

    @property
    def email(self) -> str:
        """Where the way to it was sent: of no use once the journalist has another address."""
        return self.journalist.email


class Opening(models.Model):
    """One opening of a copy: written once, never changed."""

    class What(models.TextChoices):
        TEXT = "text", _("the text")
        FILE = "file", _("a file")

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField(_("when"))
    what = models.CharField(_("what"), max_length=10, choices=What.choices, default=What.TEXT)
    file = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.copy_id} {self.at:%Y-%m-%d %H:%M}"
