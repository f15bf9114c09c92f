"""What journalists ask, and what becomes of it: one row from the question to the reply, with both clocks."""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.directory.emails import LONGEST
from portal.directory.models import Organisation
from portal.languages.fields import PlainLine, PlainText
from pressroom.models.answers import PressAnswer
from pressroom.models.journalists import Journalist


def new_key() -> str:
    """What makes a link to one row no one's guess."""
    return secrets.token_urlsafe(15)


def staff(verbose_name: object) -> models.ForeignKey:
    """A person who did something here; people who did something are closed, not deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )


class EnquirySeries(models.Model):
    """The references given in one year: HB-2026-0001, HB-2026-0002 … The row is locked while one is given."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    prefix = models.SlugField(_("letters in front"), max_length=8, default="HB")
    last = models.PositiveIntegerField(_("last number"), default=0, editable=False)

    class Meta:
        verbose_name = _("series of references")
        verbose_name_plural = _("series of references")
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"

    def reference(self, number: int) -> str:
        return f"{self.prefix}-{self.year}-{number:04d}"


class RefusalGroundQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "RefusalGroundQuerySet":
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class RefusalGround(models.Model):
    """A reason of law for giving no information (Decree 244/2026/ND-CP, Article 4.3). The law changes: rows have days."""

    code = models.SlugField(_("code"), max_length=40)
    words = PlainText(_("the reason, as the journalist reads it"))
    citation = PlainLine(_("source"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = RefusalGroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ground for refusing")
        verbose_name_plural = _("grounds for refusing")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_ground_of_a_code_from_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="ground_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words or self.words_vi} ({self.citation or self.citation_vi})"


class EnquiryQuerySet(models.QuerySet):
    def open(self) -> "EnquiryQuerySet":
        """Nobody has been answered yet."""
        return self.filter(state__in=Enquiry.OPEN)

    def overdue(self, now: datetime) -> "EnquiryQuerySet":
        return self.open().filter(due_at__lte=now)

    def replied(self) -> "EnquiryQuerySet":
        return self.filter(state__in=Enquiry.REPLIED)

    def asked_between(self, begins: datetime, ends: datetime) -> "EnquiryQuerySet":
        return self.filter(asked_at__gte=begins, asked_at__lt=ends)

    def to_forget(self, closed_before: datetime) -> "EnquiryQuerySet":
        """Closed long ago, the particulars of who asked still kept."""
        return self.filter(closed_at__lte=closed_before, forgotten_at=None)


class Enquiry(models.Model):
    """One question of one journalist."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        WITH_UNIT = "with_unit", _("with a unit")
        DRAFTED = "drafted", _("answer drafted")
        CLEARED = "cleared", _("answer cleared")
        ANSWERED = "answered", _("answer given")
        REFUSED = "refused", _("refused")
        CLOSED = "closed", _("closed without an answer")

    class Terms(models.TextChoices):
        ON_RECORD = "on_record", _("on the record")
        BACKGROUND = "background", _("background: not to be quoted")
        OFF_RECORD = "off_record", _("off the record")

    class Channel(models.TextChoices):
        FORM = "form", _("form on the portal")
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("telephone")
        MEETING = "meeting", _("press meeting or conference")

    OPEN = (State.RECEIVED, State.WITH_UNIT, State.DRAFTED, State.CLEARED)
    REPLIED = (State.ANSWERED, State.REFUSED)

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    follows = models.ForeignKey(
        "self", verbose_name=_("follows"), null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )  # fmt: skip
    channel = models.CharField(_("came by"), max_length=10, choices=Channel.choices, default=Channel.FORM)
    language = models.CharField(
        _("language of the answer"), max_length=2, choices=Journalist.Language.choices, default="vi"
    )

    journalist = models.ForeignKey(
        Journalist, verbose_name=_("journalist of the register"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="enquiries",
    )  # fmt: skip
    asked_by = PlainLine(_("name"), max_length=120, blank=True)
    outlet = models.ForeignKey(
        Organisation, verbose_name=_("outlet"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": Organisation.Kind.PRESS},
    )  # fmt: skip
    outlet_name = PlainLine(_("outlet as named"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=LONGEST, blank=True)
    phone = PlainLine(_("telephone"), max_length=40, blank=True)
    consent = models.TextField(_("words agreed to"), blank=True, editable=False)
    may_be_named = models.BooleanField(
        _("may be named"), default=False, help_text=_("The journalist agreed to be named if the answer is published.")
    )  # fmt: skip

    subject = PlainLine(_("what it is about"), max_length=200)
    question = PlainText(_("question"))
    terms = models.CharField(_("terms"), max_length=12, choices=Terms.choices, default=Terms.ON_RECORD)
    asked_at = models.DateTimeField(_("asked at"))
    wanted_by = models.DateTimeField(_("the journalist’s deadline"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"))

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    answer = PlainText(_("answer"), blank=True)
    ground = models.ForeignKey(
        RefusalGround, verbose_name=_("refused on the ground of"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    drafted_by = staff(_("drafted by"))
    cleared_by = staff(_("cleared by"))
    cleared_at = models.DateTimeField(_("cleared"), null=True, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    published = models.OneToOneField(
        PressAnswer, verbose_name=_("published as"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="enquiry",
    )  # fmt: skip
    forgotten_at = models.DateTimeField(_("particulars erased"), null=True, blank=True, editable=False)
    lock_version = models.PositiveIntegerField(default=0, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("press enquiry")
        verbose_name_plural = _("press enquiries")
        ordering = ["-asked_at", "-pk"]
        permissions = [("export_enquiry", _("Can export press enquiries"))]
        indexes = [
            models.Index(fields=["state", "due_at"], name="enquiry_due"),
            models.Index(fields=["-asked_at", "-id"], name="enquiry_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "refused"]) | Q(replied_at__isnull=False),
                name="a_reply_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(ground__isnull=False), name="a_refusal_has_its_ground_in_law"
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(ground=None), name="an_answer_is_no_refusal"
            ),
            models.CheckConstraint(
                condition=Q(cleared_by=None) | ~Q(cleared_by=F("drafted_by")), name="an_answer_is_seen_by_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(published=None) | Q(terms="on_record", state="answered"),
                name="only_what_was_said_on_the_record_is_published",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference}: {self.subject}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_refusal(self) -> bool:
        return self.ground_id is not None

    def is_overdue(self, now: datetime) -> bool:
        return self.is_open and self.due_at <= now

    def answer_in(self, language: str) -> str:
        return getattr(self, f"answer_{language}") or ""

    def outlet_in(self, language: str) -> str:
        """The outlet's name in one language; as the journalist wrote it when it is not in the directory."""
        return getattr(self.outlet, f"name_{language}", "") or self.outlet_name

    @property
    def who(self) -> str:
        """Who asked, for the desk: name and outlet."""
        return (
            ", ".join(part for part in (self.asked_by, str(self.outlet or self.outlet_name)) if part) or "–"
        )
