"""People who speak, chair, sign and teach, with the offices they held and when: a title is that of its day."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.languages.fields import PlainLine, PlainText
from portal.languages.folding import fold
from portal.languages.names import split


class PersonQuerySet(models.QuerySet):
    def matching(self, words: str) -> "PersonQuerySet":
        """Those whose names or offices hold every word, in any case, with or without diacritics."""
        matches = self
        for word in fold(words).split():
            offices = Office.objects.filter(person=models.OuterRef("pk"), folded__contains=word)
            matches = matches.filter(Q(folded__contains=word) | models.Exists(offices))
        return matches

    def with_offices(self) -> "PersonQuerySet":
        """With all that `office_on` and `titled` ask for."""
        return self.prefetch_related("offices")


class Person(models.Model):
    """Somebody whose name readers see. Family name first, in both languages (DOMAIN: names are not turned round)."""

    class Address(models.TextChoices):
        MR = "mr", _("Mr")
        MS = "ms", _("Ms")

    full_name = PlainLine(
        _("full name"), max_length=120, help_text=_("As its bearer writes it: Nguyễn Thị Quỳnh Anh.")
    )
    given_name = PlainLine(
        _("given name"), max_length=60, blank=True,
        help_text=_("By which the person is addressed and sorted: Quỳnh Anh. The last syllable when left empty."),
    )  # fmt: skip
    address = models.CharField(_("form of address"), max_length=2, choices=Address.choices, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    biography = PlainText(_("biography"), blank=True)
    folded = models.TextField(blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["full_name", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def office_on(self, day: date) -> "Office | None":
        """The first of the offices held on a day; None when there was none."""
        held = [office for office in self.offices.all() if office.was_held_on(day)]
        return min(held, key=lambda office: (office.position, -office.since.toordinal()), default=None)

    def title_on(self, day: date, language: str) -> str:
        """The title held on a day, in one language; empty when there was none."""
        office = self.office_on(day)
        return office.titled(language) if office else ""

    def named_on(self, day: date, language: str) -> str:
        """The person with the title of the day: “Nguyễn Thị Quỳnh Anh, Vụ trưởng Vụ Hợp tác quốc tế”."""
        return ", ".join(part for part in (self.addressed(language), self.title_on(day, language)) if part)

    def addressed(self, language: str) -> str:
        """The name with its form of address: “Bà Quỳnh …”, “Ms Nguyễn …”; the bare name when none is known."""
        if not self.address:
            return self.full_name
        with override(language):
            return f"{self.get_address_display()} {self.full_name}"


class Office(models.Model):
    """An office a person held from one day to another, with its official title in both languages."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="offices"
    )
    title = PlainLine(_("official title"), max_length=200)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Of several offices held at once, the lowest is the one named.")
    )
    folded = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["-since", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="office_ends_after_it_began",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(title_en__isnull=False) & ~Q(title_en=""), name="office_titled_in_english"
            ),
        ]

    def __str__(self) -> str:
        return self.titled(get_language() or "vi")

    def titled(self, language: str) -> str:
        return getattr(self, f"title_{language}") or ""

    def was_held_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def folded_name(person: Person) -> str:
    """What `matching` looks in."""
    return fold(f"{person.full_name} {person.given_name}")


def folded_title(office: Office) -> str:
    return fold(f"{office.title_vi or ''} {office.title_en or ''}")


def given_name_of(full_name: str) -> str:
    """The given name proposed for a full name: its last syllable."""
    return split(full_name).given
