from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone

from portal.accounts import idleness

register = template.Library()


@register.inclusion_tag("accounts/session_watch.html", takes_context=True)
def session_watch(context: dict[str, Any]) -> dict[str, Any]:
    """Warns a signed-in person before the idle sign-out and keeps the session alive while they type."""
    request = context["request"]
    signed_in = request.user.is_authenticated
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "seconds_left": idleness.seconds_left(request, timezone.now()) if signed_in else None,
    }


@register.filter
def full_minute_after(moment: datetime, pause: timedelta) -> datetime:
    """The first full minute when `pause` after `moment` is over, in local time."""
    end = timezone.localtime(moment + pause)
    return end.replace(second=0, microsecond=0) + timedelta(minutes=1)
