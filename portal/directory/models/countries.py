"""Countries, by the codes of ISO 3166-1."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine
from portal.languages.folding import fold


class CountryQuerySet(models.QuerySet):
    def matching(self, words: str) -> "CountryQuerySet":
        """Those whose names or code hold every word, in any case, with or without diacritics."""
        matches = self
        for word in fold(words).split():
            matches = matches.filter(folded__contains=word)
        return matches


class Country(models.Model):
    """A country, by its code in ISO 3166-1 (alpha-2)."""

    code = models.CharField(
        _("code"), max_length=2, unique=True, validators=[RegexValidator(r"\A[A-Z]{2}\Z")],
        help_text=_("Two capital letters, as in ISO 3166: VN."),
    )  # fmt: skip
    name = PlainLine(_("name"), max_length=120)
    national_day = models.CharField(
        _("national day"), max_length=5, blank=True,
        validators=[RegexValidator(r"\A(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")],
        help_text=_("Month and day: 09-02."),
    )  # fmt: skip
    relations_since = models.DateField(_("diplomatic relations since"), null=True, blank=True)
    folded = models.TextField(blank=True, editable=False)  # what `matching` looks in; kept by `actions`

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(code=Upper("code")), name="country_code_in_capitals"),
        ]

    def __str__(self) -> str:
        return self.name or self.name_vi or self.name_en or self.code
