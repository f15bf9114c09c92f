"""A draft's audience beside the last one: who is new, who has gone, who gets nothing. The database counts; few are named.

An address is looked at here only as far as SQL can: what the directory or a form let through is one, and what else may
be wrong with it its copy says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Lower

from portal.directory.models import Post
from portal.mailing import audiences
from portal.mailing.destinations import destined
from portal.mailing.models import Addressee, Delivery, Mailing, MailingList, Suppression
from portal.mailing.reaching import reached
from portal.mailing.reaching import recipients as reach

#: How many are named of each.
SHOWN = 500

_COUNTED = """
    WITH named (email) AS (%(named)s),
    wanted AS (SELECT DISTINCT email FROM named WHERE email NOT IN (
        SELECT email FROM mailing_suppression WHERE lifted_at IS NULL
    )),
    earlier (email) AS (%(last)s),
    fresh AS (SELECT email FROM wanted EXCEPT SELECT email FROM earlier),
    dropped AS (SELECT email FROM earlier EXCEPT SELECT email FROM wanted)
    SELECT 'total', '', COUNT(*) FROM wanted
    UNION ALL SELECT 'new', '', COUNT(*) FROM fresh
    UNION ALL SELECT 'dropped', '', COUNT(*) FROM dropped
    UNION ALL SELECT 'is new', email, 0 FROM (SELECT email FROM fresh ORDER BY email LIMIT %(shown)s) AS f
    UNION ALL SELECT 'is dropped', email, 0 FROM (SELECT email FROM dropped ORDER BY email LIMIT %(shown)s) AS d
