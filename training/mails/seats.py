"""Letters about somebody's seat. Each has a key, and is one letter for ever."""

from datetime import datetime
from typing import Any

from portal.languages import other
from portal.mailing import letters
from training.mails import invitations
from training.models import Event, Quota, Registration
from training.rules import links, window
from training.rules.seats import Hall, ahead_of
from training.when import when_of


def confirm(registration: Registration, *, now: datetime) -> None:
    """The link that shows that the address is theirs; once an hour at most."""
    until = window.confirm_until(registration.event, registration.asked_at)
    address = links.CONFIRM.url(registration, registration.language)
    _post(
        "training/mails/confirm",
        f"{registration.pk}:{now:%Y%m%d%H}",
        registration,
        now=now,
        address=address,
        until=until,
    )


def registered_already(registration: Registration, *, now: datetime) -> None:
    """The answer to a second attempt, which the page does not give; once an hour at most."""
    if registration.confirmed_at is None:
        confirm(registration, now=now)
    else:
        _post("training/mails/already", f"{registration.pk}:{now:%Y%m%d%H}", registration, now=now)


def applied(registration: Registration, *, now: datetime) -> None:
    _post("training/mails/applied", f"{registration.pk}", registration, now=now)


def seated(registration: Registration, *, now: datetime) -> None:
    template = "training/mails/nominated" if registration.nominated else "training/mails/seat"
    _with_the_day(template, f"{registration.pk}", registration, now=now)


def approved(registration: Registration, *, now: datetime) -> None:
    _with_the_day("training/mails/approved", f"{registration.pk}", registration, now=now)


def waits(registration: Registration, *, now: datetime) -> None:
    """With the place in the queue as it is at this moment."""
    event = registration.event
    position = ahead_of(registration, Hall.of(event, now), event.registrations.waiting()) + 1
    _post(
        "training/mails/waiting",
        f"{registration.pk}:{registration.offer_number}",
        registration,
        now=now,
        position=position,
    )


def offered(registration: Registration, *, now: datetime) -> None:
    _post(
        "training/mails/offered", f"{registration.pk}:{registration.offer_number}", registration, now=now,
        until=registration.offer_expires_at,
    )  # fmt: skip


def lapsed(registration: Registration, *, now: datetime) -> None:
    """An offer went by: they wait at the end of the queue, or no longer."""
    template = "training/mails/lapsed" if registration.is_active else "training/mails/lapsed_out"
    _post(template, f"{registration.pk}:{registration.offer_number}", registration, now=now)


def refused(registration: Registration, *, now: datetime) -> None:
    _post("training/mails/refused", f"{registration.pk}", registration, now=now)


def cancelled(registration: Registration, *, now: datetime) -> None:
    _without_the_day("training/mails/cancelled", f"{registration.pk}", registration, now=now)


def given_back(registration: Registration, *, now: datetime) -> None:
    _without_the_day("training/mails/given_back", f"{registration.pk}", registration, now=now)


def replaced(registration: Registration, *, now: datetime) -> None:
    """Their unit sends somebody else, or nobody."""
    _without_the_day("training/mails/replaced", f"{registration.pk}", registration, now=now)


def changed(registration: Registration, *, now: datetime) -> None:
    """Time or place are others now: whoever has a seat is asked whether they come all the same."""
    key = f"{registration.pk}:{registration.event.sequence}"
    if registration.state == Registration.State.SEATED:
        _with_the_day("training/mails/changed", key, registration, now=now)
    else:
        _post("training/mails/changed_waiting", key, registration, now=now)


def event_cancelled(registration: Registration, *, now: datetime) -> None:
    _without_the_day(
        "training/mails/event_cancelled",
        f"{registration.pk}:{registration.event.sequence}",
        registration,
        now=now,
    )


def reminder_key(registration: Registration, days: int) -> str:
    """Of the letter so many days before this first day; an event moved to another is reminded of anew."""
    return f"training-reminder:{registration.pk}:{registration.event.begins_on:%Y%m%d}:{days}"


def reminder(registration: Registration, days: int, *, now: datetime) -> None:
    _letter(reminder_key(registration, days), "training/mails/reminder", registration, now=now, days=days)


def nominate(quota: Quota, *, now: datetime) -> None:
    """Ask a focal point for the names; once an hour at most."""
    language = quota.focal_language
    context = {
        **_said(quota.event, language), "name": quota.focal_name, "group": quota.named_in(language), "seats": quota.seats,
        "address": links.NOMINATE.url(quota, language), "released_at": quota.released_at,
    }  # fmt: skip
    letters.post(
        f"training-nominate:{quota.pk}:{quota.focal_email}:{now:%Y%m%d%H}", to=quota.focal_email, name=quota.focal_name,
        language=language, template="training/mails/nominate", context=context, now=now,
    )  # fmt: skip


def _with_the_day(template: str, key: str, registration: Registration, *, now: datetime) -> None:
    calendar = invitations.request(registration, now=now)
    _post(template, key, registration, now=now, calendar=calendar)


def _without_the_day(template: str, key: str, registration: Registration, *, now: datetime) -> None:
    """Takes the day out of the calendar of whoever was sent it."""
    calendar = invitations.cancel(registration, now=now)
    _post(template, key, registration, now=now, calendar=calendar)


def _post(template: str, key: str, registration: Registration, *, now: datetime, **more: Any) -> None:
    _letter(f"training-{template.rpartition('/')[2]}:{key}", template, registration, now=now, **more)


def _letter(
    key: str, template: str, registration: Registration, *, now: datetime, calendar: str = "", **more: Any
) -> None:
    language = registration.language
    context = {
        **_said(registration.event, language),
        "name": registration.full_name,
        "reason": registration.reason,
        "address": links.OWN.url(registration, language),
        **more,
    }
    letters.post(
        key, to=registration.email, name=registration.full_name, language=language, calendar=calendar,
        template=template, context=context, now=now,
    )  # fmt: skip


def _said(event: Event, language: str) -> dict[str, Any]:
    """Of the event, in the language of the letter; what is not written in it, in the other."""
    return {
        "title": event.text("title", language) or event.text("title", other(language)),
        "when": when_of(event).words(language),
        "place": event.text("place", language) or event.text("place", other(language)),
        "contact": event.text("contact", language) or event.text("contact", other(language)),
        "event_reason": event.text("reason", language) or event.text("reason", other(language)),
    }
