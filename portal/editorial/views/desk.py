"""The desk itself: late releases, notices, failed effects."""

from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from portal.editorial import clock, effects
from portal.editorial.models import Effect, Notice


@staff_member_required
@require_POST
def release_late(request: HttpRequest) -> HttpResponse:
    """“Publish them now”: what the clock should have done, done by a publisher's hand."""
    if not request.user.has_perm("editorial.publish"):
        raise PermissionDenied
    released = clock.run(timezone.now(), by=request.user)
    messages.success(request, _("Released: %(number)d.") % {"number": released})
    return redirect("admin:index")


@staff_member_required
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark one's own notices as read: the one named, or all."""
    unread = Notice.objects.filter(to=request.user, read_at=None)
    if (named := request.POST.get("notice", "")).isdecimal():
        unread = unread.filter(pk=int(named[:18]))
    unread.update(read_at=timezone.now())
    return redirect("admin:index")


@staff_member_required
@require_POST
def try_effects_again(request: HttpRequest) -> HttpResponse:
    """“Try again”: whatever failed after a step, of what the person is shown, is due at once."""
    if not request.user.has_perm("editorial.change_effect"):
        raise PermissionDenied
    now = timezone.now()
    shown = Effect.objects.shown_to(request.user)
    count = effects.try_again(shown.failing(), now)
    effects.do_waiting(now)
    failing = shown.failing().count()
    if failing:
        messages.error(
            request, ngettext("%(count)d still fails.", "%(count)d still fail.", failing) % {"count": failing}
        )
    else:
        messages.success(
            request,
            ngettext("%(count)d effect was done.", "%(count)d effects were done.", count) % {"count": count},
        )
    return redirect("admin:index")
