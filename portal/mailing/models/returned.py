"""What came back to a return path: a failure, a delay, an answer of a machine. Some of it is work for a person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.mailing.models.deliveries import Delivery


class ReturnedQuerySet(models.QuerySet):
    def to_do(self) -> "ReturnedQuerySet":
        """Absences and departures nobody has looked at."""
        return self.filter(kind=Returned.Kind.REPLY, seen_at=None)


class Returned(models.Model):
    """One message that came back; the same one read twice is one."""

    class Kind(models.TextChoices):
        FAILURE = "failure", _("could not be delivered")
        DELAY = "delay", _("is delayed")
        COMPLAINT = "complaint", _("complaint")
        REPLY = "reply", _("automatic reply")

    delivery = models.ForeignKey(
        Delivery, verbose_name=_("delivery"), on_delete=models.PROTECT, related_name="returned"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=15, blank=True)  # RFC 3463, like "5.1.1"
    words = models.TextField(_("words"), blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    at = models.DateTimeField(_("came back"))
    seen_at = models.DateTimeField(_("seen"), null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("seen by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ReturnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("returned letter")
        verbose_name_plural = _("returned letters")

    def __str__(self) -> str:
        return f"{self.delivery.email}: {self.get_kind_display()}"
