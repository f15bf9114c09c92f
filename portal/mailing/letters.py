"""Ordinary letters: of the workflow, a registration, the press room. The key makes each one letter for ever."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from portal.mailing.composing import own_mail_url
from portal.mailing.destinations import destination, domain_of
from portal.mailing.models import Delivery, Message, Suppression
from portal.web.models import SiteIdentity


@transaction.atomic
def post(
    key: str,
    *,
    to: str,
    language: str,
    template: str,
    context: dict,
    now: datetime,
    name: str = "",
    calendar: str = "",
) -> Delivery:
    """Queue a letter made from `<template>.subject.txt`, `.txt` and, where there is one, `.html`; once for each key.

    `calendar` is an iCalendar object with its METHOD, which mail programs offer to put into the reader's calendar.

    It leaves when the transaction around it has committed and a worker comes by. An address that is left alone gets
    none, and the delivery says so.
    """
    known = Delivery.objects.filter(key=key).first()
    if known:
        return known
    with override(language):
        context = {**context, "own_mail": own_mail_url()}
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        message = Message.objects.create(
            subject=subject[:300], text=render_to_string(f"{template}.txt", context), language=language,
            calendar=calendar, sender=sender(language), created_at=now,
        )  # fmt: skip
    return queue(message, key=key, to=to, name=name, now=now)


def sender(language: str) -> str:
    """Who speaks, in the language of the letter: the portal's name and the house's address."""
    site = SiteIdentity.objects.first()
    name = getattr(site, f"portal_name_{language}", "") if site else ""
    return f"{name} <{settings.DEFAULT_FROM_EMAIL}>".strip()


def queue(message: Message, *, key: str, to: str, name: str, now: datetime) -> Delivery:
    """Queue one copy of a message; the same key twice is one copy."""
    left_alone = {row.email: row for row in Suppression.objects.standing().filter(email=to.strip().lower())}
    email, state, reason = destination(to, left_alone)
    delivery, _made = Delivery.objects.get_or_create(
        key=key,
        defaults={
            "message": message,
            "email": email,
            "domain": domain_of(email),
            "name": name[:200],
            "state": state,
            "reason": reason,
            "queued_at": now,
            "due_at": now,
        },
    )
    return delivery
