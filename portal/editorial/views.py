"""What the desk does beside the admin's own pages."""

from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.editorial import clock


@staff_member_required
@require_POST
def release_late(request: HttpRequest) -> HttpResponse:
    """“Publish them now”: what the clock should have done, done by a publisher's hand."""
    if not request.user.has_perm("editorial.publish"):
        raise PermissionDenied
    released = clock.run(timezone.now(), by=request.user)
    messages.success(request, _("Released: %(number)d.") % {"number": released})
    return redirect("admin:index")
