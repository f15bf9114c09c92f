"""What is committed between two letters: the last was accepted, the next begins. One statement, one trip, one commit."""

from datetime import datetime, timedelta
from typing import Any
from weakref import WeakSet

from django.db import connection

from portal.mailing.models import Delivery
from portal.mailing.transport import Answer

#: Longer than anything a conversation may take; a worker not heard of for so long is dead.
LEASE = timedelta(minutes=10)

#: Both rows change together or neither does; the next one only while it may still go out.
_STATEMENT = """
    UPDATE mailing_delivery SET
        state = CASE id WHEN %(last)s THEN 'accepted' ELSE 'inflight' END,
        lease_until = CASE id WHEN %(last)s THEN NULL ELSE %(lease)s END,
        answered_at = CASE id WHEN %(last)s THEN %(now)s ELSE answered_at END,
        reply = CASE id WHEN %(last)s THEN %(reply)s ELSE reply END,
        attempts = CASE id WHEN %(last)s THEN attempts + 1 ELSE attempts END
    WHERE claimed_by = %(worker)s AND (
        id = %(last)s
        OR id = %(next)s AND state = 'claimed' AND (mailing_id IS NULL OR EXISTS (
            SELECT 1 FROM mailing_mailing WHERE mailing_mailing.id = mailing_id AND mailing_mailing.state = 'sending'
        ))
    )
    RETURNING id
"""
_TYPES = {
    "last": "bigint",
    "next": "bigint",
    "worker": "text",
    "now": "timestamptz",
    "lease": "timestamptz",
    "reply": "text",
}
_PREPARE = f"PREPARE mailing_between ({', '.join(_TYPES.values())}) AS {_STATEMENT}" % {
    name: f"${place}" for place, name in enumerate(_TYPES, start=1)
}
_EXECUTE = f"EXECUTE mailing_between ({', '.join(f'%({name})s' for name in _TYPES)})"
_prepared: WeakSet[Any] = WeakSet()  # sessions of PostgreSQL that know the statement


def accepted_and_begun(last: tuple[Delivery, Answer] | None, following: Delivery, now: datetime) -> bool:
    """The last letter was accepted, the following one begins; False when that must not go out any more."""
    moment = connection.ops.adapt_datetimefield_value
    said = {
        "last": last[0].pk if last else 0, "reply": str(last[1]) if last else "", "next": following.pk,
        "worker": following.claimed_by, "now": moment(now), "lease": moment(now + LEASE),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_statement(cursor), said)
        return (following.pk,) in cursor.fetchall()


def _statement(cursor: Any) -> str:
    """On PostgreSQL planned once for each session: planning takes two thirds of the statement's time."""
    if connection.vendor != "postgresql":
        return _STATEMENT
    if connection.connection not in _prepared:
        cursor.execute(_PREPARE)
        _prepared.add(connection.connection)
    return _EXECUTE
