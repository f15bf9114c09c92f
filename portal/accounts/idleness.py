"""How long a signed-in person has been idle. The session keeps the second they were last seen."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

LAST_SEEN = "last_seen"  # Unix time, whole seconds
WRITE_EVERY = 60  # seconds: a session is written at most this often for being seen


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the session belongs to somebody, without asking the database who."""
    return SESSION_KEY in request.session


def limit_minutes(request: HttpRequest) -> int:
    """Idle minutes this person is allowed."""
    if request.user.is_administrator:
        return settings.SESSION_IDLE_MINUTES_ADMINISTRATOR
    return settings.SESSION_IDLE_MINUTES


def idle_seconds(request: HttpRequest, now: datetime) -> int:
    """Seconds since the person was last seen; 0 for a session that has just begun."""
    return int(now.timestamp()) - request.session.get(LAST_SEEN, int(now.timestamp()))


def is_idle(request: HttpRequest, now: datetime) -> bool:
    """Whether the person has been away longer than allowed."""
    idle = idle_seconds(request, now)
    shortest = min(settings.SESSION_IDLE_MINUTES, settings.SESSION_IDLE_MINUTES_ADMINISTRATOR) * 60
    if idle <= shortest:  # spares the question who it is
        return False
    return request.user.is_authenticated and idle > limit_minutes(request) * 60


def seconds_left(request: HttpRequest, now: datetime) -> int:
    """Seconds until a person who does nothing is signed out."""
    return max(0, limit_minutes(request) * 60 - idle_seconds(request, now))


def see(request: HttpRequest, now: datetime) -> None:
    """Remember that the person is there."""
    if LAST_SEEN in request.session and idle_seconds(request, now) < WRITE_EVERY:
        return
    request.session[LAST_SEEN] = int(now.timestamp())
