"""Sudden issues: what is happening, what the house knows and says, who does what by when. For the press desk's eyes alone."""

import uuid
from datetime import datetime
from pathlib import PurePath

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine, PlainText
from pressroom.models.enquiries import Enquiry, staff


class CrisisQuerySet(models.QuerySet):
    def open(self) -> "CrisisQuerySet":
        return self.filter(closed_at=None)

    def silent(self) -> "CrisisQuerySet":
        """The house has not spoken yet."""
        return self.filter(first_statement_at=None)

    def breached(self, now: datetime) -> "CrisisQuerySet":
        """The time the law gives for the first statement was over before the house spoke."""
        return self.filter(
            Q(first_statement_at=None) | Q(first_statement_at__gt=F("statement_due_at"))
        ).filter(statement_due_at__lte=now)

    def learned_between(self, begins: datetime, ends: datetime) -> "CrisisQuerySet":
        return self.filter(learned_at__gte=begins, learned_at__lt=ends)


class Crisis(models.Model):
    """A sudden issue (vụ việc đột xuất): Decree 244/2026/ND-CP, Article 7, gives 24 hours for the first statement."""

    class Severity(models.IntegerChoices):
        WATCHED = 1, _("1: to be watched")
        LOCAL = 2, _("2: local, one outlet or one place")
        NATIONAL = 3, _("3: national, many outlets")
        INTERNATIONAL = 4, _("4: international, harm to the country’s name")

    title = PlainLine(_("name of the issue"), max_length=200)
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity.choices, default=Severity.LOCAL
    )
    signs = PlainText(
        _("distinctive signs"),
        blank=True,
        help_text=_("By which it is known: words, pictures, accounts, places."),
    )
    truth = PlainText(
        _("what is certain"),
        blank=True,
        help_text=_("The one place of truth: only what is confirmed, and by whom."),
    )
    learned_at = models.DateTimeField(
        _("learned of"), help_text=_("The clock of the first statement runs from this moment.")
    )
    statement_due_at = models.DateTimeField(_("first statement due"), null=True, blank=True, editable=False)
    holding = PlainText(
        _("holding statement"), blank=True, help_text=_("What may be said at once, to anybody who asks.")
    )
    statement_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    statement_id = models.PositiveBigIntegerField(null=True, blank=True)
    statement = GenericForeignKey("statement_type", "statement_id")
    first_statement_at = models.DateTimeField(
        _("first statement made"), null=True, blank=True, editable=False
    )
    first_statement_proof = PlainText(_("proof of the first statement"), blank=True, editable=False)
    owner = staff(_("in charge"))
    enquiries = models.ManyToManyField(
        Enquiry, verbose_name=_("related enquiries"), blank=True, related_name="crises"
    )
    opened_at = models.DateTimeField(_("opened"), editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    lesson = PlainText(_("lesson"), blank=True, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    objects = CrisisQuerySet.as_manager()

    class Meta:
        verbose_name = _("crisis dossier")
        verbose_name_plural = _("crisis dossiers")
        ordering = [F("closed_at").desc(nulls_first=True), "-learned_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(lesson=""), name="a_crisis_is_closed_with_its_lesson"
            ),
            models.CheckConstraint(
                condition=Q(first_statement_at=None) | ~Q(first_statement_proof=""), name="a_first_statement_is_proved"
            ),
            models.CheckConstraint(
                condition=Q(first_statement_at=None) | Q(first_statement_at__gte=F("learned_at")),
                name="nobody_speaks_before_learning",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def is_breached(self, now: datetime) -> bool:
        """The first statement came, or would come now, after the time the law gives."""
        return self.statement_due_at is not None and (self.first_statement_at or now) > self.statement_due_at


class CrisisRecord(models.Model):
    """One line of the timeline: what happened, when, who says so."""

    crisis = models.ForeignKey(
        Crisis, verbose_name=_("crisis dossier"), on_delete=models.CASCADE, related_name="records"
    )
    at = models.DateTimeField(_("when"))
    what = PlainText(_("what"))
    source = PlainLine(_("source"), max_length=300)
    kept_at = models.DateTimeField(_("written down"))
    kept_by = staff(_("written down by"))

    class Meta:
        verbose_name = _("record of a crisis")
        verbose_name_plural = _("records of a crisis")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.crisis_id}: {self.at:%Y-%m-%d %H:%M}"


class CrisisTask(models.Model):
    """Something one person has to do by an hour."""

    crisis = models.ForeignKey(
        Crisis, verbose_name=_("crisis dossier"), on_delete=models.CASCADE, related_name="tasks"
    )
    what = PlainText(_("task"), validators=[MaxLengthValidator(1000)])
    owner = staff(_("owner"))
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = staff(_("done by"))

    class Meta:
        verbose_name = _("task of a crisis")
        verbose_name_plural = _("tasks of a crisis")
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return f"{self.crisis_id}: {self.due_at:%Y-%m-%d %H:%M}"

    def is_late(self, now: datetime) -> bool:
        return self.done_at is None and self.due_at <= now


def private_path(row: "CrisisFile", filename: str) -> str:
    """Beside the library and never in it: what the library keeps, every editor may see."""
    return f"crises/{row.uuid.hex}{PurePath(row.filename).suffix}"


class CrisisFile(models.Model):
    """Evidence: a screenshot, a document. Served to those who may see the dossier and to nobody else."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    crisis = models.ForeignKey(
        Crisis, verbose_name=_("crisis dossier"), on_delete=models.CASCADE, related_name="files"
    )
    file = models.FileField(_("file"), upload_to=private_path)
    filename = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    kept_at = models.DateTimeField(_("kept"))
    kept_by = staff(_("kept by"))

    class Meta:
        verbose_name = _("file of a crisis")
        verbose_name_plural = _("files of a crisis")
        ordering = ["kept_at", "pk"]

    def __str__(self) -> str:
        return f"{self.crisis_id}: {self.filename}"
