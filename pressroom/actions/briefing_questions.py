"""The queue of questions of a briefing, and the notes its chair is given."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.models import Organisation
from portal.history.actions import record
from portal.languages import LANGUAGES
from portal.search.models import Topic
from pressroom.models import Briefing, BriefingQuestion, Journalist
from pressroom.rules import asking, queue

State = BriefingQuestion.State
#: Questions one journalist may send before a briefing.
MOST = 5


@transaction.atomic
def send_question(
    briefing: Briefing, journalist: Journalist, text: str, *, language: str, now: datetime
) -> BriefingQuestion:
    """A question sent before the briefing, from a journalist's own page. Raises Refused when it is too late or too many,
    or the accreditation does not hold on the day. The same question twice is one.
    """
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if not briefing.is_open or briefing.has_begun(now):
        raise Refused(_("This briefing has begun or is over."))
    if not asking.is_accredited(journalist, briefing):
        raise Refused(_("Your accreditation does not hold on the day of the briefing."))
    own = briefing.questions.filter(journalist=journalist)
    if known := own.filter(text=text.strip()).first():
        return known
    if own.count() >= MOST:
        raise Refused(_("You may send %(most)d questions before a briefing.") % {"most": MOST})
    return _add(
        briefing, journalist.outlet, journalist, text, language=language, topic=None, by=None, now=now
    )


@transaction.atomic
def enter_question(
    briefing: Briefing,
    outlet: Organisation,
    text: str,
    *,
    language: str,
    topic: Topic | None,
    by: User | None,
    now: datetime,
) -> BriefingQuestion:
    """A question the office writes down, before the briefing or in the hall."""  # fmt: skip
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if briefing.progress == Briefing.Progress.CANCELLED:
        raise Refused(_("This briefing has been cancelled."))
    return _add(briefing, outlet, None, text, language=language, topic=topic, by=by, now=now)


def _add(
    briefing: Briefing, outlet: Organisation, journalist: Journalist | None, text: str,
    *, language: str, topic: Topic | None, by: User | None, now: datetime,
) -> BriefingQuestion:  # fmt: skip
    if not text.strip():
        raise Refused(_("Write the question."))
    last = briefing.questions.aggregate(last=Max("position"))["last"] or 0
    question = BriefingQuestion.objects.create(
        briefing=briefing, outlet=outlet, journalist=journalist, text=text, language=language, topic=topic,
        position=last + 1, asked_at=now, state_since=now,
    )  # fmt: skip
    record(question, "asked", by=by, now=now)
    return question


@transaction.atomic
def move_question(
    question: BriefingQuestion, places: int, *, by: User | None, now: datetime
) -> BriefingQuestion:
    """Move a waiting question up (negative) or down among the waiting."""
    question = _locked(question)
    waiting = list(question.briefing.questions.waiting())
    found = next((place for place, each in enumerate(waiting) if each.pk == question.pk), None)
    if found is None:
        raise Refused(_("Only a question that waits has a place in the queue."))
    to = min(max(found + places, 0), len(waiting) - 1)
    waiting.insert(to, waiting.pop(found))
    _number(waiting)
    return question


@transaction.atomic
def order_fairly(briefing: Briefing, *, by: User | None, now: datetime) -> None:
    """Let the outlets take turns: whoever has had an answer comes after those who have had none."""
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    had = briefing.questions.filter(state__in=[State.TAKEN, State.ANSWERED]).values_list("outlet", flat=True)
    _number(queue.in_turn(briefing.questions.waiting(), had))
    record(briefing, "ordered the questions by outlet", by=by, now=now)


def _number(waiting: list[BriefingQuestion]) -> None:
    """Give these the places they already have among themselves, in this order."""
    places = sorted(each.position for each in waiting)
    for question, place in zip(waiting, places, strict=True):
        if question.position != place:
            question.position = place
            question.save(update_fields=["position"])


@transaction.atomic
def turn_question(
    question: BriefingQuestion, state: str, *, by: User | None, now: datetime
) -> BriefingQuestion:
    """Take it, answer it, leave it for a written answer, or put it back. Raises Refused for a way that is none."""
    question = _locked(question)
    if question.state == state:
        return question
    if state not in queue.BECOMES[question.state]:
        raise Refused(
            _("This is not possible while the question is “%(state)s”.")
            % {"state": question.get_state_display()}
        )
    question.state, question.state_since = state, now
    question.save(update_fields=["state", "state_since"])
    record(question, f"made it {state}", by=by, now=now)
    return question


@transaction.atomic
def file_question(
    question: BriefingQuestion, topic: Topic | None, *, by: User | None, now: datetime
) -> BriefingQuestion:
    """Say what a question is about."""
    question = _locked(question)
    question.topic = topic
    question.save(update_fields=["topic"])
    return question


def _locked(question: BriefingQuestion) -> BriefingQuestion:
    """The question, its briefing's queue locked."""
    Briefing.objects.select_for_update().get(pk=question.briefing_id)
    return BriefingQuestion.objects.select_for_update().select_related("briefing").get(pk=question.pk)


@transaction.atomic
def note_for_the_chair(
    briefing: Briefing, notes: Mapping[str, str], *, by: User | None, now: datetime
) -> Briefing:
    """Keep the notes for the chair, in each language; they are never public."""
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    for language in LANGUAGES:
        setattr(briefing, f"chair_notes_{language}", notes.get(language, ""))
    briefing.save(update_fields=[f"chair_notes_{language}" for language in LANGUAGES])
    record(briefing, "wrote notes for the chair", by=by, now=now)
    return briefing
