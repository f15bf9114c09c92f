"""The quarterly bulletin, and the licence it appears under."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.editorial.models import Edition, Publishable
from portal.editorial.models.state import OPEN
from portal.languages.dates import Quarter
from portal.languages.fields import PlainLine, PlainText, read_records
from portal.richtext.fields import RichText
from publications import issues, pins
from publications.composition import Composition


class LicenceQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "LicenceQuerySet":
        return self.filter(valid_from__lte=day, valid_until__gte=day)


class Licence(models.Model):
    """A licence to publish a bulletin (giấy phép xuất bản bản tin): its terms are data, for they change with the law.

    Press Law 103/2016/QH13, article 34: it holds for a year at most; 19 × 27 cm and 64 pages at most; no advertising.
    """

    name = PlainLine(_("name of the bulletin"), max_length=160)
    publisher = PlainLine(_("publisher"), max_length=200)
    number = PlainLine(_("number of the licence"), max_length=60)
    issuer = PlainLine(_("issued by"), max_length=200)
    issued_on = models.DateField(_("issued on"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    page_cap = models.PositiveSmallIntegerField(_("pages at most"), default=64)
    width_mm = models.PositiveSmallIntegerField(_("page width, mm"), default=190)
    height_mm = models.PositiveSmallIntegerField(_("page height, mm"), default=270)
    print_run = models.PositiveIntegerField(_("copies printed"), default=0)
    printed_at = PlainLine(_("printed at"), max_length=200, blank=True)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulletin licence")
        verbose_name_plural = _("bulletin licences")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=models.F("valid_from")), name="a_licence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(page_cap__gte=1, width_mm__range=(100, 190), height_mm__range=(140, 270)),
                name="a_licence_keeps_the_legal_size",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def is_approved_with(self) -> bool:
        """An issue under this licence is approved, scheduled or before readers."""
        bulletins = self.bulletins.values("pk")
        kind = ContentType.objects.get_for_model(Bulletin)
        closed = Edition.objects.filter(content_type=kind, object_id__in=bulletins).exclude(state__in=OPEN)
        return closed.exists()

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until


class Bulletin(Publishable):
    """The bulletin of one quarter. English comes first; a Vietnamese edition has contents of its own."""

    section = "publications"
    SHELF = 1
    translated_content = (
        *Publishable.translated_content, "standfirst", "foreword", "foreword_by", "figures", "responsible", "contents",
    )  # fmt: skip
    shared_content = (*Publishable.shared_content, "year", "quarter", "number", "dated", "licence")
    required_content = ("title", "standfirst", "contents")
    read_side_needs = ("licence",)
    placement_roles = ("cover", "figure", "photo", "attachment")
    languages_stand_alone = True

    title = PlainLine(_("title"), max_length=250, blank=True)
    standfirst = PlainText(_("in one sentence"), max_length=500, blank=True)
    foreword = RichText(_("foreword"), blank=True)
    foreword_by = PlainLine(_("foreword signed by"), max_length=200, blank=True)
    figures = PlainText(
        _("figures of the quarter"),
        blank=True,
        help_text=_("One on a line, the figure before the bar: 63 | missions receive this bulletin"),
    )
    responsible = PlainLine(_("responsible for the contents"), max_length=200, blank=True)
    contents = Composition(_("contents"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), choices=[(1, "I"), (2, "II"), (3, "III"), (4, "IV")]
    )
    number = models.PositiveSmallIntegerField(_("number of the issue"), null=True, blank=True)
    dated = models.DateField(_("date on the title page"))
    licence = models.ForeignKey(
        Licence,
        verbose_name=_("licence"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bulletins",
    )

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        ordering = ["-year", "-quarter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "quarter"], condition=Q(working_copy_of=None), name="one_bulletin_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4), year__range=(1990, 2199)), name="a_bulletin_of_a_quarter"
            ),
        ]

    def clean(self) -> None:
        """Year and quarter are its address: one issue each, and kept once readers have had it."""
        others = (
            Bulletin.objects.originals().filter(year=self.year, quarter=self.quarter).exclude(pk=self.root_pk)
        )
        if others.exists():
            raise ValidationError({"quarter": _("There is a bulletin of this quarter already.")})
        if self.has_moved():
            raise ValidationError(
                {"quarter": _("Year and quarter are its address, which readers have already.")}
            )

    def has_moved(self) -> bool:
        """A working copy of another quarter than the issue readers have."""
        return self.is_working_copy and (self.year, self.quarter) != (self.root.year, self.root.quarter)

    @property
    def reference(self) -> str:
        """How others name it: "publications.bulletin:7"."""
        return f"{self._meta.label_lower}:{self.root_pk}"

    def of_quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @staticmethod
    def usual_title(licence: Licence, quarter: Quarter, language: str) -> str:
        """ "Foreign Information Bulletin, third quarter of 2026"; "" for a licence without a name in this language."""
        if not (name := getattr(licence, f"name_{language}")):
            return ""
        named = quarter.title(language)
        return f"{name}, {named[0].lower()}{named[1:]}"

    def records(self, language: str) -> list[dict[str, Any]]:
        """Its contents in one language; see `composition`."""
        return read_records(self.text("contents", language))

    def public_url(self) -> str:
        return reverse("publications:bulletin", args=[self.year, self.quarter])

    def read_side(self, language: str) -> dict[str, Any]:
        """See Publishable: the whole issue as its four faces show it is the entry's face."""
        return {
            "summary": self.text("standfirst", language),
            "text": f"{self.text('foreword', language)}<p>{self.words('contents', language)}</p>",
            "shelf_id": self.SHELF,
            "shelf_title": str(_("Bulletin")),
            "shelf_url": reverse("publications:bulletins"),
            "face": issues.issue_of(self, language),
        }

    def reason_against_release(self, language: str) -> str | None:
        """See Publishable: a text in it was corrected or taken down since, or its licence does not hold any more."""
        if self.licence is None or not self.licence.is_valid_on(self.dated):
            return str(_("The licence of this bulletin does not hold on its date."))
        records = self.records(language)
        wrong = pins.wrong(pins.pinned_in(records), language)
        titles = [record["pin"]["title"] for record in records if record.get("of") in wrong]
        said = _("Corrected or taken down since the contents were frozen: %(titles)s.")
        return said % {"titles": ", ".join(f"“{title}”" for title in titles)} if titles else None

    def also_shown(self, language: str) -> set[UUID]:
        return issues.pictures_of(self.records(language))
