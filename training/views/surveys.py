"""The survey, opened by a ticket from a letter. Nothing tells us whose answers they are."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.refusal import Refused
from portal.languages.dates import vietnamese_day
from portal.web.personal import NoSuchLink, personal_page
from portal.web.public_forms import stamp
from training.actions import surveys
from training.forms.surveys import SurveyForm
from training.models import Question, Ticket
from training.views.sections import training


@never_cache
def survey(request: HttpRequest, key: UUID) -> HttpResponse:
    ticket = _ticket_or_404(key)
    questions = Question.objects.filter(wave=ticket.wave, is_asked=True)
    form = SurveyForm(request.POST or None, questions=questions)
    closed = vietnamese_day(timezone.now()) > surveys.last_day_of(ticket.event, ticket.wave)
    if request.method == "POST" and not closed and form.is_valid() and _answered(ticket, form):
        return HttpResponseRedirect(f"{reverse('training:survey', args=[key])}?done=1")
    context = {"ticket": ticket, "event": ticket.event, "form": form, "stamp": stamp(), "closed": closed}
    return personal_page(
        request, "training/survey_form.html", context, title=_("Your opinion"), section=training()
    )


def _ticket_or_404(key: UUID) -> Ticket:
    try:
        return Ticket.objects.select_related("event").get(key=key)
    except Ticket.DoesNotExist:
        raise NoSuchLink from None


def _answered(ticket: Ticket, form: SurveyForm) -> bool:
    """A machine is thanked and not heard."""
    if form.is_from_a_machine:
        return True
    try:
        surveys.answer(ticket, form.given())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
