"""Certificates: what was certified, signed, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.duties.patterns import DatedPattern
from portal.languages.fields import PlainLine, PlainText, UnescapedJSON
from portal.people.models import Person
from training.models.events import Event
from training.models.registrations import Registration


class CertificatePattern(DatedPattern):
    """How the numbers of certificates are written, from one day to another."""

    class Meta:
        verbose_name = _("number pattern of certificates")
        verbose_name_plural = _("number patterns of certificates")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="certificate_pattern_ends_after_it_began",
            )
        ]


class CertificateYear(models.Model):
    """The row that is locked while the numbers of a year are given, so that there is no gap and none twice."""

    year = models.PositiveSmallIntegerField(primary_key=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.year)


class CertificateQuerySet(models.QuerySet):
    def valid(self) -> "CertificateQuerySet":
        return self.filter(revoked_at=None, replaced_at=None)


class Certificate(models.Model):
    """What the ministry certifies about one person, word for word as it was signed. The facts outlive the registration."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    printed = PlainLine(_("number"), max_length=80)
    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="certificates"
    )
    registration = models.ForeignKey(
        Registration, verbose_name=_("registration"), on_delete=models.PROTECT, related_name="certificates"
    )
    signer = models.ForeignKey(Person, verbose_name=_("signer"), on_delete=models.PROTECT, related_name="+")
    full_name = PlainLine(_("full name"), max_length=200)
    facts = models.JSONField(encoder=UnescapedJSON)  # as rules.certificates.facts_of says them
    signature = models.CharField(max_length=120)  # Ed25519 of the canonical JSON of the facts, base64
    check_code = models.CharField(
        max_length=16, unique=True
    )  # nobody finds the page of a certificate without it
    issued_at = models.DateTimeField(_("issued"))

    replaces = models.OneToOneField(
        "self", verbose_name=_("in place of"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )  # fmt: skip
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    why = PlainText(_("why it was revoked or replaced"), max_length=500, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-year", "-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], name="a_number_of_a_certificate_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(revoked_at=None, replaced_at=None),
                name="one_valid_certificate_for_a_registration",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(replaced_at=None),
                name="a_certificate_is_revoked_or_replaced",
            ),
        ]

    def __str__(self) -> str:
        return self.printed

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.replaced_at is None

    @property
    def address_code(self) -> str:
        """What stands in its address: the year, the number, the check."""
        return f"{self.year}-{self.number}-{self.check_code}"
