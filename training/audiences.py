"""Participants on mailing lists: whom a list's rule reaches. Who they are is shown to those who work with registrations."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from portal.mailing.models import MailingList
from training.models import ParticipantRule, Registration

#: How the keys of training's letters to participants begin.
LETTERS = ("training-", "certificate_", "survey:")
#: Who sees whom they went to.
RIGHT = "training.view_registration"
#: Of whom a list can be made: whoever has confirmed the address and is not at an end.
STATES: tuple[Any, ...] = (
    Registration.State.SEATED, Registration.State.OFFERED, Registration.State.WAITING, Registration.State.APPLIED,
)  # fmt: skip


def of_list(mailing_list: MailingList, language: str, kind: str) -> QuerySet[Registration] | None:
    """The participants of the rule who want this language; see `portal.mailing.audiences.Source`.

    A letter names nobody: a list of names and addresses would say to every reader of the ledger who goes where.
    """
    rule = ParticipantRule.objects.filter(mailing_list=mailing_list).first()
    if rule is None:
        return None
    return reached(rule).filter(language=language).annotate(
        reader_email=F("email"), reader_name=Cast(Value(""), CharField())
    )  # fmt: skip


def reached(rule: ParticipantRule) -> QuerySet[Registration]:
    """In whatever language they read; those whose address is erased are reached no more."""
    wanted = [state for state in rule.states if state in STATES]
    return Registration.objects.filter(event=rule.event_id, state__in=wanted).exclude(email="").order_by("pk")
