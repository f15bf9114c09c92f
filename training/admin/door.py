"""The phone at the door: a page that works without a network, what it takes with it, and what it sends back."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from portal.history import signatures
from portal.history.actions import record
from portal.languages.dates import clock as clock_words
from training.actions import scans
from training.admin.day_pages import run_or_refuse
from training.models import Event, Registration, Scan
from training.printing.badges import session_in_words
from training.rules.badges import by_given_name, short_code_of, unit_of
from training.rules.clocks import Clock

MOST_AT_ONCE = 200
#: So long after its end the phones forget an event.
KEPT = timedelta(days=1)
SHELL = (
    "portal/css/tokens.css",
    "portal/css/training_door.css",
    "portal/js/door.js",
    "portal/js/vendor/jsqr.js",
    "portal/fonts/text-400.woff2",
    "portal/fonts/text-600.woff2",
    "portal/icons/mark.svg",
    "portal/icons/mark-180.png",
)


def door(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; it holds no names and may be kept by the phone."""
    event = run_or_refuse(request, pk)
    response = render(request, "training/admin/door.html", {"event": event})
    response.headers["Permissions-Policy"] = (
        "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
    )
    response._csp_update = {"worker-src": ["'self'"]}
    return response


def worker(request: HttpRequest, pk: int) -> HttpResponse:
    """The script that answers in place of the network, for this one page."""
    event = run_or_refuse(request, pk)
    shell = [static(name) for name in SHELL]
    context = {
        "page": reverse("admin:training_event_door", args=[event.pk]),
        "shell": shell,
        "cache": f"door-{event.pk}-{sha256(''.join(shell).encode()).hexdigest()[:12]}",
        "family": f"door-{event.pk}-",
    }
    return render(
        request,
        "training/admin/door_worker.js",
        {"settings": context},
        content_type="text/javascript; charset=utf-8",
    )


def manifest(request: HttpRequest, pk: int) -> HttpResponse:
    event = run_or_refuse(request, pk)
    here = reverse("admin:training_event_door", args=[event.pk])
    said = {
        "name": str(event), "short_name": str(event)[:24], "id": here, "start_url": here, "scope": here,
        "display": "standalone", "background_color": "#fbf8f1", "theme_color": "#1c1e3c",
        "icons": [
            {"src": static("portal/icons/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": static("portal/icons/mark-180.png"), "sizes": "180x180", "type": "image/png"},
        ],
    }  # fmt: skip
    return JsonResponse(said, content_type="application/manifest+json")


def taken_along(request: HttpRequest, pk: int) -> HttpResponse:
    """What the phone needs to judge without us: names, our public key, who has a seat no more. Who took it is written down."""
    event, now = run_or_refuse(request, pk), timezone.now()
    people = list(event.registrations.select_related("unit"))
    seated = [each for each in people if each.state == Registration.State.SEATED]
    said = {
        "event": event.pk,
        "now": now.isoformat(),
        "wipe_after": _wipe_after(event, now).isoformat(),
        "public_key": signatures.public_key(),
        "csrf": get_token(request),
        "sessions": [_session(each, request.LANGUAGE_CODE) for each in scans.sessions_of(event)],
        "people": [_person(each) for each in sorted(seated, key=by_given_name)],
        "blocked": [each.key.hex for each in people if each.state != Registration.State.SEATED],
        "present": [[who, session] for who, session in sorted(_present(event))],
    }
    record(event, "took the list to the door", by=request.user, now=now, rows=len(seated))
    return JsonResponse(said)


def _wipe_after(event: Event, now: datetime) -> datetime:
    if event.ends_at:
        return event.ends_at + KEPT
    return now.replace(year=event.ends_on.year, month=event.ends_on.month, day=event.ends_on.day) + 2 * KEPT


def _session(session: Any, language: str) -> dict[str, Any]:
    title = session_in_words(session, language)
    return {
        "pk": session.pk, "title": title, "begins": session.begins_at.isoformat(), "ends": session.ends_at.isoformat()
    }  # fmt: skip


def _person(registration: Registration) -> dict[str, str]:
    return {
        "key": registration.key.hex, "name": registration.full_name, "unit": unit_of(registration),
        "code": short_code_of(registration),
    }  # fmt: skip


def _present(event: Event) -> Iterator[tuple[str, int]]:
    keys = dict(event.registrations.values_list("pk", "key"))
    return ((keys[who].hex, session or 0) for who, session in scans.present_at(event))


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Scans as the phone kept them; each is answered, also when it came before."""
    event, now = run_or_refuse(request, pk), timezone.now()
    device, clock, sent = _read(request.body, now)
    done = [
        (each, scans.take(event, each, device=device, clock=clock, by=request.user))
        for each in sorted(sent, key=lambda each: each.said_at)
    ]
    return JsonResponse({"now": now.isoformat(), "results": [_result(read, scan) for read, scan in done]})


def _result(read: scans.Read, scan: Scan) -> dict[str, str]:
    """Told by the number that was sent: the phone forgets the scan when it reads it here."""
    return {
        "nonce": str(read.nonce), "outcome": scan.outcome, "doubt": scan.doubt,
        "doubt_words": str(scan.get_doubt_display()) if scan.doubt else "",
        "key": scan.registration.key.hex if scan.registration else "",
        "name": scan.registration.full_name if scan.registration else "", "at": clock_words(scan.at),
    }  # fmt: skip


def _read(body: bytes, now: datetime) -> tuple[UUID, Clock, list[scans.Read]]:
    """Raises BadRequest for what no phone of ours sends."""
    try:
        said = json.loads(body)
        sent_at = _moment(said["sent_at"])
        return (
            UUID(said["device"]),
            Clock(sent_at, now),
            [_one(each) for each in said["scans"][:MOST_AT_ONCE]],
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as problem:
        raise BadRequest("no scans of ours") from problem


def _one(said: dict[str, Any]) -> scans.Read:
    behind, session = said.get("known_behind"), said.get("session")
    return scans.Read(
        nonce=UUID(said["nonce"]), code=str(said["code"])[:400].replace("\x00", ""),
        session=int(session) if session and 0 < int(session) < 10**15 else None, said_at=_moment(said["said_at"]),
        known_behind=timedelta(seconds=float(behind)) if behind is not None else None,
    )  # fmt: skip


def _moment(said: str) -> datetime:
    """A moment with its zone, within a century of ours: what is further off no clock at a door says."""
    moment = parse_datetime(said)
    if moment is None or moment.tzinfo is None or not 1980 <= moment.year <= 2200:
        raise ValueError(f"{said!r} is no moment")
    return moment
