"""Asking participants what they think, and taking their answers so that nobody can tell whose they are."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from training.actions import attendance
from training.mails import surveys as letters
from training.models import Answer, Event, Question, Ticket, Wave
from training.rules.surveys import Result, result_of

#: A letter that is later than this asks about what is forgotten.
LATEST = timedelta(days=30)


def due(wave: int, now: datetime) -> Iterable[Event]:
    """Events that were over so many days ago, and not much longer; those already asked are among them."""
    last = vietnamese_day(now) - timedelta(days=int(wave))
    events = Event.objects.standing().filter(ends_on__lte=last, ends_on__gt=last - LATEST)
    return [each for each in events.order_by("pk") if _is_over(each, now)]


def _is_over(event: Event, now: datetime) -> bool:
    if event.ends_at:
        return event.ends_at <= now
    return event.precision == Event.Precision.DAY and event.ends_on < vietnamese_day(now)


@transaction.atomic
def ask(event: Event, wave: int, *, now: datetime) -> int:
    """A ticket and a letter for everybody who came and has none; how many were asked."""
    event = Event.objects.select_for_update(of=["self"]).get(pk=event.pk)
    if not Question.objects.filter(wave=wave, is_asked=True).exists():
        return 0
    known = set(event.tickets.filter(wave=wave).values_list("registration_id", flat=True))
    came = [each.registration for each in attendance.of_event(event) if each.present or each.is_enough]
    people = [each for each in came if each.pk not in known and each.email]
    for each in people:
        letters.asked(Ticket.objects.create(event=event, wave=wave, registration=each), now=now)
    if people:
        record(event, "asked participants", by=None, now=now, wave=int(wave), count=len(people))
    return len(people)


@transaction.atomic
def answer(ticket: Ticket, given: dict[int, Any]) -> None:
    """Take the answers, {question: score or text}; what was left open is no answer. No time is noted, nor whose they are."""
    ticket = Ticket.objects.select_for_update(of=["self"]).select_related("event").get(pk=ticket.pk)
    if ticket.is_used:
        raise Refused(_("This survey has been answered already. Thank you."))
    if not any(given.values()):
        raise Refused(_("Answer at least one question."))
    questions = Question.objects.filter(wave=ticket.wave, is_asked=True, pk__in=given)
    Answer.objects.bulk_create(
        _answer(ticket.event, each, given[each.pk]) for each in questions if given[each.pk]
    )
    ticket.is_used = True
    ticket.save(update_fields=["is_used"])


def _answer(event: Event, question: Question, said: Any) -> Answer:
    if question.kind == Question.Kind.SCALE:
        return Answer(event=event, question=question, score=int(said))
    return Answer(event=event, question=question, text=str(said)[:2000])


def results(event: Event) -> dict[int, list[Result]]:
    """What is told of an event, by wave. Three queries, however many answered."""
    scores: dict[int, Counter[int]] = defaultdict(Counter)
    rows = event.answers.exclude(score=None).order_by()
    for question, score, many in rows.values_list("question", "score").annotate(many=Count("pk")):
        scores[question][score] = many
    texts: dict[int, list[str]] = defaultdict(list)
    for question, text in event.answers.exclude(text="").order_by().values_list("question", "text"):
        texts[question].append(text)
    told: dict[int, list[Result]] = {wave: [] for wave in Wave.values}
    for question in Question.objects.all():
        if question.is_asked or question.pk in scores or question.pk in texts:
            told[question.wave].append(result_of(question, scores[question.pk], texts[question.pk]))
    return told


def asked_and_answered(event: Event, wave: int) -> tuple[int, int]:
    tickets = event.tickets.filter(wave=wave)
    return tickets.count(), tickets.filter(is_used=True).count()


def last_day_of(event: Event, wave: int) -> date:
    """Until when answers are taken."""
    return event.ends_on + timedelta(days=int(wave)) + 2 * LATEST
