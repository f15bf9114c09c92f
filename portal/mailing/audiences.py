"""Whom a list reaches today: posts by rule and by hand, then the public; whoever left is not among them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.utils.translation import override

from portal.directory.models import Address, Post
from portal.mailing.destinations import Recipient
from portal.mailing.models import Delivery, Mailing, MailingList, Subscription


def recipients(mailing_list: MailingList, language: str) -> list[Recipient]:
    """Every address the list reaches, named in the language of the letter. Five queries."""
    left = set(
        Subscription.objects.filter(list=mailing_list, state=Subscription.State.LEFT).values_list(
            "subscriber__email", flat=True
        )
    )
    found = _addresses(mailing_list).select_related("post__organisation")
    with override(language):
        of_posts = [Recipient(row.email, f"{row.post.title}, {row.post.organisation.name}") for row in found]
    public = Subscription.objects.confirmed().filter(list=mailing_list)
    emails = public.values_list("subscriber__email", flat=True).order_by("subscriber__email")
    everybody = [*of_posts, *(Recipient(email) for email in emails)]
    return [each for each in everybody if each.email.lower() not in left]


def _addresses(mailing_list: MailingList) -> QuerySet:
    posts = (
        Post.objects.active().filter(_chosen(mailing_list)).exclude(pk__in=mailing_list.left_out.values("pk"))
    )
    return Address.objects.current().filter(post__in=posts).order_by("post_id")


def _chosen(mailing_list: MailingList) -> Q:
    by_rule = Q(organisation__kind__in=mailing_list.kinds)
    if countries := list(mailing_list.countries.values_list("pk", flat=True)):
        by_rule &= Q(organisation__country__in=countries)
    return by_rule | Q(pk__in=mailing_list.posts.values("pk"))


def staged(mailing: Mailing) -> list[Recipient]:
    """Everybody the mailing's lists reach (of one that follows another: whoever got that), its first readers set before them."""
    first = [
        Recipient(email, stage=stage)
        for stage, addresses in (
            (Delivery.Stage.OWN_STAFF, mailing.staff_first),
            (Delivery.Stage.A_FEW, mailing.few_first),
        )
        for email in addresses.split()
    ]
    if mailing.resends_id:
        return [*first, *_those_who_got(mailing.resends)]
    language = mailing.message.language
    everybody = [each for chosen in mailing.lists.all() for each in recipients(chosen, language)]
    names = {each.email.lower(): each.name for each in everybody}
    return [*(replace(each, name=names.get(each.email.lower(), "")) for each in first), *everybody]


def _those_who_got(earlier: Mailing) -> list[Recipient]:
    """Whoever has, or may have, the earlier letter and has not left its lists since."""
    left = Subscription.objects.filter(list__in=earlier.lists.all(), state=Subscription.State.LEFT)
    copies = earlier.deliveries.filter(state__in=Delivery.ARRIVED).exclude(
        email__in=left.values("subscriber__email")
    )
    return [Recipient(email, name) for email, name in copies.order_by("pk").values_list("email", "name")]


@dataclass(frozen=True)
class Difference:
    """What is new in an audience against the last mailing to the same lists, and what has gone from it."""

    total: int
    new: list[str]
    dropped: list[str]


def difference(mailing: Mailing, audience: Iterable[Recipient]) -> Difference:
    now = {each.email.lower() for each in audience}
    last = (
        Mailing.objects.filter(lists__in=mailing.lists.all(), approved_at__isnull=False)
        .exclude(pk=mailing.pk)
        .order_by("-approved_at")
        .first()
    )
    then = set(Delivery.objects.filter(mailing=last).values_list("email", flat=True)) if last else set()
    return Difference(len(now), sorted(now - then), sorted(then - now))
