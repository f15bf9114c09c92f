"""What waits for the press office: applications, badges, cards that run out, requests of foreign press."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.editorial.errands import Errand, Heap
from portal.languages.dates import short_day, vietnamese_day
from pressroom.models import AccreditationRequest, CardReminder, ForeignPressRequest, JournalistApplication

SHOWN = 12


def of_journalists(person: Any, now: datetime) -> Iterator[Heap]:
    """For whoever may decide: one query for each heap."""
    language = get_language() or "vi"
    for model, title, found, line, waiting in _questions(now):
        if person.has_perm(f"pressroom.change_{model._meta.model_name}"):
            address = f"admin:pressroom_{model._meta.model_name}"
            lines = [
                Errand(words, reverse(f"{address}_change", args=[pk]), facts, grave)
                for pk, words, facts, grave in (line(each, language, now) for each in found[:SHOWN])
            ]
            yield Heap(model._meta.model_name, title, lines, f"{reverse(f'{address}_changelist')}?{waiting}")


def _questions(now: datetime) -> list[tuple[Any, str, QuerySet, Any, str]]:
    return [
        (
            JournalistApplication, _("Journalists who ask for our releases"),
            JournalistApplication.objects.waiting().order_by("confirmed_at"), _application, "state__exact=confirmed",
        ),
        (
            AccreditationRequest, _("Badges to decide"),
            AccreditationRequest.objects.filter(
                state__in=["received", "checked"], round__last_day__gte=vietnamese_day(now)
            ).select_related("round", "outlet").order_by("round__first_day", "received_at"),
            _badge, "state__exact=received",
        ),
        (
            ForeignPressRequest, _("Requests of foreign press"),
            ForeignPressRequest.objects.open().order_by("first_day"), _request, "open=yes",
        ),
        (
            CardReminder, _("Cards that run out"),
            CardReminder.objects.unseen().select_related("journalist__outlet"), _card, "seen_at__isempty=1",
        ),
    ]  # fmt: skip


Line = tuple[int, str, str, bool]


def _application(each: JournalistApplication, language: str, now: datetime) -> Line:
    return each.pk, str(each), short_day(each.confirmed_at, language) if each.confirmed_at else "", False


def _badge(each: AccreditationRequest, language: str, now: datetime) -> Line:
    return each.pk, str(each), f"{each.round}, {short_day(each.round.first_day, language)}", False


def _request(each: ForeignPressRequest, language: str, now: datetime) -> Line:
    begins = _("begins %(day)s") % {"day": short_day(each.first_day, language)}
    late = each.first_day <= vietnamese_day(now)
    return (
        each.pk,
        f"{capfirst(each.get_kind_display())}: {each.outlet_name}",
        f"{each.get_state_display()}, {begins}",
        late,
    )


def _card(each: CardReminder, language: str, now: datetime) -> Line:
    ends = _("valid until %(day)s") % {"day": short_day(each.valid_until, language)}
    return each.pk, str(each.journalist), ends, each.valid_until < vietnamese_day(now)
