"""The ledger of what the ministry has said: rows written once, each sealed with the one before it, signed by us.

Fed by releases and statements when they go out, are corrected, withdrawn or retracted. What was said stays in it.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.history.models import Record


class SaidQuerySet(models.QuerySet):
    def of(self, thing: Any, language: str) -> "SaidQuerySet":
        return self.filter(kind=thing._meta.label_lower, object_id=thing.pk, language=language)


class Said(models.Model):
    """One text as it was given out at one moment, in one language, or the end of one."""

    class Deed(models.TextChoices):
        GIVEN_OUT = "given_out", _("given out")
        REPLACED = "replaced", _("changed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RETRACTED = "retracted", _("retracted")

    kind = models.CharField(max_length=60)
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(_("language"), max_length=2)
    version = models.PositiveIntegerField()
    step = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")  # the one it was entered for
    deed = models.CharField(_("what happened"), max_length=10, choices=Deed.choices)
    at = models.DateTimeField(_("when"))
    number = models.CharField(_("number"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(max_length=400)
    text = models.TextField(_("text"), blank=True)
    text_key = models.CharField(max_length=64, db_index=True)  # SHA-256 of the words alone
    previous = models.CharField(max_length=64, blank=True)  # the seal of the row before
    seal = models.CharField(max_length=64, unique=True)  # SHA-256 of all of it and of `previous`
    signature = models.CharField(max_length=120)  # Ed25519 of the seal, base64

    objects = SaidQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the ledger")
        verbose_name_plural = _("ledger")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["step", "deed"], name="said_once_in_the_ledger"),
            models.UniqueConstraint(fields=["previous"], name="ledger_is_one_chain"),
        ]
        indexes = [models.Index(fields=["kind", "object_id", "language"], name="said_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    @property
    def is_text(self) -> bool:
        """A text before readers, and not the end of one."""
        return self.deed in {self.Deed.GIVEN_OUT, self.Deed.REPLACED}


class Sentence(models.Model):
    """One sentence of a text in the ledger, found again by its words."""

    said = models.ForeignKey(Said, on_delete=models.PROTECT, related_name="sentences")
    number = models.PositiveIntegerField()  # of the line on its page that holds it
    words = models.TextField()
    key = models.CharField(max_length=64, db_index=True)  # SHA-256 of its words alone

    class Meta:
        default_permissions = ()
        ordering = ["said", "pk"]

    def __str__(self) -> str:
        return self.words[:80]


class Mark(models.Model):
    """A trace of a sentence: one of the few smallest hashes of its runs of words, by which what is like it is found."""

    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="marks")
    value = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["value", "sentence"], name="mark_of_sentences")]

    def __str__(self) -> str:
        return str(self.value)
