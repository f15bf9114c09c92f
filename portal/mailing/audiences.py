"""Whom a list reaches today: posts by rule and by hand, then the public; whoever left is not among them.

Read row by row, so that a hundred thousand recipients take no more memory than a thousand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower
from django.utils.translation import override

from portal.directory.models import Address, Post
from portal.mailing.destinations import Recipient, destined
from portal.mailing.models import Delivery, Interest, Mailing, MailingList, Subscription, Suppression

AT_ONCE = 1000


def staged(mailing: Mailing) -> Iterator[Recipient]:
    """Everybody the mailing's lists reach (of one that follows another: whoever got that), its first readers before them."""
    language = mailing.message.language
    yield from _first(mailing.staff_first, Delivery.Stage.OWN_STAFF, language)
    yield from _first(mailing.few_first, Delivery.Stage.A_FEW, language)
    if mailing.resends:
        yield from _those_who_got(mailing.resends)
        return
    for chosen in mailing.lists.all():
        yield from recipients(chosen, language)


def recipients(mailing_list: MailingList, language: str) -> Iterator[Recipient]:
    """Everybody the list reaches, named in the language of the letter."""
    for post in _posts(mailing_list).iterator(chunk_size=AT_ONCE):
        yield from _of_post(post, language)
    public = Subscription.objects.confirmed().filter(list=mailing_list).order_by("subscriber__email")
    for email in public.values_list("subscriber__email", flat=True).iterator(chunk_size=AT_ONCE):
        yield Recipient(email, stage=Delivery.Stage.PUBLIC)


def _first(written: str, stage: Any, language: str) -> Iterator[Recipient]:
    """Addresses written down by hand, named where the directory knows them."""
    emails = written.split()
    known = Address.objects.current().annotate(small=Lower("email"))
    found = known.filter(small__in=[email.lower() for email in emails]).select_related("post__organisation")
    names = {address.small: _name(address.post, language) for address in found}
    for email in emails:
        yield Recipient(email, names.get(email.lower(), ""), stage)


def _of_post(post: Post, language: str) -> Iterator[Recipient]:
    """The post, and where its address is missing or fails, its organisation's general mailbox."""
    if post.has_left:
        return
    instead = post.instead or ""
    named = Recipient(post.email or "", _name(post, language), instead=instead, post=post.pk)
    yield named
    if instead:
        yield replace(named, email=instead, name=_name_of_house(post, language), instead="", post=None)


def _posts(mailing_list: MailingList) -> QuerySet[Post]:
    """The posts chosen, each with today's `email`, whether its holder `has_left` the list, and the mailbox `instead`."""
    chosen = (
        Post.objects.active().filter(_chosen(mailing_list)).exclude(pk__in=mailing_list.left_out.values("pk"))
    )
    reached = Address.objects.current().filter(post=OuterRef("pk")).values("email")[:1]
    fails = Exists(_suppressed().exclude(cause__in=Suppression.WISHES))
    general = Subquery(_general(mailing_list).values("email")[:1])
    return (
        chosen.select_related("organisation")
        .annotate(email=Subquery(reached))
        .annotate(has_left=Exists(_left(mailing_list)), fails=fails)
        .annotate(instead=Case(When(Q(email=None) | Q(fails=True), then=general), default=Value("")))
        .order_by("organisation_id", "pk")
    )


def _chosen(mailing_list: MailingList) -> Q:
    """By kind, country and topic together; or by hand."""
    by_rule = Q(organisation__kind__in=mailing_list.kinds)
    if topics := list(mailing_list.topics.values_list("pk", flat=True)):
        interested = Q(pk__in=Interest.objects.filter(topic__in=topics).values("post"))
        by_rule = interested & by_rule if mailing_list.kinds else interested
    if countries := list(mailing_list.countries.values_list("pk", flat=True)):
        by_rule &= Q(organisation__country__in=countries)
    return by_rule | Q(pk__in=mailing_list.posts.values("pk"))


def _general(mailing_list: MailingList) -> QuerySet[Address]:
    """Addresses of the organisation's general mailboxes that may be written to."""
    general = Address.objects.current().filter(
        post__organisation=OuterRef("organisation"), post__is_general=True, post__is_active=True
    )
    left_out = general.exclude(post__in=mailing_list.left_out.values("pk"))
    return left_out.exclude(Exists(_suppressed())).exclude(Exists(_left(mailing_list))).order_by("post_id")


def _left(mailing_list: MailingList) -> QuerySet[Subscription]:
    left = Subscription.objects.filter(list=mailing_list, state=Subscription.State.LEFT)
    return left.filter(subscriber__email=Lower(OuterRef("email")))


def _suppressed() -> QuerySet[Suppression]:
    return Suppression.objects.standing().filter(email=Lower(OuterRef("email")))


def _name(post: Post, language: str) -> str:
    with override(language):
        return f"{post.title}, {post.organisation.name}"


def _name_of_house(post: Post, language: str) -> str:
    with override(language):
        return post.organisation.name


def _those_who_got(earlier: Mailing) -> Iterator[Recipient]:
    """Whoever has, or may have, the earlier letter; not those who have left its lists since and are reached by none."""
    lists = list(earlier.lists.all())
    left = Subscription.objects.filter(list__in=lists, state=Subscription.State.LEFT)
    gone = set(left.values_list("subscriber__email", flat=True))
    if gone:
        for chosen in lists:
            gone -= {each.email.lower() for each in recipients(chosen, earlier.message.language)}
    arrived = earlier.deliveries.filter(state__in=Delivery.ARRIVED).order_by("pk")
    for email, name, stage in arrived.values_list("email", "name", "stage").iterator(chunk_size=AT_ONCE):
        if email not in gone:
            yield Recipient(email, name, stage)


@dataclass(frozen=True)
class Difference:
    """What is new in an audience against the last mailing to the same lists, what has gone from it, who gets nothing."""

    total: int
    new: list[str]
    dropped: list[str]
    left_out: list[tuple[str, str]]  # who, why


def difference(mailing: Mailing, audience: Iterable[Recipient]) -> Difference:
    now: set[str] = set()
    left_out: dict[str, str] = {}
    for recipient, (email, state, reason) in destined(audience):
        if state == Delivery.State.QUEUED:
            now.add(email)
        else:
            left_out[recipient.name or email] = reason
    total, dropped = len(now), []
    for email in _last(mailing):  # what is left of `now` afterwards is new
        if email in now:
            now.discard(email)
        else:
            dropped.append(email)
    return Difference(total, sorted(now), sorted(dropped), list(left_out.items()))


def _last(mailing: Mailing) -> Iterator[str]:
    """Whom the last mailing to the same lists went to."""
    approved = Mailing.objects.filter(lists__in=mailing.lists.all(), approved_at__isnull=False)
    last = approved.exclude(pk=mailing.pk).order_by("-approved_at").first()
    written = Delivery.objects.filter(mailing=last).exclude(state=Delivery.State.EXCLUDED)
    return written.values_list("email", flat=True).iterator(chunk_size=AT_ONCE) if last else iter(())
