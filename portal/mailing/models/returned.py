"""What came back to a return path: a failure, a delay, an answer of a machine. Some of it is work for a person."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.directory.emails import LONGEST
from portal.directory.models import Post
from portal.mailing import private
from portal.mailing.models.deliveries import Delivery


class ReturnedQuerySet(models.QuerySet):
    def to_do(self) -> "ReturnedQuerySet":
        """Absences and departures nobody has decided about."""
        return self.filter(kind=Returned.Kind.REPLY, seen_at=None)

    def shown_to(self, person: Any) -> "ReturnedQuerySet":
        """Without answers to letters that are the business of others: see `private`."""
        return self.exclude(private.kept_from(person, "delivery__"))


class Returned(models.Model):
    """One message that came back; the same one read twice is one."""

    class Kind(models.TextChoices):
        FAILURE = "failure", _("could not be delivered")
        DELAY = "delay", _("is delayed")
        COMPLAINT = "complaint", _("complaint")
        REPLY = "reply", _("automatic reply")

    class Says(models.TextChoices):
        """What a reply means, as far as a machine can read it."""

        LEFT = "left", _("has left the post")
        AWAY = "away", _("is away")
        UNCLEAR = "unclear", _("to be read")

    class Decision(models.TextChoices):
        NEW_ADDRESS = "address", _("the post has another address")
        LEFT = "left", _("the post stands empty")
        NOTHING = "nothing", _("nothing to do")

    delivery = models.ForeignKey(
        Delivery, verbose_name=_("delivery"), on_delete=models.PROTECT, related_name="returned"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=15, blank=True)  # RFC 3463, like "5.1.1"
    words = models.TextField(_("words"), blank=True)
    says = models.CharField(_("says"), max_length=10, choices=Says.choices, blank=True)
    #: An address found in the words, fit to be sent to. It takes effect only when a person decides so.
    proposed = models.CharField(_("proposed address"), max_length=LONGEST, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    at = models.DateTimeField(_("came back"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    seen_at = models.DateTimeField(_("decided"), null=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ReturnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("returned letter")
        verbose_name_plural = _("returned letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="") | Q(seen_at__isnull=False), name="what_was_decided_has_its_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery.email}: {self.get_kind_display()}"

    @property
    def waits(self) -> bool:
        """Whether a person still has to decide."""
        return self.kind == self.Kind.REPLY and self.seen_at is None

    def posts(self) -> models.QuerySet[Post]:
        """The posts reached today at the address this came from."""
        return Post.objects.filter(addresses__email__iexact=self.delivery.email, addresses__left_on=None)

    @property
    def is_of_another_domain(self) -> bool:
        """Whether the proposal leads away from the house that answered."""
        return bool(self.proposed) and self.proposed.rpartition("@")[2] != self.delivery.domain.lower()
