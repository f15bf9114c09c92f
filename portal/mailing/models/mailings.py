"""A mailing: one frozen message to a frozen audience, approved by a second person, sent in stages, closed when it balances."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine, PlainText
from portal.mailing.models.lists import MailingList


class MailingQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "MailingQuerySet":
        return self.filter(state=Mailing.State.APPROVED, send_at__lte=now)

    def sending(self) -> "MailingQuerySet":
        return self.filter(state=Mailing.State.SENDING)

    def addressing(self) -> "MailingQuerySet":
        """Approved, and not everybody has their copy yet."""
        return self.filter(state=Mailing.State.ADDRESSING)

    def standing(self) -> "MailingQuerySet":
        """What a person must set going again: paused, its hour missed, or its copies cannot be made."""
        stuck = Q(state__in=[Mailing.State.ADDRESSING, Mailing.State.APPROVED]) & ~Q(reason="")
        return self.filter(stuck | Q(state=Mailing.State.PAUSED))


class Mailing(models.Model):
    """What goes to a list. `message` is frozen when it is approved; until then it may be replaced."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ADDRESSING = "addressing", _("being addressed")
        APPROVED = "approved", _("approved")
        SENDING = "sending", _("being sent")
        PAUSED = "paused", _("paused")
        CANCELLED = "cancelled", _("cancelled")
        CLOSED = "closed", _("closed")

    title = PlainLine(_("title"), max_length=200)
    message = models.ForeignKey(
        "mailing.Message", verbose_name=_("message"), on_delete=models.PROTECT, related_name="mailings"
    )
    lists = models.ManyToManyField(
        MailingList, verbose_name=_("mailing lists"), blank=True, related_name="mailings"
    )
    resends = models.ForeignKey(
        "self",
        verbose_name=_("only to those who got"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="followed_by",
    )
    completes = models.ForeignKey(
        "self",
        verbose_name=_("only to those whose copy was called back"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="completed_by",
    )
    staff_first = PlainText(
        _("own staff first"),
        blank=True,
        help_text=_("Addresses that get it before anybody else, one on a line."),
    )
    few_first = PlainText(
        _("then a few"),
        blank=True,
        help_text=_("Addresses outside the house that get it next, one on a line."),
    )
    is_in_both_languages = models.BooleanField(
        _("sent in the other language too"),
        default=False,
        help_text=_("Readers who chose that language get only the letter in theirs."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    state_since = models.DateTimeField(_("since"))
    reason = models.CharField(_("why it stands"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("composed by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    send_at = models.DateTimeField(_("to be sent"), null=True)
    released_stage = models.SmallIntegerField(_("released"), default=-1)  # of Delivery.Stage; -1: none
    candidates = models.PositiveIntegerField(
        _("recipients"), default=0
    )  # named by the approval; then: copies
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        permissions = [("approve_mailing", "Can approve a mailing"), ("send_mailing", "Can send a mailing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(created_by=None) | ~Q(approved_by=models.F("created_by")),
                name="a_mailing_is_approved_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def follows_another(self) -> bool:
        """Whom it goes to is settled by an earlier mailing, and not by lists."""
        return self.resends_id is not None or self.completes_id is not None
