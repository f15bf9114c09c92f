"""Reading what comes back. Believed is only what arrives at a return path we signed, about a letter we sent (RFC 3464)."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from hashlib import sha256
from typing import Any

from django.db import transaction

from portal.languages.folding import normalise
from portal.mailing import absences, paces
from portal.mailing.actions.suppressing import suppress
from portal.mailing.models import Delivery, Returned, Suppression
from portal.mailing.return_path import token_of
from portal.mailing.settling import RESTS
from portal.richtext.texts import plain_text

LARGEST = 2 * 1024 * 1024
LONGEST_HTML = 100_000  # read of a reply that has no text part
LONGEST_WORDS = 2000  # kept of what a letter says
#: Characters that turn the direction of a line, and could make an address read like another.
_TURNING = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
#: Where a mail server leaves the address a letter was delivered to.
_ARRIVED_AT = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_SENT = (Delivery.State.ACCEPTED, Delivery.State.UNCERTAIN, Delivery.State.BOUNCED)
#: So many failures among so many of the last letters to an address: it is left alone.
FAILURES, AMONG = 3, 5


#: What mail services call events, as ours.
EVENTS = {
    "bounced": Returned.Kind.FAILURE,
    "delayed": Returned.Kind.DELAY,
    "complained": Returned.Kind.COMPLAINT,
}


@dataclass(frozen=True)
class Report:
    kind: Any
    status: str = ""
    words: str = ""
    says: Any = ""
    proposed: str = ""


@transaction.atomic
def take(letter: bytes, *, now: datetime) -> Returned | None:
    """Enter one returned letter; None for what is forged, foreign, unreadable or entered already. Never raises for content."""
    if len(letter) > LARGEST:
        return None
    parsed = message_from_bytes(letter, policy=policy.compat32)
    delivery = _delivery_of(parsed)
    report = _report_of(parsed, delivery) if delivery else None
    if delivery is None or report is None:
        return None
    return _enter(delivery, report, sha256(letter).hexdigest(), now)


@transaction.atomic
def take_event(event: dict[str, Any], *, now: datetime) -> Returned | None:
    """Enter one event of a mail service: {"return_path", "event": a key of EVENTS, "status", "words"}.

    Believed by the same signature as a letter; None for anything else.
    """
    said = {
        name: str(event.get(name, "")).replace("\0", "")
        for name in ("return_path", "event", "status", "words")
    }
    token = token_of(said["return_path"])
    delivery = _sent_with(token) if token else None
    kind = EVENTS.get(said["event"])
    if delivery is None or kind is None:
        return None
    status = re.match(r"[245]\.\d{1,3}\.\d{1,3}", said["status"])
    digest = sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return _enter(delivery, Report(kind, status.group() if status else "", said["words"]), digest, now)


def _enter(delivery: Delivery, report: Report, digest: str, now: datetime) -> Returned | None:
    """Once: the same again is None."""
    words = normalise(report.words).translate(_TURNING)[:LONGEST_WORDS].strip()
    returned, made = Returned.objects.get_or_create(
        digest=digest,
        defaults={
            "delivery": delivery,
            "kind": report.kind,
            "status": report.status,
            "words": words,
            "says": report.says,
            "proposed": report.proposed,
            "at": now,
        },
    )
    if not made:
        return None
    if report.kind == Returned.Kind.FAILURE:
        _learn(delivery, report, now)
    if report.kind == Returned.Kind.COMPLAINT:
        suppress(delivery.email, cause=Suppression.Cause.COMPLAINT, reason=report.words, by=None, now=now)
    return returned


def _sent_with(token: str) -> Delivery | None:
    return Delivery.objects.select_for_update().filter(token=token, state__in=_SENT).first()


def _delivery_of(parsed: Message) -> Delivery | None:
    """The delivery this is about: by our signature, and only one we handed over."""
    for name in _ARRIVED_AT:
        for value in parsed.get_all(name, []):
            found = re.search(r"bounce\+[0-9a-f-]+@", str(value), re.IGNORECASE)
            token = token_of(found.group()) if found else None
            if token:
                return _sent_with(token)
    return None


def _report_of(parsed: Message, delivery: Delivery) -> Report | None:
    """What the letter says: the machine-readable part first, then the words."""
    for part in parsed.walk():
        if part.get_content_type() == "message/delivery-status":
            return _status_of(part)
    return _reply_of(parsed, delivery)


def _reply_of(parsed: Message, delivery: Delivery) -> Report | None:
    """An answer that a machine says it wrote, or whose words are those of an absence; None for any other."""
    subject, text = _header(parsed, "Subject"), _text_of(parsed)
    reply = absences.read(subject, text, delivery)
    if reply.says == Returned.Says.UNCLEAR and not _is_automatic(parsed):
        return None
    words = f"{subject}\n\n{absences.own_words(text).strip()}"
    return Report(Returned.Kind.REPLY, words=words, says=reply.says, proposed=reply.proposed)


def _is_automatic(parsed: Message) -> bool:
    """By the header of RFC 3834, or those that were used before it."""
    marked = any(parsed.get(name) for name in ("X-Autoreply", "X-Autorespond"))
    return marked or str(parsed.get("Auto-Submitted", "no")).lower().startswith("auto-")


def _status_of(part: Message) -> Report | None:
    """The first recipient's fields: Action and Status (RFC 3464 §2.3)."""
    fields: dict[str, str] = {}
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        for name, value in block.items() if isinstance(block, Message) else ():
            fields.setdefault(name.lower(), " ".join(str(value).split()))
    status = re.match(r"[245]\.\d{1,3}\.\d{1,3}", fields.get("status", ""))
    kinds = {"failed": Returned.Kind.FAILURE, "delayed": Returned.Kind.DELAY}
    kind = kinds.get(fields.get("action", "").lower())
    if kind is None or status is None:
        return None
    return Report(kind, status.group(), fields.get("diagnostic-code", ""))


