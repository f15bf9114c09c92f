"""Who receives what the house sends: countries, organisations, their posts, and addresses with their history.

A post is a role, not a person ("Press attaché, Embassy of Laos"). People come and go: each address has its days.
"""

from datetime import date

from django.conf import settings
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from portal.directory.emails import LONGEST, readable
from portal.languages.dates import Quarter
from portal.languages.fields import PlainLine, PlainText
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
    def current_address(self) -> "Address | None":
        """The address in use today; asked of the database unless `with_current_address` has."""
        found = getattr(self, "current_addresses", None)
        if found is None:
            return self.addresses.current().first()
        return found[0] if found else None


class AddressQuerySet(models.QuerySet):
    def current(self) -> "AddressQuerySet":
        return self.filter(left_on=None)

    def former(self) -> "AddressQuerySet":
        return self.exclude(left_on=None)


class Address(models.Model):
    """An e-mail address of a post from one day to another. Changed through `actions` alone."""

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.PROTECT, related_name="addresses")
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


class Review(models.Model):
    """One answer to the quarterly question "who has left?"."""

    class Answer(models.TextChoices):
        STILL_THERE = "still_there", _("still there")
        LEFT = "left", _("has left")
        UNKNOWN = "unknown", _("not known")

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.PROTECT, related_name="reviews")
    quarter = models.CharField(_("quarter"), max_length=7)  # "2026-Q4", as `str(Quarter)` says it
    answer = models.CharField(_("answer"), max_length=12, choices=Answer.choices)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-quarter", "-at"]
        constraints = [
            models.UniqueConstraint(fields=["post", "quarter"], name="post_reviewed_once_a_quarter"),
            models.CheckConstraint(
                condition=models.Q(
                    *[("quarter__endswith", f"-Q{number}") for number in range(1, 5)], _connector=models.Q.OR
                ),
                name="review_of_a_quarter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}: {self.get_answer_display()}"


class Upload(models.Model):
    """A file read and not yet imported: one for each person, gone once it is imported or given up."""

    by = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = PlainLine(max_length=200)
    lines = models.JSONField()  # [[number, {column: text}], …], as `reading.Table` has them
    left_out = models.JSONField(default=list)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
