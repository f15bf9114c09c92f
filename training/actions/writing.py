"""Writing to the participants of an event: a list, a draft; a second person approves it like any mailing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import record
from portal.languages import other
from portal.mailing import letters
from portal.mailing.actions import sending
from portal.mailing.composing import own_mail_url
from portal.mailing.models import Mailing, MailingList, Message
from training import audiences
from training.models import Event, ParticipantRule

#: Names its lists to the programs that read mail (RFC 2919).
LIST_ID = "training"


@transaction.atomic
def begin_mailing(event: Event, states: Sequence[str], *, language: str, by: User, now: datetime) -> Mailing:
    """A draft to whoever of the event is in these states when it is approved; its words are written on its own page.

    Raises Refused where it would reach nobody.
    """
    chosen = [state for state in audiences.STATES if state in states]
    if not chosen:
        raise Refused(_("Choose to whom."))
    found = _list_of(event, chosen)
    if not audiences.reached(found.participant_rule).filter(language=language).exists():
        raise Refused(_("Nobody in these states reads this language."))
    mailing = sending.compose(found.title_vi, _first_words(event, language, now), by=by, now=now)
    mailing.lists.add(found)
    record(event, "wrote to the participants", by=by, now=now, states=[str(state) for state in chosen])
    return mailing


def _first_words(event: Event, language: str, now: datetime) -> Message:
    title = event.text("title", language) or event.text("title", other(language))
    with override(language):
        text = _(
            "Dear participant,\n\n…\n\nYou get this letter because you registered for “%(title)s”. If you want no more "
            "letters about it: %(page)s\n"
        ) % {"title": title, "page": own_mail_url()}
    return Message.objects.create(
        subject=title,
        text=text,
        language=language,
        sender=letters.sender(language),
        list_id=LIST_ID,
        created_at=now,
    )


def _list_of(event: Event, states: Sequence[Any]) -> MailingList:
    """The list of these people; made when it is first asked for."""
    slug = f"training-{event.pk}-{'-'.join(sorted(state[:3] for state in states))}"
    found, made = MailingList.objects.get_or_create(
        slug=slug, defaults={"title_vi": _title(event, states, "vi"), "title_en": _title(event, states, "en")}
    )
    if made:
        ParticipantRule.objects.create(
            mailing_list=found, event=event, states=[str(state) for state in states]
        )
    return found


def _title(event: Event, states: Sequence[Any], language: str) -> str:
    with override(language):
        named = ", ".join(str(state.label) for state in states)
        title = _("Participants of %(event)s (%(states)s)") % {
            "event": event.text("title", language) or event.pk, "states": named,
        }  # fmt: skip
    return title if len(title) <= 120 else f"{title[:119]}…"
