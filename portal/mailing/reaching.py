"""Where somebody is reached today: at the address of their post, or the mailbox of its house; or nowhere, having left."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower
from django.utils.translation import override

from portal.directory.models import Address, Post
from portal.mailing.destinations import AT_ONCE, Recipient
from portal.mailing.models import Addressee, MailingList, Subscription, Suppression


def recipients(addressees: Iterable[Addressee], language: str) -> Iterator[Recipient]:
    """Each in their order, named in the language of the letter; the directory is asked for some hundreds at a time."""
    waiting = iter(addressees)
    while some := list(islice(waiting, AT_ONCE)):
        posts = _posts_of(some)
        for each in some:
            if each.post_id is None:
                yield Recipient(each.email, each.name, each.stage, salutation=each.salutation)
            elif post := posts.get((each.list_id, each.post_id)):
                yield from _of_post(post, language)


def _posts_of(some: list[Addressee]) -> dict[tuple[int | None, int], Post]:
    """By list and post: whether its holder has left, and who stands in, is a question of the list."""
    wanted: dict[int, list[int]] = {}
    for each in some:
        if each.list_id and each.post_id:
            wanted.setdefault(each.list_id, []).append(each.post_id)
    return {
        (chosen.pk, post.pk): post
        for chosen in MailingList.objects.filter(pk__in=wanted)
        for post in reached(Post.objects.filter(pk__in=wanted[chosen.pk]), chosen)
    }


def _of_post(post: Post, language: str) -> Iterator[Recipient]:
    """The post, and where its address is missing or fails, its organisation's general mailbox."""
    if post.has_left:
        return
    instead = post.instead or ""
    named = Recipient(
        post.email or "", name_of(post, language), instead=instead, post=post.pk, salutation=salutation_of(post, language)
    )  # fmt: skip
    yield named
    if instead:
        yield replace(
            named, email=instead, name=_name_of_house(post, language), instead="", post=None, salutation=""
        )


def reached(posts: QuerySet[Post], mailing_list: MailingList) -> QuerySet[Post]:
    """The posts, each with today's `email`, whether its holder `has_left` the list, and the mailbox `instead`."""
    today = Address.objects.current().filter(post=OuterRef("pk")).values("email")[:1]
    fails = Exists(_suppressed().exclude(cause__in=Suppression.WISHES))
    general = Subquery(_general(mailing_list).values("email")[:1])
    return (
        posts.select_related("organisation")
        .annotate(email=Subquery(today))
        .annotate(has_left=Exists(_left(mailing_list)), fails=fails)
        .annotate(instead=Case(When(Q(email=None) | Q(fails=True), then=general), default=Value("")))
    )


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


def name_of(post: Post, language: str) -> str:
    with override(language):
        return f"{post.title}, {post.organisation.name}"


def salutation_of(post: Post, language: str) -> str:
    """As it is in this language: one of the other would stand like a foreign word in the letter."""
    return getattr(post, f"salutation_{language}") or ""


def _name_of_house(post: Post, language: str) -> str:
    with override(language):
        return post.organisation.name
