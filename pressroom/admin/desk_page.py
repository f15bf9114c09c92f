"""The press desk: one screen of running clocks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.views.pages import staff_page
from portal.editorial import errands, flags
from pressroom import press_desk
from pressroom.models import Enquiry


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """For whoever may see enquiries; crises, which not everybody may see, are left out for them."""
    if not request.user.has_perm("pressroom.view_enquiry"):
        raise PermissionDenied
    now = timezone.now()
    piles = [
        pile
        for pile in press_desk.piles(now)
        if pile.key not in {"crises", "tasks"} or request.user.has_perm("pressroom.view_crisis")
    ]
    context = {
        "title": _("Press desk"), "piles": piles,
        "flags": [flag for flag in flags.raised(request.user, now) if flag.url != request.path],
        "heaps": errands.of(request.user, now), "now": now, "late": sum(pile.late for pile in piles),
        "opts": Enquiry._meta, "may_take_in": request.user.has_perm("pressroom.add_enquiry"),
        "may_open_crisis": request.user.has_perm("pressroom.add_crisis"),
    }  # fmt: skip
    return staff_page(request, "pressroom/admin/desk.html", context)