"""
_UNREACHED = "SELECT COUNT(*) FROM (%s) AS n"
_ROWS = "SELECT column1 FROM (VALUES %s) AS w"
_NOBODY = "SELECT '' AS said WHERE 1 = 0"
#: A column of its own for what it names: a recipient's address, a post by its number.
_SAID = "said"


@dataclass(frozen=True)
class Some:
    """How many there are, and the first of them."""

    count: int
    first: list[Any]

    @property
    def is_more(self) -> bool:
        return self.count > len(self.first)


@dataclass(frozen=True)
class Difference:
    """What is new in an audience against the last mailing to the same lists, what has gone from it, who gets nothing."""

    total: int
    new: Some
    dropped: Some
    left_out: Some  # (who, why) of each


@dataclass(frozen=True)
class _Source:
    """Some of the audience: the addresses that are written to, who of them gets nothing, and each of these by a name of its own."""

    written_to: list[QuerySet]
    nothing: QuerySet
    key: Any
    list: MailingList | None = None


@transaction.atomic
def difference(mailing: Mailing) -> Difference:
    """The audience as it is at this moment."""
    audiences.compile_nothing()
    by_hand = list(destined(reach(audiences.first_readers(mailing), mailing.message.language)))
    queued = [email for _whom, (email, state, _why) in by_hand if state == Delivery.State.QUEUED]
    unreached = {whom.name or email: why for whom, (email, state, why) in by_hand if why}
    sources = list(_sources(mailing))
    counts, new, dropped = _counted([_values(queued), *_selects(sources)], _last(mailing))
    return Difference(
        counts["total"],
        Some(counts["new"], new),
        Some(counts["dropped"], dropped),
        _left_out(unreached, sources, mailing.message.language),
    )


def _sources(mailing: Mailing) -> Iterator[_Source]:
    """The same as `audiences.note` writes down."""
    if mailing.resends:
        yield _readers(audiences.those_who_got(mailing.resends), "email", None)
        return
    if mailing.completes:
        yield _readers(audiences.those_still_without(mailing.completes), "email", None)
        return
    message, languages = mailing.message, audiences.languages_of(mailing)
    for chosen in mailing.lists.all():
        yield _posts(audiences.posts_of(chosen, languages), chosen)
        for rows in audiences.added_to(chosen, message.language, message.list_id):
            yield _readers(rows, "reader_email", chosen)
        yield _readers(audiences.public_of(chosen, languages), "subscriber__email", chosen)


def _readers(rows: QuerySet, email: str, chosen: MailingList | None) -> _Source:
    small = rows.order_by().annotate(**{_SAID: Lower(email)})
    return _Source([small.values_list(_SAID)], small.filter(Exists(_left_alone(_SAID))), F(_SAID), chosen)


def _posts(posts: QuerySet[Post], chosen: MailingList) -> _Source:
    here = reached(posts, chosen).filter(has_left=False).order_by()
    own = here.exclude(email=None).annotate(**{_SAID: Lower("email")})
    instead = here.exclude(instead=None).exclude(instead="").annotate(**{_SAID: Lower("instead")})
    number = Concat(Value("post "), Cast("pk", CharField()), output_field=CharField())
    nothing = here.filter(Q(email=None) | Exists(_left_alone("email")))
    return _Source([own.values_list(_SAID), instead.values_list(_SAID)], nothing, number, chosen)


def _left_alone(email: str) -> QuerySet[Suppression]:
    return Suppression.objects.standing().filter(email=Lower(OuterRef(email)))


def _last(mailing: Mailing) -> QuerySet[Delivery]:
    """Whom the last mailing to the same lists went to."""
    approved = Mailing.objects.filter(lists__in=mailing.lists.all(), approved_at__isnull=False)
    complete = approved.exclude(state=Mailing.State.ADDRESSING).exclude(pk=mailing.pk)
    last = complete.order_by("-approved_at").values_list("pk", flat=True).first() or 0  # no mailing has that
    return Delivery.objects.filter(mailing=last).exclude(state=Delivery.State.EXCLUDED).values_list("email")


_Select = tuple[str, tuple[Any, ...]]


def _selects(sources: Iterable[_Source]) -> Iterator[_Select]:
    for rows in chain.from_iterable(source.written_to for source in sources):
        yield _select(rows)


def _select(rows: QuerySet) -> _Select:
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return _NOBODY, ()


def _values(words: list[str]) -> _Select:
    """Words of ours as rows; no words, no rows."""
    if not words:
        return _NOBODY, ()
    return _ROWS % ", ".join(["(%s)"] * len(words)), tuple(words)


def _counted(named: Iterable[_Select], last: QuerySet) -> tuple[dict[str, int], list[str], list[str]]:
    """How many of each kind; who is new, who is dropped."""
    sql, values = _union(named)
    before, more = _select(last)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED % {"named": sql, "last": before, "shown": SHOWN}, [*values, *more])
        found = cursor.fetchall()
    counts = {kind: number for kind, email, number in found if not email}
    new, dropped = (
        sorted(email for kind, email, _n in found if kind == f"is {what}") for what in ("new", "dropped")
    )
    return counts, new, dropped


def _union(selects: Iterable[_Select]) -> tuple[str, list[Any]]:
    said = list(selects)
    return " UNION ".join(sql for sql, _values in said), [each for _sql, values in said for each in values]


def _left_out(by_hand: dict[str, str], sources: list[_Source], language: str) -> Some:
    """Who gets nothing, with the reason in the words of the copy."""
    keys = [_select(source.nothing.annotate(row_key=source.key).values_list("row_key")) for source in sources]
    sql, values = _union([_values(list(by_hand)), *keys])
    with connection.cursor() as cursor:
        cursor.execute(_UNREACHED % sql, values)
        [count] = cursor.fetchone()
    first = by_hand | _words(sources, language)
    return Some(count, list(first.items())[:SHOWN])


def _words(sources: list[_Source], language: str) -> dict[str, str]:
    unreached = [each for source in sources for each in _addressees(source)]
    told = destined(reach(unreached, language))
    return {whom.name or email: why for whom, (email, state, why) in told if state != Delivery.State.QUEUED}


def _addressees(source: _Source) -> Iterator[Addressee]:
    for row in source.nothing[:SHOWN]:
        post = row.pk if isinstance(row, Post) else None
        yield Addressee(list=source.list, post_id=post, email="" if post else getattr(row, _SAID))
