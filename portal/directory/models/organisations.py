"""Whoever has posts that are written to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.directory.models.addresses import Address
from portal.directory.models.countries import Country
from portal.languages.fields import PlainLine
from portal.languages.folding import fold


class OrganisationQuerySet(models.QuerySet):
    def active(self) -> "OrganisationQuerySet":
        return self.filter(is_active=True)

    def matching(self, words: str) -> "OrganisationQuerySet":
        """Those whose names, country or current addresses hold every word, with or without diacritics."""
        matches = self
        for word in fold(words).split():
            reached = Address.objects.current().filter(
                post__organisation=models.OuterRef("pk"), email__icontains=word
            )
            matches = matches.filter(
                models.Q(folded__contains=word)
                | models.Q(country__folded__contains=word)
                | models.Exists(reached)
            )
        return matches


class Organisation(models.Model):
    """An embassy, an agency, a newspaper …: whoever has posts that are written to."""

    class Kind(models.TextChoices):
        EMBASSY = "embassy", _("embassy")
        CONSULATE = "consulate", _("consulate general")
        INTERNATIONAL = "international", _("international organisation")
        NGO = "ngo", _("foreign non-governmental organisation")
        PARTNER = "partner", _("partner")
        PRESS = "press", _("press outlet")
        UNIT = "unit", _("unit of the ministry")
        PROVINCE = "province", _("provincial department")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    country = models.ForeignKey(
        Country, verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="organisations",
    )  # fmt: skip
    name = PlainLine(_("name"), max_length=200)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Nothing is sent to the posts of one that is not.")
    )
    folded = models.TextField(blank=True, editable=False)  # what `matching` looks in; kept by `actions`

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_vi", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "country", "name_en"],
                name="organisation_once_in_its_country",
                violation_error_message=_(
                    "There is an organisation of this kind, country and English name already."
                ),
            ),
            models.UniqueConstraint(
                fields=["kind", "name_en"],
                condition=models.Q(country=None),
                name="organisation_once_without_country",
                violation_error_message=_("There is an organisation of this kind and English name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(name_en__isnull=False) & ~models.Q(name_en=""),
                name="organisation_named_in_english",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.name_vi or self.name_en
