"""Whom a mailing is meant for: its first readers, then whom its lists reach: posts by rule and by hand, whom sections add,
and the public.

`note` writes all of them down at one stroke, in the database itself, so that an approval of a hundred thousand is a
matter of a second and means those of that second. `staged` reads the same rows without writing them, and `comparing`
counts them where they are.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Lower

from portal.directory.models import Address, Post
from portal.languages import LANGUAGES
from portal.mailing.destinations import AT_ONCE, Recipient
from portal.mailing.models import (
    Addressee,
    Delivery,
    Interest,
    Mailing,
    MailingList,
    Subscriber,
    Subscription,
)
from portal.mailing.reaching import name_of, reached, salutation_of
from portal.mailing.reaching import recipients as reach

Stage = Delivery.Stage

_COLUMNS = ("list_id", "stage", "post_id", "email", "name", "salutation")
#: The rows they are read from have some of these names themselves.
_NAMED = tuple(f"to_{column}" for column in _COLUMNS)
_INSERT = """
    INSERT INTO mailing_addressee (mailing_id, list_id, stage, post_id, email, name, salutation)
    SELECT %%s, to_list_id, to_stage, to_post_id, to_email, to_name, to_salutation FROM (%s) AS named
"""
#: (list, language of the letter, its `Message.list_id`) → whom a section adds to the list: rows with `reader_email` and
#: `reader_name`, or None. Those who want another language, or no such letters, are not among them.
Source = Callable[[MailingList, str, str], QuerySet | None]
_of_sections: list[Source] = []


def register(source: Source) -> None:
    """For an `AppConfig.ready`: a section fills lists from its own register."""
    if source not in _of_sections:
        _of_sections.append(source)


_NONE, _NOTHING = Cast(None, BigIntegerField()), Value("")


def note(mailing: Mailing) -> None:
    """Write down everybody the mailing is meant for at this moment, its first readers first."""
    compile_nothing()
    Addressee.objects.bulk_create(first_readers(mailing))
    for rows in _sources(mailing):
        select, values = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(_INSERT % select, [mailing.pk, *values])


def compile_nothing() -> None:
    """For this transaction: PostgreSQL would compile the audience's long statements (JIT) for longer than they run."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")


def staged(mailing: Mailing) -> Iterator[Recipient]:
    """Everybody it is meant for, as they are reached today."""
    return reach(chain(first_readers(mailing), _unwritten(_sources(mailing))), mailing.message.language)


def recipients(mailing_list: MailingList, language: str) -> Iterator[Recipient]:
    """Everybody the list reaches, named in the language of the letter."""
    return reach(_unwritten(_of_list(mailing_list, LANGUAGES, language, "")), language)


def _unwritten(sources: Iterable[QuerySet]) -> Iterator[Addressee]:
    for rows in sources:
        for said in rows.iterator(chunk_size=AT_ONCE):
            yield Addressee(**dict(zip(_COLUMNS, said, strict=True)))


def first_readers(mailing: Mailing) -> list[Addressee]:
    """Addresses written down by hand, named where the directory knows them."""
    written = [
        (email, stage)
        for words, stage in (
            (mailing.staff_first, Stage.OWN_STAFF),
            (mailing.few_first, Stage.A_FEW),
        )
        for email in words.split()
    ]
    known = _known([email.lower() for email, _stage in written], mailing.message.language)
    return [
        Addressee(mailing=mailing, stage=stage, email=email, name=name, salutation=salutation)
        for email, stage in written
        for name, salutation in [known.get(email.lower(), ("", ""))]
    ]


def _known(emails: list[str], language: str) -> dict[str, tuple[str, str]]:
    """Name and salutation of the post behind each address."""
    known = Address.objects.current().annotate(small=Lower("email")).filter(small__in=emails)
    return {
        address.small: (name_of(address.post, language), salutation_of(address.post, language))
        for address in known.select_related("post__organisation")
    }


def _sources(mailing: Mailing) -> Iterator[QuerySet]:
    """Everybody else. Of a mailing that follows another: whoever got that; of one that completes another: the rest."""
    if mailing.resends:
        got = those_who_got(mailing.resends)
        yield _named(got, _NONE, F("stage"), _NONE, F("email"), F("name"), F("salutation"))
        return
    if mailing.completes:
        without = those_still_without(mailing.completes)
        yield _named(without, _NONE, F("stage"), _NONE, F("email"), F("name"), F("salutation"))
        return
    for chosen in mailing.lists.all():
        yield from _of_list(chosen, languages_of(mailing), mailing.message.language, mailing.message.list_id)


def languages_of(mailing: Mailing) -> tuple[str, ...]:
    """Readers of which languages it is for: of its own alone, where the others get the same in theirs."""
    return (mailing.message.language,) if mailing.is_in_both_languages else LANGUAGES


def _of_list(chosen: MailingList, languages: tuple[str, ...], language: str, kind: str) -> Iterator[QuerySet]:
    """Those of the list who read one of these languages."""
    posts = posts_of(chosen, languages).order_by("organisation_id", "pk")
    yield _named(posts, Value(chosen.pk), Value(Stage.ALL), F("pk"), _NOTHING, _NOTHING, _NOTHING)
    for rows in added_to(chosen, language, kind):
        yield _named(
            rows, Value(chosen.pk), Value(Stage.ALL), _NONE, F("reader_email"), F("reader_name"), _NOTHING
        )
    public = public_of(chosen, languages).order_by("subscriber__email")
    email = F("subscriber__email")
    yield _named(public, Value(chosen.pk), Value(Stage.PUBLIC), _NONE, email, _NOTHING, _NOTHING)


