"""What people ask about their own particulars on paper, and by when they are answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine
from training.models.registrations import Registration


class RightsRequestQuerySet(models.QuerySet):
    def open(self) -> "RightsRequestQuerySet":
        """Not answered yet, the oldest first."""
        return self.filter(answered_at=None).order_by("received_at", "pk")


class RightsRequest(models.Model):
    """A request to see or to erase what is kept of a person, that came otherwise than by the person's own page.

    Law 91/2025/QH15 and Decree 356/2025/ND-CP; the time allowed is a row of `portal.duties`. It points to the
    registration and holds no name of its own, so that erasing there erases here.
    """

    class Kind(models.TextChoices):
        SEE = "see", _("to see what is kept")
        ERASE = "erase", _("to be erased")

    registration = models.ForeignKey(
        Registration, verbose_name=_("registration"), on_delete=models.PROTECT, related_name="rights_requests"
    )
    kind = models.CharField(_("asks"), max_length=5, choices=Kind.choices)
    received_at = models.DateTimeField(_("received"))
    reference = PlainLine(_("number of the letter"), max_length=100, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False,
    )  # fmt: skip

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        ordering = ["-received_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["answered_at", "received_at"], name="rights_requests_open")]

    def __str__(self) -> str:
        return f"№ {self.pk}"
