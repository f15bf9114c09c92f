"""What else the ministry publishes: photo books, brochures, leaflets, research reports."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from portal.editorial.models import Publishable
from portal.languages import other
from portal.languages.fields import PlainLine, PlainText
from portal.library.faces import placed
from portal.richtext.fields import RichText
from portal.web.models import SiteIdentity


class Publication(Publishable):
    """One work: its cover, its files in each language, for a photo book its photos in their order."""

    section = "publications"
    translated_content = (*Publishable.translated_content, "standfirst", "body", "authors", "rights")
    shared_content = (*Publishable.shared_content, "form", "year", "isbn")
    required_content = ("title", "standfirst")
    placement_roles = ("cover", "figure", "photo", "file_vi", "file_en", "print", "attachment")

    class Form(models.IntegerChoices):
        PHOTO_BOOK = 2, _("photo book")
        BROCHURE = 3, _("brochure")
        LEAFLET = 4, _("leaflet")
        RESEARCH = 5, _("research report")

    title = PlainLine(_("title"), max_length=250, blank=True)
    standfirst = PlainText(_("in a few sentences"), max_length=800, blank=True)
    body = RichText(_("description"), blank=True)
    authors = PlainLine(_("authors"), max_length=300, blank=True)
    rights = PlainText(
        _("rights"),
        max_length=400,
        blank=True,
        help_text=_("Who holds them, and what others may do with the work."),
    )
    form = models.PositiveSmallIntegerField(_("form"), choices=Form.choices, default=Form.BROCHURE)
    year = models.PositiveSmallIntegerField(_("year"))
    isbn = PlainLine("ISBN", max_length=20, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-year", "-created_at", "-pk"]

    def public_url(self) -> str:
        if self.slug:
            return reverse("publications:publication", args=[self.slug, self.root_pk])
        return reverse("publications:publication_by_number", args=[self.root_pk])

    def read_side(self, language: str) -> dict[str, Any]:
        """See Publishable. A photo's caption in the other language stands beside its own."""
        shown = placed(self.placements.all())
        with override(other(language)):
            elsewhere = placed(self.placements.all()).get("photos", [])
        for photo, twin in zip(shown.get("photos", []), elsewhere, strict=True):
            photo["other_caption"] = twin["caption"]
        return {
            "summary": self.text("standfirst", language),
            "text": f"{self.text('body', language)}\n{self.text('authors', language)}",
            "shelf_id": self.form,
            "shelf_title": capfirst(self.get_form_display()),
            "shelf_url": f"{reverse('publications:shelf')}?form={self.form}",
            "face": {
                "body": self.text("body", language),
                "authors": self.text("authors", language),
                "rights": self.text("rights", language),
                "year": self.year,
                "isbn": self.isbn,
                "form": self.form,
                **self._publisher(),
                "topics": [
                    {"id": topic.pk, "title": topic.title, "url": topic.get_absolute_url()}
                    for topic in self.topics.all()
                    if topic.title and topic.slug
                ],
                **shown,
            },
        }

    def _publisher(self) -> dict[str, str]:
        """Who the imprint of a photo book names; other works bring their own."""
        if self.form != self.Form.PHOTO_BOOK:
            return {}
        site = SiteIdentity.objects.first()
        return {"publisher": site.ministry_name if site else ""}
