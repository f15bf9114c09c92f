"""Who gets what: lists by rule and by hand, and the public who signed up, with what they agreed to."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Country, Post
from portal.languages.fields import PlainLine, PlainText
from portal.search.models import Topic


class Interest(models.Model):
    """A topic the holder of a post wants to hear of."""

    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="interests")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        constraints = [models.UniqueConstraint(fields=["post", "topic"], name="an_interest_is_named_once")]

    def __str__(self) -> str:
        return f"{self.post}: {self.topic}"


class MailingList(models.Model):
    """Posts of some kinds and countries, posts added by hand, and whoever of the public signed up."""

    title = PlainLine(_("title"), max_length=120)
    description = PlainText(_("description"), max_length=400, blank=True)
    slug = models.SlugField(_("key"), max_length=60, unique=True)
    is_public = models.BooleanField(_("anybody may sign up"), default=False)
    kinds = models.JSONField(_("kinds of organisation"), default=list, blank=True)
    countries = models.ManyToManyField(
        Country, verbose_name=_("only of these countries"), blank=True, related_name="+"
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("only those interested in these topics"),
        blank=True,
        related_name="+",
        help_text=_("Of the kinds chosen above; of all kinds, where none is chosen."),
    )
    posts = models.ManyToManyField(
        Post, verbose_name=_("posts added by hand"), blank=True, related_name="lists_added_to"
    )
    left_out = models.ManyToManyField(
        Post, verbose_name=_("posts left out by hand"), blank=True, related_name="lists_left_out_of"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("mailing list")
        verbose_name_plural = _("mailing lists")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.title_vi or self.title_en or self.slug


class Subscriber(models.Model):
    """An address that chose something for itself: to get a list, not to get one, a language."""

    email = models.CharField(_("address"), max_length=254, unique=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("vi", _("Vietnamese")), ("en", _("English"))], default="vi"
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")

    def __str__(self) -> str:
        return self.email


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self) -> "SubscriptionQuerySet":
        return self.filter(state=Subscription.State.CONFIRMED)

    def awaiting(self, now: datetime) -> "SubscriptionQuerySet":
        """Asked for and not yet confirmed, while the link holds."""
        return self.filter(state=Subscription.State.ASKED, asked_at__gt=now - Subscription.LINK_HOLDS)


class Subscription(models.Model):
    """One address and one list; the words agreed to are kept with the day."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for, not confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        LEFT = "left", _("left")

    LINK_HOLDS = timedelta(days=7)

    subscriber = models.ForeignKey(
        Subscriber, verbose_name=_("subscriber"), on_delete=models.CASCADE, related_name="subscriptions"
    )
    list = models.ForeignKey(
        MailingList, verbose_name=_("mailing list"), on_delete=models.PROTECT, related_name="subscriptions"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    asked_at = models.DateTimeField(_("asked"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    left_at = models.DateTimeField(_("left"), null=True)
    consent = models.TextField(_("words agreed to"), blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "list"], name="one_subscription_to_a_list"),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed")
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(consent="")),
                name="confirmed_with_its_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} – {self.list}"
