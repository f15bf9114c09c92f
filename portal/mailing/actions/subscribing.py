"""What a reader decides about their own mail. A link opens a page; only its buttons do anything."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.history.actions import record
from portal.mailing import letters, wishes
from portal.mailing.actions.forgetting import forget_words_to
from portal.mailing.actions.suppressing import suppress
from portal.mailing.models import Delivery, MailingList, Subscriber, Subscription, Suppression

State = Subscription.State


@transaction.atomic
def sign_up(
    email: str, *, lists: Iterable[MailingList], language: str, consent: str, now: datetime
) -> Subscriber:
    """Ask for public lists. Nothing is sent to them before the letter's own page has confirmed it; asked again within an
    hour, no second letter leaves. What was confirmed already stays so."""
    subscriber, _made = Subscriber.objects.get_or_create(
        email=email.lower(), defaults={"language": language, "created_at": now}
    )
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    for each in lists:
        _ask(subscriber, each, consent, now)
    waiting = list(subscriber.subscriptions.awaiting(now).select_related("list"))
    with override(language):
        letters.post(
            f"confirm:{subscriber.pk}:{now:%Y-%m-%dT%H}", to=subscriber.email, language=language, now=now,
            template="mailing/mails/confirm" if waiting else "mailing/mails/already",
            context={"lists": [each.list for each in waiting]},
        )  # fmt: skip
    return subscriber


def _ask(subscriber: Subscriber, wanted: MailingList, consent: str, now: datetime) -> None:
    subscription, made = Subscription.objects.get_or_create(
        subscriber=subscriber,
        list=wanted,
        defaults={"state": State.ASKED, "asked_at": now, "consent": consent},
    )
    if not made and subscription.state != State.CONFIRMED:
        subscription.state, subscription.asked_at, subscription.consent = State.ASKED, now, consent
        subscription.save(update_fields=["state", "asked_at", "consent"])


@transaction.atomic
def confirm(delivery: Delivery, *, now: datetime) -> list[Subscription]:
    """Confirm whatever the owner of this address asked for while the link holds; twice is once.

    They read the language of the letter that asked: it was chosen with the lists, and now nobody but they can have meant it.
    """
    waiting = Subscription.objects.awaiting(now).filter(subscriber__email=delivery.email)
    confirmed = list(waiting.select_for_update(of=("self",)).select_related("list", "subscriber"))
    for subscription in confirmed:
        subscription.state, subscription.confirmed_at, subscription.left_at = State.CONFIRMED, now, None
        subscription.save(update_fields=["state", "confirmed_at", "left_at"])
        record(subscription, "confirmed", by=None, now=now, delivery=delivery.pk)
    if confirmed and delivery.mailing_id is None:
        Subscriber.objects.filter(email=delivery.email).update(language=delivery.message.language)
    return confirmed


@transaction.atomic
def leave(delivery: Delivery, lists: Iterable[MailingList], *, now: datetime) -> None:
    """No more of these lists to this address, from this moment: what waits for it is left out. Twice is once."""
    lists = list(lists)
    subscriber, _made = Subscriber.objects.get_or_create(
        email=delivery.email, defaults={"language": delivery.message.language, "created_at": now}
    )
    for each in lists:
        subscription, _made = Subscription.objects.get_or_create(
            subscriber=subscriber, list=each, defaults={"state": State.LEFT, "left_at": now}
        )
        if subscription.state != State.LEFT:
            subscription.state, subscription.left_at = State.LEFT, now
            subscription.save(update_fields=["state", "left_at"])
        record(subscription, "left", by=None, now=now, delivery=delivery.pk)
    leave_out(delivery.email, lists)


def leave_out(email: str, lists: Iterable[MailingList]) -> None:
    """What waits for the address gets no further. A copy goes with the last of its lists."""
    left = {each.pk for each in lists}
    waiting = Delivery.objects.filter(email=email, state__in=[Delivery.State.QUEUED, Delivery.State.CLAIMED])
    for copy in waiting.exclude(mailing=None).select_related("mailing"):
        its_lists = set(copy.mailing.lists.values_list("pk", flat=True))
        if its_lists and its_lists <= left:
            waiting.filter(pk=copy.pk).update(
                state=Delivery.State.EXCLUDED, lease_until=None, reason=_("left the list")
            )


@transaction.atomic
def leave_regular(delivery: Delivery, key: str, *, now: datetime) -> None:
    """No more of what a section sends again and again; what waits of it for this address is left out. Twice is once."""
    wishes.leave(delivery.email, key, now)
    waiting = Delivery.objects.filter(email=delivery.email, mailing=None, message__list_id=key)
    waiting.filter(state__in=[Delivery.State.QUEUED, Delivery.State.CLAIMED]).update(
        state=Delivery.State.EXCLUDED, lease_until=None, reason=_("left the list")
    )


@transaction.atomic
def choose_language(delivery: Delivery, language: str, *, now: datetime) -> Subscriber:
    subscriber, _made = Subscriber.objects.update_or_create(
        email=delivery.email,
        defaults={"language": language},
        create_defaults={"language": language, "created_at": now},
    )
    wishes.choose_language(delivery.email, language, now)
    return subscriber


@transaction.atomic
def erase(email: str, *, now: datetime) -> None:
    """Forget what this address chose for itself, and write to it no more: the address alone is kept, for that purpose.

    That letters were sent is proof, and stays in their ledgers; what ordinary ones said goes. Sections forget what they
    keep of it.
    """
    for subscriber in Subscriber.objects.filter(email=email.lower()):
        subscriber.email = "…"
        record(subscriber, "erased", by=None, now=now)
        subscriber.delete()
    wishes.erase(email, now)
    forget_words_to(email)
    suppress(email, cause=Suppression.Cause.ASKED, reason="", by=None, now=now)


@transaction.atomic
def hand_wishes_on(before: str, after: str, *, now: datetime) -> None:
    """Two addresses turn out to be one person's: what was left under one stays left under the other.

    What the other address has confirmed itself is a newer word than ours, and stands.
    """
    left = Subscription.objects.filter(subscriber__email=before.lower(), state=State.LEFT).select_related(
        "subscriber", "list"
    )
    for each in left:
        subscriber, _made = Subscriber.objects.get_or_create(
            email=after.lower(), defaults={"language": each.subscriber.language, "created_at": now}
        )
        taken, made = Subscription.objects.get_or_create(
            subscriber=subscriber, list=each.list, defaults={"state": State.LEFT, "left_at": each.left_at}
        )
        if made:
            record(taken, "left", by=None, now=now, handed_on_from=each.pk)
    wish = Suppression.objects.standing().filter(email=before.lower(), cause__in=Suppression.WISHES).first()
    if wish:
        suppress(after, cause=wish.cause, reason=wish.reason, by=None, now=now)
