"""Journalists on mailing lists: whom a list's rule reaches, and who of them wants each release at once."""

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from portal.languages.dates import vietnamese_day
from portal.mailing.models import MailingList
from pressroom import letters
from pressroom.models import Journalist, JournalistRule

Frequency = Journalist.Frequency
LONGEST_NAME = 200


def of_list(mailing_list: MailingList, language: str, kind: str) -> QuerySet[Journalist] | None:
    """The journalists a list's rule reaches who want this language; see `portal.mailing.audiences.Source`.

    Releases do not go to those who chose a digest: they read of them there. An invitation goes to them too, but never
    to those who want no letters.
    """
    rule = JournalistRule.objects.filter(mailing_list=mailing_list).first()
    if rule is None:
        return None
    wanted = Q(frequency=Frequency.AT_ONCE) if kind == letters.LIST_ID else ~Q(frequency=Frequency.NEVER)
    name = Concat("full_name", Value(", "), f"outlet__name_{language}", output_field=CharField())
    chosen = reached(rule).filter(wanted, language=language)
    return chosen.annotate(reader_email=F("email"), reader_name=Substr(name, 1, LONGEST_NAME))


def reached(rule: JournalistRule) -> QuerySet[Journalist]:
    """The journalists a rule reaches today, in whatever language they read."""
    today = vietnamese_day(timezone.now())
    found = Journalist.objects.active().filter(_restrictions(rule))
    if rule.accreditation == JournalistRule.Accreditation.ACCREDITED:
        found = found.filter(pk__in=Journalist.objects.accredited(today).values("pk"))
    elif rule.accreditation == JournalistRule.Accreditation.NOT_ACCREDITED:
        found = found.exclude(pk__in=Journalist.objects.accredited(today).values("pk"))
    return found.order_by("pk")


def _restrictions(rule: JournalistRule) -> Q:
    """All of what the rule says together; what it leaves empty restricts nothing."""
    wanted = Q(outlet__is_active=True)
    if rule.language:
        wanted &= Q(language=rule.language)
    if rule.card_kind:
        wanted &= Q(card_kind=rule.card_kind)
    if beats := list(rule.beats.values_list("pk", flat=True)):
        of_beats = Journalist.objects.filter(beats__in=beats).values("pk")
        named = Journalist.beats.through.objects.values("journalist")
        wanted &= Q(pk__in=of_beats) | ~Q(pk__in=named)
    if outlets := list(rule.outlets.values_list("pk", flat=True)):
        wanted &= Q(outlet__in=outlets)
    if countries := list(rule.countries.values_list("pk", flat=True)):
        wanted &= Q(outlet__country__in=countries)
    return wanted
