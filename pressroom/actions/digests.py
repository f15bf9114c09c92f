"""Digests: to each journalist who chose one, once for each day or week, what has become public on their beats."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.mailing.models import Message
from portal.search.models import Entry
from pressroom.mails import digests as mails
from pressroom.models import Journalist
from pressroom.rules.periods import REACHES_BACK, Period, closed_period

Frequency = Journalist.Frequency
SECTION = "pressroom"

log = logging.getLogger(__name__)
Told = tuple[Entry, frozenset[int]]  # an entry and its topics


def send_digests(frequency: Any, now: datetime) -> int:
    """Send what the last period that is over brought; a late run catches up. Answers how many letters were queued."""
    period = closed_period(frequency, now)
    told = {language: _became_public(language, period, now) for language in Journalist.Language.values}
    messages: dict[tuple[str, tuple[int, ...]], Message] = {}
    sent = 0
    for journalist in _due(frequency, period):
        try:
            sent += _send(journalist, period, told[journalist.language], messages, now)
        except Exception:  # one record that cannot be written to does not keep the digest from the others
            log.exception("digest for journalist %s", journalist.pk)
            messages.clear()  # one composed in a transaction taken back is not there for the next
    return sent


def _due(frequency: Any, period: Period) -> Iterable[Journalist]:
    """Those who have not been told everything up to the end of the period."""
    chosen = Journalist.objects.written_to(frequency).exclude(digested_until__gte=period.until)
    return list(chosen.prefetch_related("beats").order_by("pk"))


def _became_public(language: str, period: Period, now: datetime) -> list[Told]:
    """What is listed now and began as far back as any digest may reach, in the order in which it appeared."""
    entries = (
        Entry.objects.in_language(language)
        .filter(section=SECTION, visible_from__gt=period.until - REACHES_BACK, visible_from__lte=period.until)
        .listed(now)
        .for_cards()
        .order_by("visible_from", "pk")
    )
    topics: dict[int, set[int]] = defaultdict(set)
    for entry, topic in Entry.topics.through.objects.filter(
        entry__in=[each.pk for each in entries]
    ).values_list("entry_id", "topic_id"):
        topics[entry].add(topic)
    return [(entry, frozenset(topics[entry.pk])) for entry in entries]


@transaction.atomic
def _send(
    journalist: Journalist,
    period: Period,
    told: list[Told],
    messages: dict[tuple[str, tuple[int, ...]], Message],
    now: datetime,
) -> bool:
    """Claim the period for this journalist, then queue the letter; nothing to tell, no letter."""
    since = journalist.digested_until or period.since
    claimed = Journalist.objects.active().filter(
        pk=journalist.pk, frequency=journalist.frequency, digested_until=journalist.digested_until
    )
    if not claimed.update(digested_until=period.until):
        return False
    beats = {topic.pk for topic in journalist.beats.all()}
    entries = [entry for entry, topics in told if entry.visible_from > since and concerns(topics, beats)]
    if not entries:
        return False
    alike = (journalist.language, tuple(entry.pk for entry in entries))
    if alike not in messages:
        weekly = journalist.frequency == Frequency.WEEKLY
        messages[alike] = mails.compose(
            entries, journalist.language, weekly=weekly, until=period.until, now=now
        )
    mails.send(messages[alike], journalist, period.name, now)
    return True


def concerns(topics: Iterable[int], beats: Iterable[int]) -> bool:
    """Who named no beat receives everything; what is filed under no topic concerns everybody."""
    topics, beats = set(topics), set(beats)
    return not beats or not topics or bool(topics & beats)
