"""The page “Seats” of an event: how many there are, the window, the groups and their focal points."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.languages.sorting import vietnamese_key
from training.actions import arrangements, nominating
from training.admin.day_pages import number, page, run_or_refuse, tried
from training.forms.arranging import GroupForm, HallForm
from training.models import Event, Quota, Registration
from training.rules import window
from training.rules.seats import POOL, Hall


@dataclass(frozen=True)
class Line:
    """A group, or everybody else, as the table shows it."""

    quota: Quota | None
    seats: int
    held: int
    waiting: int
    kept: bool = False

    @property
    def free(self) -> int:
        return max(0, self.seats - self.held)


def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Each button keeps one thing; what was typed stands on the page when it is refused. `?group=` opens one group."""
    event = run_or_refuse(request, pk)
    opened = _opened(request, event)
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    form = HallForm(request.POST if verb == "arrange" else None, initial=HallForm.of(event))
    group = GroupForm(
        request.POST if verb == "group" else None,
        initial=GroupForm.of(opened) if opened else {"focal_language": "vi"},
    )
    if verb and _do(request, event, opened, verb, form=form, group=group):
        return redirect("admin:training_event_seats", pk)
    return _page(request, event, opened, form, group)


def _opened(request: HttpRequest, event: Event) -> Quota | None:
    asked = request.GET.get("group", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return None
    return get_object_or_404(event.quotas.prefetch_related("units"), pk=int(asked))


def _do(
    request: HttpRequest, event: Event, opened: Quota | None, verb: str, *, form: HallForm, group: GroupForm
) -> bool:
    deed = {"by": request.user, "now": timezone.now()}
    if verb == "arrange":
        return form.is_valid() and tried(
            request, _("The seats are arranged."),
            lambda: arrangements.arrange(event, **form.cleaned_data, **deed),
        )  # fmt: skip
    if verb == "group":
        return group.is_valid() and tried(
            request, _("The group is kept."), _group_deed(event, opened, group, deed)
        )
    if verb in {"ask", "remove"}:
        quota = get_object_or_404(event.quotas.select_related("event"), pk=number(request, "group"))
        if verb == "ask":
            said = _("The focal point gets a letter with its link.")
            return tried(request, said, lambda: nominating.invite(quota, **deed))
        return tried(request, _("The group is removed."), lambda: arrangements.remove_group(quota, **deed))
    return False


def _group_deed(
    event: Event, opened: Quota | None, form: GroupForm, deed: dict[str, Any]
) -> Callable[[], Any]:
    if opened:
        return lambda: arrangements.change_group(opened, form.group(), **deed)
    return lambda: arrangements.add_group(event, form.group(), **deed)


def lines_of(event: Event, now: datetime) -> list[Line]:
    """Each group and, last, everybody else. Four queries."""
    hall, waiting = Hall.of(event, now), Counter[int | None]()
    for group in event.registrations.filter(state=Registration.State.WAITING).values_list("quota", flat=True):
        waiting[hall.pool_of(group)] += 1
    lines = []
    for quota in event.quotas.prefetch_related("units"):
        kept = quota.pk in hall.kept
        held = hall.held[quota.pk]
        lines.append(
            Line(quota, quota.seats if kept else held, held, waiting[quota.pk] if kept else 0, kept=kept)
        )
    return [*lines, Line(None, hall.seats(POOL), hall.taken(POOL), waiting[POOL])]


def _page(
    request: HttpRequest, event: Event, opened: Quota | None, form: HallForm, group: GroupForm
) -> HttpResponse:
    now = timezone.now()
    units: Any = group.fields["units"]
    units.choices = sorted(
        ((each.pk, str(each)) for each in units.queryset), key=lambda each: vietnamese_key(each[1])
    )
    lines = lines_of(event, now)
    context = {
        "form": form, "group": group, "opened": opened, "lines": lines, "closed": window.closed_because(event, now),
        "held": sum(line.held for line in lines if not (line.quota and not line.kept)),
        "waiting": sum(line.waiting for line in lines), "over": window.is_over(event, now),
    }  # fmt: skip
    return page(
        request, "training/admin/seats.html", event, context, title=_("Seats: %(title)s") % {"title": event}
    )
