"""Addresses nothing is sent to, with the reason; reversible, and never forgotten."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SuppressionQuerySet(models.QuerySet):
    def standing(self) -> "SuppressionQuerySet":
        return self.filter(lifted_at=None)


class Suppression(models.Model):
    class Cause(models.TextChoices):
        UNKNOWN_ADDRESS = "unknown", _("the address does not exist")
        BOUNCES = "bounces", _("came back again and again")
        COMPLAINT = "complaint", _("complained")
        ASKED = "asked", _("asked to be left alone")
        BY_HAND = "hand", _("by hand")

    #: What the reader asked for is not got round by writing to the house instead.
    WISHES = frozenset({Cause.COMPLAINT, Cause.ASKED})

    email = models.CharField(_("address"), max_length=254)
    cause = models.CharField(_("cause"), max_length=10, choices=Cause.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("since"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lifted by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lifted_why = models.CharField(_("why it was lifted"), max_length=300, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=Q(lifted_at=None), name="an_address_is_suppressed_once"
            ),
        ]

    def __str__(self) -> str:
        return self.email
