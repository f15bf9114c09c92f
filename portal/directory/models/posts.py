"""Posts: roles, not persons ("Press attaché, Embassy of Laos"). People come and go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.directory.models.addresses import Address
from portal.directory.models.organisations import Organisation
from portal.directory.models.reviews import Review
from portal.languages.dates import Quarter
from portal.languages.fields import PlainLine
from portal.languages.folding import fold


class PostQuerySet(models.QuerySet):
    def active(self) -> "PostQuerySet":
        """Posts in use, of organisations in use."""
        return self.filter(is_active=True, organisation__is_active=True)

    def reachable(self) -> "PostQuerySet":
        """Active posts that have an address today."""
        current = Address.objects.current().filter(post=models.OuterRef("pk"))
        return self.active().filter(models.Exists(current))

    def to_review(self, quarter: Quarter | str) -> "PostQuerySet":
        """Those whose holder may have left and about whom nobody has said so in this quarter.

        General mailboxes have no holder; posts without an address have been left.
        """
        reviewed = Review.objects.filter(post=models.OuterRef("pk"), quarter=str(quarter))
        return self.reachable().filter(~models.Exists(reviewed), is_general=False)

    def matching(self, words: str) -> "PostQuerySet":
        """Those whose title, organisation, country or current address hold every word, with or without diacritics."""
        matches = self
        for word in fold(words).split():
            reached = Address.objects.current().filter(post=models.OuterRef("pk"), email__icontains=word)
            matches = matches.filter(
                models.Q(folded__contains=word)
                | models.Q(organisation__folded__contains=word)
                | models.Q(organisation__country__folded__contains=word)
                | models.Exists(reached)
            )
        return matches

    def with_current_address(self) -> "PostQuerySet":
        """With all that `current_address` and `str()` ask for."""
        current = models.Prefetch("addresses", Address.objects.current(), to_attr="current_addresses")
        return self.select_related("organisation__country").prefetch_related(current)


class Post(models.Model):
    """A role in an organisation that letters are written to, whoever holds it."""

    class Language(models.TextChoices):
        VIETNAMESE = "vi", _("Vietnamese")
        ENGLISH = "en", _("English")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="posts"
    )
    title = PlainLine(_("title of the post"), max_length=160)
    salutation = PlainLine(
        _("salutation"), max_length=160, blank=True, help_text=_("How a letter begins: Dear Press Attaché.")
    )
    language = models.CharField(
        _("language of letters"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    is_general = models.BooleanField(
        _("general mailbox"),
        default=False,
        help_text=_("The organisation’s own mailbox, which nobody holds."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    folded = models.TextField(blank=True, editable=False)  # what `matching` looks in; kept by `actions`

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["organisation__name_vi", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title_en"],
                name="post_once_in_its_organisation",
                violation_error_message=_("The organisation has a post of this English title already."),
            ),
            models.CheckConstraint(
                condition=models.Q(title_en__isnull=False) & ~models.Q(title_en=""),
                name="post_titled_in_english",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["vi", "en"]), name="post_in_a_known_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.title_vi or self.title_en}, {self.organisation}"

    @property
    def current_address(self) -> Address | None:
        """The address in use today; asked of the database unless `with_current_address` has."""
        found = getattr(self, "current_addresses", None)
        if found is None:
            return self.addresses.current().first()
        return found[0] if found else None
