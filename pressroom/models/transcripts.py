"""That somebody compared a transcript with what was said: bound to its very words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pressroom.models.briefings import Briefing


class TranscriptCheck(models.Model):
    """A transcript of this digest, in one language, was checked against delivery by a second person."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="transcript_checks")
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("check of a transcript")
        verbose_name_plural = _("checks of transcripts")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["briefing", "language", "digest"], name="transcript_checked_once_in_its_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id} {self.language} {self.at:%Y-%m-%d}"
