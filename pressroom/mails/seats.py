"""Letters to journalists about their seats at a briefing. Each has a key, and is one letter for ever."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from portal.languages import other
from portal.mailing import letters
from pressroom.briefing_facts import When, when_of
from pressroom.models import Attendance, Briefing, Journalist

SALT, CODE_SALT = "briefing seat", "briefing check-in"


def token_of(briefing: Briefing, journalist: Journalist) -> str:
    """Opens the journalist's own page of this briefing; void when the address in the register is another."""
    return signing.dumps([briefing.pk, journalist.pk, _seal(journalist)], salt=SALT)


def read_token(token: str) -> tuple[int, Journalist]:
    """The briefing's number and the journalist. Raises LookupError for a link cut short, made up, or void."""
    try:
        briefing, pk, seal = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise LookupError("no link of ours") from problem
    journalist = Journalist.objects.select_related("outlet").filter(pk=pk).first()
    if journalist is None or journalist.state == Journalist.State.CLOSED or seal != _seal(journalist):
        raise LookupError("a link that is void")
    return briefing, journalist


def _seal(journalist: Journalist) -> str:
    return salted_hmac(SALT, journalist.email.lower(), algorithm="sha256").hexdigest()[:12]


def code_of(attendance: Attendance) -> str:
    """What the QR code of a confirmation says to whoever stands at the door."""
    return signing.dumps([attendance.pk, attendance.turn], salt=CODE_SALT, compress=False)


def read_code(code: str) -> tuple[int, int]:
    """The attendance's number and its turn. Raises LookupError for a code that is none of ours."""
    try:
        pk, turn = signing.loads(code, salt=CODE_SALT)
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise LookupError("no code of ours") from problem
    return pk, turn


def own_page(briefing: Briefing, journalist: Journalist) -> str:
    with override(journalist.language):
        return settings.MAIL_ORIGIN + reverse("pressroom:own_seat", args=[token_of(briefing, journalist)])


def link(briefing: Briefing, journalist: Journalist, *, accredited: bool, now: datetime) -> None:
    """The answer to whoever typed this address: once an hour at most."""
    template = "pressroom/mails/briefing_link" if accredited else "pressroom/mails/briefing_not_accredited"
    _post(f"{briefing.pk}:{journalist.pk}:{now:%Y%m%d%H}", template, briefing, journalist, now=now)


def seat_given(attendance: Attendance, *, now: datetime) -> None:
    _about(attendance, "pressroom/mails/briefing_seat", f"{attendance.turn}", now=now)


def seat_waits(attendance: Attendance, *, now: datetime) -> None:
    _about(attendance, "pressroom/mails/briefing_waiting", f"{attendance.turn}", now=now)


def moved(attendance: Attendance, before: When, *, now: datetime) -> None:
    briefing = attendance.briefing
    with override(attendance.journalist.language):
        earlier = before.words(attendance.journalist.language)
    _about(attendance, "pressroom/mails/briefing_moved", f"{briefing.sequence}", now=now, earlier=earlier)


def confirmed(attendance: Attendance, *, now: datetime) -> None:
    """The date was open again after the seat was given, and is settled now."""
    _about(attendance, "pressroom/mails/briefing_confirmed", f"{attendance.briefing.sequence}", now=now)


def cancelled(attendance: Attendance, *, now: datetime) -> None:
    _about(attendance, "pressroom/mails/briefing_cancelled", f"{attendance.briefing.sequence}", now=now)


def _about(attendance: Attendance, template: str, key: str, *, now: datetime, **more: Any) -> None:
    _post(
        f"{attendance.pk}:{key}", template, attendance.briefing, attendance.journalist, now=now,
        **more,
    )  # fmt: skip


def _post(
    key: str, template: str, briefing: Briefing, journalist: Journalist, *, now: datetime, **more: Any
) -> None:
    language = journalist.language
    spoken = language if briefing.text("title", language) else other(language)
    context = {
        "journalist": journalist,
        "title": briefing.text("title", spoken),
        "when": when_of(briefing).words(language),
        "place": briefing.text("place", language) or briefing.text("place", other(language)),
        "reason": briefing.text("reason", language) or briefing.text("reason", other(language)),
        "contact": briefing.text("contact", language) or briefing.text("contact", other(language)),
        "address": own_page(briefing, journalist),
        **more,
    }
    name = template.rpartition("/")[2]
    letters.post(
        f"{name}:{key}", to=journalist.email, name=journalist.full_name, language=language,
        template=template, context=context, now=now,
    )  # fmt: skip
