"""Mailings that do not go on by themselves: on the desk of those who compose and send them, with the reason."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.editorial.errands import Errand, Heap
from portal.mailing.models import Mailing

SHOWN = 12


def of(person: Any, now: datetime) -> Iterator[Heap]:
    """One question to the database, and none for those who have nothing to do with mail."""
    if person.has_perm("mailing.send_mailing") or person.has_perm("mailing.change_mailing"):
        standing = Mailing.objects.standing().order_by("state_since", "pk")[:SHOWN]
        lines = [_errand(mailing) for mailing in standing]
        yield Heap(
            "mailings", _("Mailings that stand still"), lines, reverse("admin:mailing_mailing_changelist")
        )


def _errand(mailing: Mailing) -> Errand:
    return Errand(
        mailing.title,
        reverse("admin:mailing_mailing_change", args=[mailing.pk]),
        mailing.reason or str(mailing.get_state_display()),
        grave=mailing.state == Mailing.State.ADDRESSING,
    )
