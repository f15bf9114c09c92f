"""Seats kept for a group until a day."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.languages.fields import PlainLine
from training.models.events import Event


class QuotaQuerySet(models.QuerySet):
    def kept(self, now: datetime) -> "QuotaQuerySet":
        """Whose seats are not released yet."""
        return self.filter(Q(released_at=None) | Q(released_at__gt=now))


class Quota(models.Model):
    """So many seats of an event for people of some units, or of a kind of organisation.

    One with neither is for those alone who are nominated, or put there by the organisers.

    Until `released_at` they are for the group alone, and the group has no others; from then on what is unused belongs to all.
    Its focal point (đầu mối) may name the people: then the letter with the link to do so goes to `focal_email`.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="quotas")
    name = PlainLine(_("group"), max_length=160)
    seats = models.PositiveIntegerField(_("seats"))
    units = models.ManyToManyField(Organisation, verbose_name=_("units"), blank=True, related_name="+")
    kind = models.CharField(
        _("or all of a kind"), max_length=20, choices=Organisation.Kind.choices, blank=True
    )
    released_at = models.DateTimeField(_("unused seats are for all from"), null=True, blank=True)
    focal_name = PlainLine(_("focal point"), max_length=200, blank=True)
    focal_email = models.CharField(_("its e-mail address"), max_length=254, blank=True)
    focal_language = models.CharField(
        _("language of its letters"), max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi"
    )  # fmt: skip
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["position", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def email(self) -> str:
        """To which its personal link is bound."""
        return self.focal_email

    def named_in(self, language: str) -> str:
        return getattr(self, f"name_{language}") or str(self)

    def is_kept(self, now: datetime) -> bool:
        return self.released_at is None or self.released_at > now
