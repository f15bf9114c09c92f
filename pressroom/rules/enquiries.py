"""What can be done with an enquiry, as one table: buttons, permissions and tests grow from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.history.models import Record
from portal.languages import LANGUAGES
from pressroom.models import Enquiry

#: The deed whose doers may not clear what they wrote.
DRAFTED = "drafted the answer"

State = Enquiry.State
Guard = Callable[[Enquiry, Any], str | None]


def answer_is_written(enquiry: Enquiry, by: Any) -> str | None:
    """In the language it will be sent in."""
    if enquiry.answer_in(enquiry.language):
        return None
    return _("There is no answer in the journalist’s language yet.")


def four_eyes(enquiry: Enquiry, by: Any) -> str | None:
    """Nobody who wrote in the answer clears it; a superuser neither."""
    if by is None or by.pk not in drafters(enquiry):
        return None
    return _("You have written in this answer, so another person must clear it.")


def has_an_address(enquiry: Enquiry, by: Any) -> str | None:
    return (
        None if enquiry.email else _("There is no e-mail address: tell the answer by telephone, and say so.")
    )


def on_the_record(enquiry: Enquiry, by: Any) -> str | None:
    """What was said on background or off the record is never published."""
    if enquiry.terms == Enquiry.Terms.ON_RECORD:
        return None
    return _("This was answered %(terms)s, and is never published.") % {"terms": enquiry.get_terms_display()}


def not_published_yet(enquiry: Enquiry, by: Any) -> str | None:
    return _("It has been made into a published answer already.") if enquiry.published_id else None


def drafters(enquiry: Enquiry) -> set[int]:
    """Everybody who ever wrote in the answer."""
    deeds = Record.objects.about(enquiry).filter(verb=DRAFTED).exclude(by=None)
    return set(deeds.values_list("by", flat=True))


def an_answer(enquiry: Enquiry) -> bool:
    return not enquiry.is_refusal


def a_refusal(enquiry: Enquiry) -> bool:
    return enquiry.is_refusal


def always(enquiry: Enquiry) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """From which states to which; who may (every permission named; `{language}` stands for each language answered in)."""

    name: str
    sources: tuple[Any, ...]
    to: Any
    permissions: tuple[str, ...]
    label: Any
    guards: tuple[Guard, ...] = ()
    applies: Callable[[Enquiry], bool] = always
    note: str = ""  # "" or "required"
    done: str = ""  # the verb of the record

    def permissions_for(self, enquiry: Enquiry) -> set[str]:
        answered_in = [code for code in LANGUAGES if enquiry.answer_in(code)] or [enquiry.language]
        return {name.format(language=code) for name in self.permissions for code in answered_in}

    def refusal(self, enquiry: Enquiry, by: Any) -> str | None:
        """Why it cannot be taken now; None when it can. `by` None is the clock or a script, and may."""
        if enquiry.state not in self.sources or not self.applies(enquiry):
            return _("The enquiry is “%(state)s”, so this cannot be done.") % {
                "state": enquiry.get_state_display()
            }
        if by is not None and not by.has_perms(self.permissions_for(enquiry)):
            return _("Your role does not do this.")
        return next((reason for guard in self.guards if (reason := guard(enquiry, by))), None)


CHANGE = ("pressroom.change_enquiry",)
STEPS = {
    step.name: step
    for step in (
        Step(
            "assign", (State.RECEIVED, State.WITH_UNIT, State.DRAFTED), State.WITH_UNIT, CHANGE,
            gettext_lazy("Ask the unit"), done="asked a unit",
        ),
        Step(
            "draft", (State.RECEIVED, State.WITH_UNIT, State.DRAFTED), State.DRAFTED, CHANGE,
            gettext_lazy("Keep the draft"), done=DRAFTED,
        ),
        Step(
            "clear", (State.DRAFTED,), State.CLEARED, ("editorial.approve_{language}", "pressroom.view_enquiry"),
            gettext_lazy("Clear the answer"), guards=(answer_is_written, four_eyes), done="cleared the answer",
        ),
        Step(
            "return", (State.CLEARED,), State.DRAFTED, ("pressroom.view_enquiry",), gettext_lazy("Return to the drafters"),
            note="required", done="returned the answer",
        ),
        Step(
            "send", (State.CLEARED,), State.ANSWERED, CHANGE, gettext_lazy("Send the answer"), guards=(has_an_address,),
            applies=an_answer, done="sent the answer",
        ),
        Step(
            "refuse", (State.CLEARED,), State.REFUSED, CHANGE, gettext_lazy("Send the refusal"), guards=(has_an_address,),
            applies=a_refusal, done="sent the refusal",
        ),
        Step(
            "tell", (State.CLEARED,), State.ANSWERED, CHANGE, gettext_lazy("Answered by voice"), applies=an_answer,
            note="required", done="told the answer",
        ),
        Step(
            "tell_refusal", (State.CLEARED,), State.REFUSED, CHANGE, gettext_lazy("Refused by voice"), applies=a_refusal,
            note="required", done="told the refusal",
        ),
        Step(
            "publish", (State.ANSWERED,), State.ANSWERED, (*CHANGE, "pressroom.add_pressanswer"),
            gettext_lazy("Make a public answer of it"), guards=(on_the_record, not_published_yet), done="made a public answer",
        ),
        Step(
            "close", Enquiry.OPEN, State.CLOSED, CHANGE, gettext_lazy("Close without an answer"), note="required",
            done="closed the enquiry",
        ),
    )
}  # fmt: skip
