"""The steps, as one table. Buttons, permissions, roles, admin filters, docs and tests grow from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.editorial import guards
from portal.editorial.models.state import DATED, PUBLIC, State

Guard = Callable[[guards.Attempt], Any]


@dataclass(frozen=True)
class Step:
    """From which states to which, who may (a permission, `{language}` filled in), and what is checked."""

    name: str
    sources: tuple[Any, ...]  # of State, which a checker without Django's stubs takes for tuples
    to: Any
    permission: str
    label: Any
    guards: tuple[Guard, ...] = ()
    note: str = ""  # "", "optional", "required" (internal) or "public" (readers will see it)
    needs_time: bool = False
    needs_successor: bool = False
    only_if: str = ""  # a question of Publishable: of what answers no, this step is not offered
    done: Any = ""  # what the record and the desk call it afterwards
    pairs: bool = field(default=False)  # of two languages released together, both take it or neither

    def permission_for(self, language: str) -> str:
        return "editorial." + self.permission.format(language=language)


def _table(*steps: Step) -> dict[str, Step]:
    return {step.name: step for step in steps}


STEPS = _table(
    Step(
        "submit",
        (State.DRAFT,),
        State.IN_REVIEW,
        "submit",
        _("Submit for review"),
        guards=(guards.complete, guards.nothing_blocks),
        note="optional",
        done=_("submitted for review"),
    ),
    Step(
        "return",
        (State.IN_REVIEW, State.APPROVED),
        State.DRAFT,
        "return",
        _("Return to the writer"),
        note="required",
        done=_("returned"),
    ),
    Step(
        "approve",
        (State.IN_REVIEW,),
        State.APPROVED,
        "approve_{language}",
        _("Approve"),
        guards=(guards.complete, guards.nothing_blocks, guards.four_eyes),
        note="optional",
        done=_("approved"),
    ),
    Step(
        "schedule",
        (State.APPROVED,),
        State.SCHEDULED,
        "publish",
        _("Schedule"),
        guards=(
            guards.as_approved,
            guards.still_holds,
            guards.original_stands,
            guards.time_to_come,
            guards.before_expiry,
            guards.other_language_ready,
            guards.harms_no_other_schedule,
        ),
        needs_time=True,
        pairs=True,
        done=_("scheduled"),
    ),
    Step(
        "embargo",
        (State.APPROVED,),
        State.EMBARGOED,
        "publish",
        _("Put under embargo"),
        guards=(
            guards.knows_embargo,
            guards.never_seen,
            guards.as_approved,
            guards.still_holds,
            guards.time_to_come,
            guards.before_expiry,
            guards.other_language_ready,
        ),
        needs_time=True,
        pairs=True,
        only_if="may_be_embargoed",
        done=_("put under embargo"),
    ),
    Step(
        "lift_embargo",
        (State.EMBARGOED,),
        State.APPROVED,
        "publish",
        _("Call the embargo off"),
        guards=(guards.hour_not_come,),
        note="required",
        pairs=True,
        only_if="may_be_embargoed",
        done=_("called off the embargo"),
    ),
    Step(
        "unschedule",
        (State.SCHEDULED,),
        State.APPROVED,
        "publish",
        _("Take off the schedule"),
        guards=(guards.hour_not_come,),
        pairs=True,
        done=_("taken off the schedule"),
    ),
    Step(
        "publish",
        (State.APPROVED, *DATED),
        State.PUBLISHED,
        "publish",
        pgettext_lazy("step", "Publish now"),
        guards=(
            guards.as_approved,
            guards.still_holds,
            guards.original_stands,
            guards.before_expiry,
            guards.other_language_ready,
            guards.harms_no_other_schedule,
        ),
        pairs=True,
        done=_("published"),
    ),
    Step(
        "publish_urgently",
        (State.DRAFT, State.IN_REVIEW),
        State.PUBLISHED,
        "publish_urgently",
        _("Publish urgently"),
        guards=(
            guards.complete,
            guards.nothing_blocks,
            guards.original_stands,
            guards.before_expiry,
            guards.not_paired,
            guards.harms_no_other_schedule,
        ),
        note="required",
        done=_("published urgently"),
    ),
    Step(
        "withdraw",
        PUBLIC,
        State.WITHDRAWN,
        "withdraw",
        _("Withdraw"),
        guards=(guards.the_original, guards.readers_see_it),
        note="public",
        done=_("withdrawn"),
    ),
    Step(
        "retract",
        (State.PUBLISHED, State.WITHDRAWN),
        State.RETRACTED,
        "withdraw",
        _("Retract"),
        guards=(guards.the_original, guards.successor_leads_on),
        note="public",
        needs_successor=True,
        done=_("retracted"),
    ),
    Step(
        "reinstate",
        (State.WITHDRAWN, State.RETRACTED),
        State.IN_REVIEW,
        "withdraw",
        _("Reinstate"),
        guards=(guards.the_original,),
        note="optional",
        done=_("reinstated for review"),
    ),
)
