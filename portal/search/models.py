"""The read side: one row per published thing and language. Home, lists, feeds, search and exports read it and nothing else."""

from datetime import datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine, PlainText, UnescapedJSON


class TopicQuerySet(models.QuerySet):
    def announced(self, now: datetime, language: str) -> "TopicQuerySet":
        """A topic is announced by its first public entry in a language; until then not even its name is told."""
        public = EntryTopic.objects.filter(topic=models.OuterRef("pk"), language=language).listed(now)
        return self.filter(models.Exists(public))


class Topic(models.Model):
    """A dossier that collects items of every section (chủ đề)."""

    title = PlainLine(_("title"), max_length=150)
    slug = models.SlugField(_("address"), max_length=170, unique=True)
    summary = PlainText(_("summary"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.title_vi or self.title_en or "—"

    def get_absolute_url(self) -> str:
        """Its address in the active language, in which it must have one."""
        return reverse("search:topic", args=[self.slug])


#: What no card of a list shows.
_LONG = ("text", "text_folded", "face", "changes", "notice")


class EntryQuerySet(models.QuerySet):
    def in_language(self, language: str) -> "EntryQuerySet":
        return self.filter(language=language)

    def begun(self, now: datetime) -> "EntryQuerySet":
        """Whose hour has come. Withdrawn and retracted pieces are among them: their addresses answer with an explanation."""
        return self.filter(visible_from__lte=now)

    def listed(self, now: datetime, until: datetime | None = None) -> "EntryQuerySet":
        """What lists, home and feeds may show: begun, live, and not expired.

        `until` is the latest hour a page of the past asks for. It replaces `now` as the upper bound: of two such bounds
        SQLite follows the first it meets, and would walk the archive from today down to the page.
        """
        return self.begun(min(now, until or now)).filter(
            Q(visible_until=None) | Q(visible_until__gt=now), status=Entry.Status.LIVE
        )

    def newest(self) -> "EntryQuerySet":
        """The one order of every list; `pk` makes it total, so that pages by keyset neither skip nor repeat."""
        return self.order_by("-visible_from", "-pk")

    def for_cards(self) -> "EntryQuerySet":
        """Without the long columns that no list shows."""
        return self.defer(*_LONG)

    def about(self, thing: models.Model) -> "EntryQuerySet":
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


class Entry(models.Model):
    """What readers may know of one thing in one language, and from when until when."""

    class Status(models.TextChoices):
        LIVE = "live", _("live")
        WITHDRAWN = "withdrawn", _("withdrawn")
        GONE = "gone", _("gone")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=60)
    section = models.CharField(max_length=40)
    shelf_id = models.PositiveBigIntegerField(null=True, blank=True)
    shelf_title = models.CharField(max_length=200, blank=True)
    shelf_url = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    title_folded = models.TextField()
    text_folded = models.TextField(blank=True)
    url = models.CharField(max_length=400)
    image = models.JSONField(null=True, blank=True)
    face = models.JSONField(
        default=dict, blank=True, encoder=UnescapedJSON
    )  # what the section's page shows besides, frozen when released
    prominence = models.PositiveSmallIntegerField(default=0)
    topics = models.ManyToManyField(Topic, through="EntryTopic", related_name="entries")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.LIVE)
    notice = models.TextField(blank=True)
    status_since = models.DateTimeField(null=True, blank=True)
    successor = models.CharField(max_length=400, blank=True)
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    changes = models.JSONField(default=list, blank=True)
    translation = models.JSONField(default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the read side")
        verbose_name_plural = _("read side")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="one_entry_per_language"
            ),
            models.CheckConstraint(
                condition=Q(visible_until=None) | Q(visible_until__gt=models.F("visible_from")),
                name="seen_before_expiry",
            ),
        ]
        indexes = [
            models.Index(fields=["language", "status", "-visible_from", "-id"], name="entry_newest"),
            models.Index(
                fields=["language", "section", "shelf_id", "-visible_from", "-id"], name="entry_by_shelf"
            ),
            models.Index(
                fields=["language", "-visible_from"],
                condition=Q(prominence__gt=0, status="live"),
                name="entry_prominent",
            ),
            models.Index(fields=["visible_from"], name="entry_next_change"),
            models.Index(
                fields=["visible_until"], condition=Q(visible_until__isnull=False), name="entry_next_expiry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def has_begun(self, now: datetime) -> bool:
        return self.visible_from <= now

    def is_listed(self, now: datetime) -> bool:
        return self.has_begun(now) and self.status == self.Status.LIVE and not self.has_expired(now)

    def has_expired(self, now: datetime) -> bool:
        return self.visible_until is not None and self.visible_until <= now


class EntryTopicQuerySet(models.QuerySet):
    def listed(self, now: datetime, until: datetime | None = None) -> "EntryTopicQuerySet":
        """Topics' entries that lists may show, with what a card shows; `until` as for entries."""
        return (
            self.filter(
                Q(entry__visible_until=None) | Q(entry__visible_until__gt=now),
                entry__status=Entry.Status.LIVE,
            )
            .filter(visible_from__lte=min(now, until or now))
            .select_related("entry")
            .defer(*(f"entry__{column}" for column in _LONG))
        )

    def newest(self) -> "EntryTopicQuerySet":
        return self.order_by("-visible_from", "-entry_id")


class EntryTopic(models.Model):
    """An entry in a topic, with its hour repeated so that a topic's list is one index walk however long the archive."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="in_topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    visible_from = models.DateTimeField()

    objects = EntryTopicQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "topic"], name="entry_once_in_topic")]
        indexes = [models.Index(fields=["topic", "language", "-visible_from", "-entry"], name="topic_newest")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.entry_id}"


class EntryAsset(models.Model):
    """A picture or file an entry shows: what the library asks before it hands one to a reader."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="shown_assets")
    asset = models.ForeignKey("library.Asset", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "entry"], name="asset_shown_once_by_entry")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.asset_id}"


class ReadSide(models.Model):
    """The one row whose version every cached page carries: raised by whatever changes what readers see."""

    version = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = _("version of the read side")

    def __str__(self) -> str:
        return str(self.version)
