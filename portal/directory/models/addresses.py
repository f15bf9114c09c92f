"""Where a post is reached, and was reached before: each address has its days."""

from datetime import date

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.directory.emails import LONGEST, readable
from portal.languages.fields import PlainLine, PlainText


class AddressQuerySet(models.QuerySet):
    def current(self) -> "AddressQuerySet":
        return self.filter(left_on=None)

    def former(self) -> "AddressQuerySet":
        return self.exclude(left_on=None)


class Address(models.Model):
    """An e-mail address of a post from one day to another. Changed through `actions` alone."""

    post = models.ForeignKey(
        "directory.Post", verbose_name=_("post"), on_delete=models.PROTECT, related_name="addresses"
    )
    email = models.EmailField(_("e-mail"), max_length=LONGEST)
    holder = PlainLine(_("holder"), max_length=120, blank=True)
    since = models.DateField(_("since"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    note = PlainText(_("note"), blank=True, validators=[MaxLengthValidator(500)])

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = [models.F("left_on").desc(nulls_first=True), "-pk"]
        indexes = [models.Index(fields=["email"], name="address_by_email")]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=models.Q(left_on=None), name="one_current_address_of_a_post"
            ),
            models.CheckConstraint(
                condition=models.Q(left_on=None) | models.Q(left_on__gte=models.F("since")),
                name="address_left_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(email__contains="@")
                & ~models.Q(email__contains="\n")
                & ~models.Q(email__contains="\r"),
                name="address_on_one_line",
            ),
        ]

    def __str__(self) -> str:
        return self.readable_email

    @property
    def readable_email(self) -> str:
        """For people: an international domain in its own letters."""
        return readable(self.email)

    @property
    def is_current(self) -> bool:
        return self.left_on is None

    def last_day(self, today: date) -> date:
        """The day it is left when it is left today: never before it began, whatever the clock says."""
        return max(self.since, today)
