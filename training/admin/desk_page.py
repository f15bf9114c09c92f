"""The training desk: one screen of events and of what waits."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.views.pages import staff_page
from portal.editorial import flags
from portal.languages.dates import vietnamese_day
from portal.languages.names import person_key, split
from training import counting, event_watch, training_desk
from training.models import Event, Registration

RUN = ("training.run_event", "training.view_registration")


def refuse_strangers(request: HttpRequest) -> None:
    """Who participants are is for those alone who run events."""
    if not request.user.has_perms(RUN):
        raise PermissionDenied


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    refuse_strangers(request)
    now, language = timezone.now(), get_language() or "vi"
    piles = training_desk.piles(now, language)
    context = {
        "title": _("Training desk"), "now": now, "opts": Event._meta, "piles": piles,
        "cards": training_desk.cards(vietnamese_day(now), language),
        "late": sum(pile.late for pile in piles),
        "flags": [flag for flag in flags.raised(request.user, now) if flag.url.startswith("/admin/training/")],
        "heaps": [heap for heap in event_watch.errands(request.user, now) if heap.lines],
    }  # fmt: skip
    return staff_page(request, "training/admin/desk.html", context)


@require_safe
def no_shows(request: HttpRequest) -> HttpResponse:
    """Who had seats and stayed away, counted by registration; for as long as their addresses are kept."""
    refuse_strangers(request)
    context = {"title": _("Seats left empty"), "opts": Event._meta, "people": people_who_stayed_away()}
    return staff_page(request, "training/admin/no_shows.html", context)


def people_who_stayed_away() -> list[dict[str, Any]]:
    """The most often absent first, then by given name. Two queries."""
    everybody = Registration.objects.exclude(email_key="")
    found: dict[str, dict[str, Any]] = {}
    for each in (
        counting.stayed_away(everybody).select_related("event", "unit").order_by("-event__begins_on", "pk")
    ):
        line = found.setdefault(
            each.email_key, {"name": each.full_name, "unit": each.unit or each.unit_name, "events": []}
        )
        line["events"].append(each.event)
    seats = everybody.filter(
        email_key__in=found, state=Registration.State.SEATED, event__progress=Event.Progress.HELD
    )
    for key in seats.values_list("email_key", flat=True):
        found[key]["seats"] = found[key].get("seats", 0) + 1
    return sorted(found.values(), key=lambda line: (-len(line["events"]), person_key(split(line["name"]))))
