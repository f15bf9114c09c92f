"""News: articles on shelves called categories."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.editorial.models import Publishable
from portal.languages.fields import PlainLine, PlainText
from portal.library.faces import placed
from portal.richtext.fields import RichText


class Category(models.Model):
    """A shelf of the news (chuyên mục): its name and address are data, in both languages."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = PlainLine(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=140, unique=True)
    description = PlainText(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    on_home_page = models.BooleanField(_("on the home page"), default=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name or self.name_vi or self.name_en or self.key

    def get_absolute_url(self) -> str:
        return reverse("news:category", args=[self.slug])


class FormerSlug(models.Model):
    """An address a category once had; readers who come by it are led on."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="former_slugs")
    language = models.CharField(max_length=2)
    slug = models.SlugField(max_length=140)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="former_slug_leads_to_one_category")
        ]

    def __str__(self) -> str:
        return self.slug


class Article(Publishable):
    """A news article, in Vietnamese and, when somebody has translated it, in English."""

    section = "news"
    translated_content = (*Publishable.translated_content, "standfirst", "body", "source", "dateline")
    shared_content = (*Publishable.shared_content, "category", "byline", "event_on", "prominence")
    required_content = ("title", "standfirst", "body")
    relations_content = ("topics", "related")
    read_side_needs = ("category",)

    class Prominence(models.IntegerChoices):
        NORMAL = 0, _("in its category")
        FEATURED = 1, _("featured on the home page")
        LEAD = 2, _("lead story of the home page")

    title = PlainLine(_("headline"), max_length=250, blank=True)
    standfirst = PlainText(_("standfirst"), max_length=800, blank=True)
    body = RichText(_("body"), blank=True)
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="articles"
    )
    byline = PlainLine(
        _("byline"),
        max_length=120,
        blank=True,
        help_text=_("The name readers see; it need not be that of an account."),
    )
    source = PlainLine(_("source"), max_length=160, blank=True)
    dateline = PlainLine(_("place"), max_length=80, blank=True)
    event_on = models.DateField(_("date of the event"), null=True, blank=True)
    prominence = models.PositiveSmallIntegerField(
        _("prominence"),
        choices=Prominence.choices,
        default=Prominence.NORMAL,
        help_text=_("In front for at most sixty days, and until a newer piece takes the place."),
    )
    related = models.ManyToManyField(
        "self", verbose_name=_("related articles"), blank=True, symmetrical=False, related_name="+",
        limit_choices_to={"working_copy_of": None},
    )  # fmt: skip

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-created_at", "-pk"]

    def public_url(self) -> str:
        if self.slug:
            return reverse("news:article", args=[self.slug, self.root_pk])
        return reverse("news:article_by_number", args=[self.root_pk])

    def read_side(self, language: str) -> dict[str, Any]:
        """See Publishable: what a card, the search and the article page say, in the active language."""
        return {
            "summary": self.text("standfirst", language),
            "text": self.text("body", language),
            "shelf_id": self.category_id,
            "shelf_title": self.category.name or "",
            "shelf_url": self.category.get_absolute_url() if self.category.slug else "",
            "prominence": self.prominence,
            "face": {
                "byline": self.byline,
                "source": self.text("source", language),
                "dateline": self.text("dateline", language),
                "event_on": self.event_on.isoformat() if self.event_on else None,
                "body": self.text("body", language),
                "related": [related.pk for related in self.related.all()],
                "topics": [
                    {"id": topic.pk, "title": topic.title, "url": topic.get_absolute_url()}
                    for topic in self.topics.all()
                    if topic.title and topic.slug
                ],
                **placed(self.placements.all()),
            },
        }