@transaction.atomic
def number_reading(chosen: MailingList, language: str, kind: str) -> int:
    """How many posts and readers of the list get letters in this language; who is both is counted twice."""
    compile_nothing()
    added = sum(rows.count() for rows in added_to(chosen, language, kind))
    return posts_of(chosen, (language,)).count() + public_of(chosen, (language,)).count() + added


def public_of(chosen: MailingList, languages: tuple[str, ...]) -> QuerySet[Subscription]:
    return Subscription.objects.confirmed().filter(list=chosen, subscriber__language__in=languages)


def posts_of(chosen: MailingList, languages: tuple[str, ...]) -> QuerySet[Post]:
    """In the language whoever is reached there chose for themselves, else in the one the directory names."""
    posts = _posts(chosen)
    if set(LANGUAGES) <= set(languages):
        return posts
    today = Address.objects.current().filter(post=OuterRef("pk")).annotate(small=Lower("email"))
    chose = Subscriber.objects.filter(email=OuterRef("small")).values("language")
    own = today.annotate(chose=Subquery(chose[:1])).values("chose")
    return posts.annotate(reads=Coalesce(Subquery(own[:1]), F("language"))).filter(reads__in=languages)


def added_to(chosen: MailingList, language: str, kind: str) -> Iterator[QuerySet]:
    """Whom sections add, without those who have left the list."""
    left = Subscription.objects.filter(list=chosen, state=Subscription.State.LEFT)
    for source in _of_sections:
        rows = source(chosen, language, kind)
        if rows is not None:
            yield rows.exclude(Exists(left.filter(subscriber__email=Lower(OuterRef("reader_email")))))


def _named(rows: QuerySet, *said: Any) -> QuerySet:
    """What each row says under _COLUMNS."""
    return rows.annotate(**dict(zip(_NAMED, said, strict=True))).values_list(*_NAMED)


def _posts(mailing_list: MailingList) -> QuerySet[Post]:
    """By kind, country and topic together; or by hand."""
    by_rule = Q(organisation__kind__in=mailing_list.kinds)
    if topics := list(mailing_list.topics.values_list("pk", flat=True)):
        interested = Q(pk__in=Interest.objects.filter(topic__in=topics).values("post"))
        by_rule = interested & by_rule if mailing_list.kinds else interested
    if countries := list(mailing_list.countries.values_list("pk", flat=True)):
        by_rule &= Q(organisation__country__in=countries)
    chosen = Post.objects.active().filter(by_rule | Q(pk__in=mailing_list.posts.values("pk")))
    return chosen.exclude(pk__in=mailing_list.left_out.values("pk"))


def those_who_got(earlier: Mailing) -> QuerySet[Delivery]:
    """Whoever has, or may have, the earlier letter or one that completed it; not those who have left its lists since
    and are reached by none."""
    return _without_those_gone(_copies(earlier).filter(state__in=Delivery.ARRIVED), earlier)


def those_still_without(earlier: Mailing) -> QuerySet[Delivery]:
    """Whoever was to have the earlier letter and was left out, for whatever reason: what stands today is asked anew."""
    got = _copies(earlier).filter(state__in=Delivery.ARRIVED, email=OuterRef("email"))
    left_out = _copies(earlier).filter(~Exists(got), state=Delivery.State.EXCLUDED)
    return _without_those_gone(left_out.exclude(email=""), earlier)


def _copies(earlier: Mailing) -> QuerySet[Delivery]:
    return Delivery.objects.filter(Q(mailing=earlier) | Q(mailing__completes=earlier))


def _without_those_gone(copies: QuerySet[Delivery], earlier: Mailing) -> QuerySet[Delivery]:
    message = earlier.message
    gone = _gone(list(earlier.lists.all()), message.language, message.list_id)
    return copies.exclude(email__in=gone).order_by("pk")


def _gone(lists: list[MailingList], language: str, kind: str) -> set[str]:
    left = Subscription.objects.filter(list__in=lists, state=Subscription.State.LEFT)
    gone = set(left.values_list("subscriber__email", flat=True))
    for chosen in lists:
        if gone:
            gone -= _still_reached(gone, chosen)
            for rows in added_to(chosen, language, kind):
                own = rows.annotate(own_email=Lower("reader_email")).filter(own_email__in=gone)
                gone -= set(own.values_list("own_email", flat=True))
    return gone


def _still_reached(emails: set[str], chosen: MailingList) -> set[str]:
    """Which of these addresses the list reaches all the same: as readers, as posts, or standing in for one."""
    readers = Subscription.objects.confirmed().filter(list=chosen, subscriber__email__in=emails)
    posts = reached(_posts(chosen), chosen).filter(has_left=False)
    posts = posts.annotate(own=Lower("email"), house=Lower("instead"))
    written = posts.filter(Q(own__in=emails) | Q(house__in=emails)).values_list("own", "house")
    return {*readers.values_list("subscriber__email", flat=True), *chain.from_iterable(written)}
