"""Who attended enough, for a whole event at once."""

from collections import defaultdict

from training.models import Event, Presence, Registration
from training.rules.attendance import Attendance, attendance_of
from training.rules.badges import by_given_name


def of_event(event: Event) -> list[Attendance]:
    """Of everybody with a seat, by given name. Three queries, however many."""
    been: dict[int, list[int | None]] = defaultdict(list)
    for who, session in Presence.objects.filter(registration__event=event).values_list(
        "registration_id", "session_id"
    ):
        been[who].append(session)
    sessions = list(event.sessions.values_list("pk", flat=True))
    people = event.registrations.seated().select_related("unit", "ruling")
    return [attendance_of(event, each, sessions, been[each.pk]) for each in sorted(people, key=by_given_name)]


def of_one(registration: Registration) -> Attendance:
    event = registration.event
    sessions = event.sessions.values_list("pk", flat=True)
    return attendance_of(
        event, registration, sessions, registration.presences.values_list("session_id", flat=True)
    )
