"""The queue of questions: entered, ordered by buttons or fairly by outlet, taken, answered, left for a written answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.search.models import Topic
from pressroom.actions import briefing_questions as actions
from pressroom.admin.briefing_pages import number, page, run_or_refuse, tried
from pressroom.forms.briefings import QuestionForm
from pressroom.models import Briefing, BriefingQuestion
from pressroom.rules.queue import BECOMES

State = BriefingQuestion.State
MOVES = {"up": -1, "down": 1}


def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; a button comes back to the question it was about."""
    briefing = run_or_refuse(request, pk)
    form = QuestionForm(initial={"language": "vi"})
    if request.method == "POST":
        form = QuestionForm(request.POST) if request.POST.get("do") == "enter" else form
        if _do(request, briefing, request.POST.get("do", ""), form):
            here = reverse("admin:pressroom_briefing_questions", args=[pk])
            about = number(request, "question")
            return redirect(f"{here}#question-{about}" if about else here)
    return _page(request, briefing, form)


def _do(request: HttpRequest, briefing: Briefing, verb: str, form: QuestionForm) -> bool:
    by, now = request.user, timezone.now()
    if verb == "enter":
        return form.is_valid() and tried(
            request, _("The question is in the queue."),
            lambda: actions.enter_question(briefing, **form.cleaned_data, by=by, now=now),
        )  # fmt: skip
    if verb == "fairly":
        return tried(
            request, _("The outlets take turns."), lambda: actions.order_fairly(briefing, by=by, now=now)
        )
    question = get_object_or_404(
        briefing.questions.select_related("briefing"), pk=number(request, "question")
    )
    if verb in MOVES:
        return tried(
            request, _("Moved."), lambda: actions.move_question(question, MOVES[verb], by=by, now=now)
        )
    if verb in BECOMES:
        said = _("Now “%(state)s”.") % {"state": State(verb).label}
        return tried(request, said, lambda: actions.turn_question(question, verb, by=by, now=now))
    if verb == "file":
        topic = Topic.objects.filter(pk=number(request, "topic")).first()
        return tried(request, _("Kept."), lambda: actions.file_question(question, topic, by=by, now=now))
    return False


def _page(request: HttpRequest, briefing: Briefing, form: QuestionForm) -> HttpResponse:
    rows = list(briefing.questions.in_order().select_related("outlet", "journalist", "topic"))
    of = {state: [each for each in rows if each.state == state] for state in State.values}
    context: dict[str, Any] = {
        "form": form,
        "taken": of[State.TAKEN],
        "waiting": of[State.WAITING],
        "left": of[State.LEFT],
        "answered": of[State.ANSWERED],
        "topics": list(Topic.objects.all()),
    }
    title = _("Questions: %(title)s") % {"title": briefing}
    return page(request, "pressroom/admin/briefing_questions.html", briefing, context, title=title)
