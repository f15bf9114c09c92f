"""Edition: the state of one thing in one language. The only truth about what is public, and from when."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.editorial.models.state import DATED, OPEN, PUBLIC, State


class EditionQuerySet(models.QuerySet):
    def of(self, thing: models.Model) -> "EditionQuerySet":
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(content_type=kind, object_id=thing.pk)

    def published(self, now: datetime) -> "EditionQuerySet":
        """What readers may see at this moment, computed from the row alone: no job has to have run."""
        return self.filter(Q(expire_at=None) | Q(expire_at__gt=now), state__in=PUBLIC, publish_at__lte=now)

    def due(self, now: datetime) -> "EditionQuerySet":
        """Scheduled or under embargo, and its hour has come."""
        return self.filter(state__in=DATED, publish_at__lte=now)

    def expired(self, now: datetime) -> "EditionQuerySet":
        """Published, and past its expiry."""
        return self.filter(state=State.PUBLISHED, expire_at__lte=now)

    def late(self, now: datetime) -> "EditionQuerySet":
        """Due for more than a minute and still not released: the clock is dead, or the item is blocked."""
        return self.due(now - timedelta(minutes=1))

    def awaiting_review_afterwards(self) -> "EditionQuerySet":
        return self.exclude(urgent_at=None).filter(reviewed_after_at=None)

    def returned(self) -> "EditionQuerySet":
        return self.filter(state=State.DRAFT).exclude(returned_at=None)


def staff(verbose_name: Any) -> models.ForeignKey:
    """A person who did something here; people who did something are closed, not deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )


class Edition(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    language = models.CharField(_("language"), max_length=2)

    is_source = models.BooleanField(_("original language"), default=False)
    writer = staff(_("writer"))  # who wrote in it last

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    expire_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    updated_publicly_at = models.DateTimeField(_("updated for readers"), null=True, blank=True)

    approved_digest = models.CharField(max_length=64, blank=True)
    approved_by = staff(_("approved by"))
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    published_digest = models.CharField(max_length=64, blank=True)
    published_version = models.PositiveIntegerField(default=0)  # versions up to this number were once public
    reviewed_version = models.PositiveIntegerField(default=0)  # the last of them that passed four eyes
    field_digests = models.JSONField(default=dict, blank=True)  # of the published text, field by field
    made_from = models.JSONField(
        default=dict, blank=True
    )  # field → {"digest", "version"} of the source translated

    urgent_at = models.DateTimeField(_("published urgently"), null=True, blank=True)
    urgent_by = staff(_("published urgently by"))
    urgent_reason = models.TextField(_("reason for urgency"), blank=True)
    reviewed_after_at = models.DateTimeField(_("reviewed afterwards"), null=True, blank=True)
    reviewed_after_by = staff(_("reviewed afterwards by"))

    explanation = models.TextField(_("public explanation"), blank=True)
    explained_at = models.DateTimeField(null=True, blank=True)
    successor = models.CharField(_("replaced by (address on this portal)"), max_length=400, blank=True)
    changes = models.JSONField(default=list, blank=True)  # public notes: [{"at", "kind", "note"}]

    returned_note = models.TextField(_("note of the return"), blank=True)
    returned_by = staff(_("returned by"))
    returned_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(_("why it could not go out"), blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    state_since = models.DateTimeField(_("in this state since"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        default_permissions = ()
        permissions = [
            ("write_vi", _("Can write Vietnamese")),
            ("write_en", _("Can write English")),
            ("submit", _("Can submit for review")),
            ("return", _("Can return to the writer")),
            ("approve_vi", _("Can approve Vietnamese")),
            ("approve_en", _("Can approve English")),
            ("publish", _("Can schedule and publish")),
            ("publish_urgently", _("Can publish urgently")),
            ("withdraw", _("Can withdraw, retract and reinstate")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"], name="one_edition_per_language"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="edition_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[*PUBLIC, State.WITHDRAWN]) | Q(publish_at__isnull=False),
                name="public_edition_has_its_hour",
            ),
            models.CheckConstraint(
                condition=Q(expire_at=None) | Q(publish_at=None) | Q(expire_at__gt=F("publish_at")),
                name="edition_expires_after_it_appears",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "publish_at"], name="edition_due"),
            models.Index(
                fields=["content_type", "language", "state", "publish_at"], name="edition_published"
            ),
            models.Index(fields=["expire_at"], condition=Q(expire_at__isnull=False), name="edition_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id} {self.language} {self.state}"

    @property
    def is_open(self) -> bool:
        """Its text may be changed in place: it is being written, and no reader has its page."""
        return self.state in OPEN and not self.was_public

    @property
    def is_dated(self) -> bool:
        """It waits for its hour, and appears then by itself."""
        return self.state in DATED

    @property
    def was_public(self) -> bool:
        """Readers have, or had, its page; what replaces the text is written in a working copy."""
        return self.first_published_at is not None

    def is_public(self, now: datetime) -> bool:
        return (
            self.state in PUBLIC
            and self.publish_at is not None
            and self.publish_at <= now
            and (self.expire_at is None or self.expire_at > now)
        )
