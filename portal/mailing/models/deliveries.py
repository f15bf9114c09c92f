"""What is sent, and to whom it went: one Delivery for each recipient, whatever becomes of it."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine, PlainText
from portal.mailing import private
from portal.mailing.models.mailings import Mailing


class Message(models.Model):
    """A letter's words, frozen: subject, text part, HTML part. Where the recipient's token stands, see `composing`."""

    subject = PlainLine(_("subject"), max_length=300)
    text = PlainText(_("text part"))
    html = PlainText(_("HTML part"), blank=True)
    calendar = models.TextField(_("calendar part"), blank=True)  # RFC 5546; its METHOD is in it
    language = models.CharField(_("language"), max_length=2)
    sender = models.CharField(_("from"), max_length=300)
    reply_to = models.CharField(_("replies to"), max_length=300, blank=True)
    list_id = models.CharField(_("list"), max_length=120, blank=True)  # RFC 2919; empty for ordinary letters
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.subject

    @property
    def digest(self) -> str:
        """SHA-256 of the words."""
        parts = [self.subject, self.text, self.html, *([self.calendar] if self.calendar else [])]
        return sha256("\0".join(parts).encode()).hexdigest()


class DeliveryQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        """What may be tried now: its hour has come, its domain is not at rest, its mailing is being sent."""
        return self.filter(
            Q(mailing=None) | Q(mailing__state=Mailing.State.SENDING),
            state=Delivery.State.QUEUED,
            due_at__lte=now,
        )

    def shown_to(self, person: Any) -> "DeliveryQuerySet":
        """Without letters that are the business of others: see `private`."""
        return self.exclude(private.kept_from(person))

    def undecided(self) -> "DeliveryQuerySet":
        """Neither arrived nor failed for good."""
        return self.filter(state__in=Delivery.UNDECIDED)

    def lapsed(self, now: datetime) -> "DeliveryQuerySet":
        """Taken by a worker that has not been heard of since."""
        return self.filter(state__in=[Delivery.State.CLAIMED, Delivery.State.INFLIGHT], lease_until__lt=now)


def new_token() -> str:
    return secrets.token_hex(16)


class Delivery(models.Model):
    """One copy for one address. The key makes it one for ever, however often a task runs."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        CLAIMED = "claimed", _("taken by a worker")
        INFLIGHT = "inflight", _("being handed over")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        UNCERTAIN = "uncertain", _("uncertain")
        EXCLUDED = "excluded", _("left out")
        BOUNCED = "bounced", _("came back")

    class Stage(models.IntegerChoices):
        OWN_STAFF = 0, _("own staff")
        A_FEW = 1, _("a few")
        ALL = 2, _("all posts")
        PUBLIC = 3, _("the public")

    UNDECIDED = frozenset({State.QUEUED, State.CLAIMED, State.INFLIGHT})
    #: Somebody has it, or may have it.
    ARRIVED = frozenset({State.ACCEPTED, State.UNCERTAIN})

    key = models.CharField(_("key"), max_length=300)
    message = models.ForeignKey(
        Message,
        verbose_name=_("message"),
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
    )
    mailing = models.ForeignKey(
        Mailing,
        verbose_name=_("mailing"),
        null=True,
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
    )
    email = models.CharField(_("address"), max_length=254)
    domain = models.CharField(max_length=253)
    name = PlainLine(_("name"), max_length=200, blank=True)
    salutation = PlainLine(_("salutation"), max_length=160, blank=True)  # empty: see `composing.greeting`
    #: Known to the recipient alone; the address of its page, of its return path and of its Message-ID.
    token = models.CharField(max_length=32, default=new_token, editable=False)
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage.choices, default=Stage.ALL)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    queued_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("next try"), null=True)  # none: held back until its stage is released
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    claimed_by = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    reply = models.CharField(_("the server's answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        # Every letter changes its row four times: as few indexes as the questions need, none made by Django on its own
        # (a unique column would have two, a foreign key one).
        constraints = [
            models.UniqueConstraint(fields=["key"], name="a_key_is_one_letter"),
            models.UniqueConstraint(fields=["token"], name="a_token_is_one_letters"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(answered_at__isnull=False),
                name="what_was_accepted_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="delivery_due"),
            models.Index(
                fields=["lease_until"], condition=Q(state__in=["claimed", "inflight"]), name="delivery_leased"
            ),
            models.Index(fields=["mailing", "state", "stage"], name="delivery_ledger"),
            models.Index(fields=["email"], name="delivery_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.email}"
