"""What minutes and reports say about how many came, where nobody registered here."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import record
from training.models import Event, HeadCount


@transaction.atomic
def say_count(
    event: Event, what: Any, number: int, *, qualifier: str = "", source: str, by: User | None, now: datetime
) -> HeadCount:
    """Keep a figure with its word and its source, in place of an earlier one. Raises Refused without a source."""
    if not source.strip():
        raise Refused(_("Say where the figure is taken from."))
    event = Event.objects.select_for_update().get(pk=event.root_pk)
    before = event.head_counts.filter(what=what).first()
    said = {"number": number, "qualifier": qualifier, "source": source}
    if before and all(getattr(before, name) == value for name, value in said.items()):
        return before
    count, _made = HeadCount.objects.update_or_create(event=event, what=what, defaults=said)
    was = {"was": before.number, "was_qualifier": before.qualifier} if before else {}
    record(
        event, "said a head count", by=by, now=now, what=str(what), number=number, qualifier=qualifier, **was
    )
    return count


@transaction.atomic
def take_count_back(event: Event, what: Any, *, by: User | None, now: datetime) -> None:
    """The figure was wrong, or rows have taken its place. Twice is once."""
    event = Event.objects.select_for_update().get(pk=event.root_pk)
    count = event.head_counts.filter(what=what).first()
    if count is not None:
        record(event, "took a head count back", by=by, now=now, what=str(what), number=count.number)
        count.delete()
