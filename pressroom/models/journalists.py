"""Journalists: who asks, attends, receives releases and, once accredited, reads them before their hour."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.directory.emails import LONGEST
from portal.directory.models import Organisation
from portal.languages.fields import PlainLine, PlainText
from portal.languages.folding import fold
from portal.search.models import Topic

#: What stands where the name of somebody stood who was erased.
ERASED = "…"


class JournalistQuerySet(models.QuerySet):
    def accredited(self, day: date) -> "JournalistQuerySet":
        """Those the ministry has accredited and whose press card or permit is valid on a day."""
        valid = Q(card_valid_until=None) | Q(card_valid_until__gte=day)
        return self.filter(valid, state=Journalist.State.ACCREDITED)

    def lapsing(self, day: date) -> "JournalistQuerySet":
        """Accredited still, though the card or permit was valid until an earlier day."""
        return self.filter(state=Journalist.State.ACCREDITED, card_valid_until__lt=day)

    def running_out(self, day: date, *, within: timedelta) -> "JournalistQuerySet":
        """Accredited, with a card or permit that ends within so many days."""
        ends = Q(card_valid_until__gte=day, card_valid_until__lte=day + within)
        return self.filter(ends, state=Journalist.State.ACCREDITED)

    def active(self) -> "JournalistQuerySet":
        """Whom the press room still knows: neither closed nor merged into another nor erased."""
        return self.exclude(state=Journalist.State.CLOSED)

    def written_to(self, frequency: "Journalist.Frequency") -> "JournalistQuerySet":
        return self.active().filter(frequency=frequency)

    def of_address(self, email: str) -> "JournalistQuerySet":
        return self.annotate(small=Lower("email")).filter(small=email.strip().lower())

    def matching(self, words: str) -> "JournalistQuerySet":
        """Those whose name, address, card or outlet hold every word, in any case, with or without diacritics."""
        matches = self
        for word in fold(words).split():
            matches = matches.filter(Q(folded__contains=word) | Q(outlet__folded__contains=word))
        return matches


class Journalist(models.Model):
    """A journalist of an outlet, with the press card (Viet Nam) or the permit of a foreign correspondent."""

    class State(models.TextChoices):
        KNOWN = "known", _("known")
        ACCREDITED = "accredited", _("accredited")
        LAPSED = "lapsed", _("lapsed: the card or permit has run out")
        CLOSED = "closed", pgettext_lazy("journalist", "closed")

    class Card(models.TextChoices):
        PRESS_CARD = "press_card", _("press card")
        PERMIT = "permit", _("permit of foreign press")

    class Language(models.TextChoices):
        VIETNAMESE = "vi", _("Vietnamese")
        ENGLISH = "en", _("English")

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", _("at once, each release by itself")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")
        NEVER = "never", _("no letters")

    full_name = PlainLine(_("full name"), max_length=120)
    given_name = PlainLine(
        _("given name"), max_length=60, blank=True,
        help_text=_("By which the person is addressed and sorted: Quỳnh Anh. The last syllable when left empty."),
    )  # fmt: skip
    email = models.EmailField(_("e-mail"), max_length=LONGEST)
    phone = PlainLine(_("telephone"), max_length=40, blank=True)
    outlet = models.ForeignKey(
        Organisation, verbose_name=_("outlet"), on_delete=models.PROTECT, related_name="journalists",
        limit_choices_to={"kind": Organisation.Kind.PRESS},
    )  # fmt: skip
    role = PlainLine(
        _("role"), max_length=120, blank=True, help_text=_("Reporter, editor, camera operator …")
    )
    language = models.CharField(_("language of letters"), max_length=2, choices=Language.choices)
    beats = models.ManyToManyField(
        Topic, verbose_name=_("beats"), blank=True, related_name="+",
        help_text=_("Who names none receives everything."),
    )  # fmt: skip
    frequency = models.CharField(
        _("receives releases"), max_length=8, choices=Frequency.choices, default=Frequency.AT_ONCE
    )
    card_kind = models.CharField(_("kind of card"), max_length=12, choices=Card.choices, blank=True)
    card_number = PlainLine(_("number of the card or permit"), max_length=40, blank=True)
    card_issuer = PlainLine(_("issued by"), max_length=160, blank=True)
    card_valid_until = models.DateField(_("valid until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.KNOWN)
    note = PlainText(_("note"), blank=True, help_text=_("For the press office alone."))
    #: The words agreed to and when; empty of those the press office has entered itself.
    consent = models.TextField(_("words agreed to"), blank=True, editable=False)
    consented_at = models.DateTimeField(_("agreed"), null=True, editable=False)
    #: Up to when everything has been told in digests.
    digested_until = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey(
        "self", verbose_name=_("merged into"), null=True, editable=False, on_delete=models.PROTECT,
        related_name="absorbed",
    )  # fmt: skip
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)
    folded = models.TextField(blank=True, editable=False)  # what `matching` looks in; kept by the actions
    sorted_by = models.TextField(blank=True, editable=False)  # given name first, in Vietnamese order

    objects = JournalistQuerySet.as_manager()

    class Meta:
        verbose_name = _("journalist")
        verbose_name_plural = _("journalists")
        ordering = ["sorted_by", "full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(state="closed"),
                name="journalist_once_by_email",
                violation_error_message=_("There is a journalist of this e-mail address already."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["vi", "en"]), name="journalist_of_a_known_language"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, erased_at=None) | Q(state="closed"),
                name="journalist_merged_or_erased_is_closed",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("pk")), name="journalist_not_merged_into_itself"
            ),
        ]
        indexes = [models.Index(fields=["state", "card_valid_until"], name="journalist_by_card")]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.outlet}"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    def has_valid_card(self, day: date) -> bool:
        return self.card_valid_until is None or self.card_valid_until >= day

    def standing(self) -> "Journalist":
        """This record, or the one it was merged into."""
        return self.merged_into.standing() if self.merged_into else self


class CardReminderQuerySet(models.QuerySet):
    def unseen(self) -> "CardReminderQuerySet":
        return self.filter(seen_at=None)


class CardReminder(models.Model):
    """That a card runs out has been told, to the journalist by letter and to the press office by this line: once."""

    journalist = models.ForeignKey(
        Journalist, verbose_name=_("journalist"), on_delete=models.CASCADE, related_name="card_reminders"
    )
    valid_until = models.DateField(_("valid until"))
    days_before = models.PositiveSmallIntegerField(_("days before"))
    at = models.DateTimeField(_("told"))
    seen_at = models.DateTimeField(_("seen"), null=True)

    objects = CardReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("card that runs out")
        verbose_name_plural = _("cards that run out")
        ordering = ["valid_until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["journalist", "valid_until", "days_before"], name="card_reminded_of_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.journalist}: {self.valid_until:%d/%m/%Y}"


class DifferentPeople(models.Model):
    """Two records that look like one person and are two: an officer has looked."""

    first = models.ForeignKey(Journalist, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Journalist, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_people_told_apart_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="two_people_in_one_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