def _header(parsed: Message, name: str) -> str:
    """A header in its own letters, on one line."""
    read = EmailMessage(policy=policy.default)
    try:
        read[name] = " ".join(str(parsed.get(name, "")).split())
        return str(read[name])
    except (ValueError, IndexError):
        return ""


def _text_of(parsed: Message) -> str:
    """The words of the text part; of HTML alone, its words without it."""
    if text := _part_of(parsed, "text/plain"):
        return text
    return plain_text(_part_of(parsed, "text/html")[:LONGEST_HTML])


def _part_of(parsed: Message, kind: str) -> str:
    for part in parsed.walk():
        payload = part.get_payload(decode=True) if part.get_content_type() == kind else None
        if isinstance(payload, bytes):
            try:
                return payload.decode(part.get_content_charset("utf-8"), "replace").replace("\0", "")
            except LookupError:
                return payload.decode("utf-8", "replace").replace("\0", "")
    return ""


def _learn(delivery: Delivery, report: Report, now: datetime) -> None:
    """5.1.x: there is nobody. 5.7.x: they mistrust us; nobody is left alone for that. Anything else counts."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.BOUNCED, reason=f"{report.status} {report.words}"[:300]
    )
    if report.status.startswith("5.1."):
        suppress(
            delivery.email, cause=Suppression.Cause.UNKNOWN_ADDRESS, reason=report.words, by=None, now=now
        )
    elif report.status.startswith("5.7."):
        paces.rest(delivery.domain, now + RESTS["policy"], report.words)
    elif _fails_again_and_again(delivery):
        suppress(delivery.email, cause=Suppression.Cause.BOUNCES, reason=report.words, by=None, now=now)


def _fails_again_and_again(delivery: Delivery) -> bool:
    last = Delivery.objects.filter(email=delivery.email, state__in=_SENT).order_by("-pk")[:AMONG]
    return sum(each.state == Delivery.State.BOUNCED for each in last) >= FAILURES
