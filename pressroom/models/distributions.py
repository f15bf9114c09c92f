"""Which mailing carried which text of a release: how it is known who got what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.mailing.models import Mailing
from pressroom.models.releases import PressRelease


class Distribution(models.Model):
    """A mailing of a release in one language: of its first text, of a change, that it is taken back, or valid again."""

    class Of(models.TextChoices):
        TEXT = "text", _("the release")
        UPDATE = "update", _("an update")
        CORRECTION = "correction", _("a correction")
        REINSTATEMENT = "reinstatement", _("a reinstatement")
        WITHDRAWAL = "withdrawal", _("a withdrawal")
        RECALL = "recall", _("a recall")

    release = models.ForeignKey(PressRelease, on_delete=models.PROTECT, related_name="distributions")
    language = models.CharField(max_length=2)
    of = models.CharField(max_length=13, choices=Of.choices)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()  # of the step it follows: one step sends once
    mailing = models.OneToOneField(Mailing, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "language", "of", "at"], name="one_distribution_of_a_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.language} {self.of}"
