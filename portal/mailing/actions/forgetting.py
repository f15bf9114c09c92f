"""What letters said and need not be kept: a link that opens an account is worth nothing to us once it has arrived."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from portal.mailing.models import Delivery, Message
from portal.mailing.private import DJANGO

KEPT = timedelta(days=1)


def forget_words(now: datetime) -> int:
    """Empty Django's own letters of yesterday and before; that they were sent stays. Answers how many were emptied."""
    old = Message.objects.filter(deliveries__key__startswith=DJANGO, created_at__lt=now - KEPT)
    return Message.objects.filter(pk__in=old.exclude(text="").values("pk")).update(text="", html="")


def forget_letter(key: str) -> None:
    """Empty one letter and forget whom it went to; that one was sent, and when, stays."""
    Message.objects.filter(deliveries__key=key).update(text="", html="")
    Delivery.objects.filter(key=key).exclude(state__in=Delivery.UNDECIDED).update(email="", name="", reply="")


def forget_words_to(email: str) -> None:
    """Empty every ordinary letter to one address: they speak to one person, by name. That they were sent stays."""
    letters = Message.objects.filter(deliveries__email=email.lower(), deliveries__mailing=None, list_id="")
    Message.objects.filter(pk__in=letters.values("pk")).update(text="", html="")
    Delivery.objects.filter(email=email.lower(), mailing=None).update(name="")


def forget_letters_to(emails: Iterable[str], *, keys: tuple[str, ...]) -> None:
    """Empty the ordinary letters of one kind to these addresses, and forget whom they went to. That they were sent stays.

    What has not left yet does not leave.
    """
    of_this_kind = Q(*[Q(key__startswith=key) for key in keys], _connector=Q.OR)
    gone = Delivery.objects.filter(of_this_kind, mailing=None, email__in=[each.lower() for each in emails])
    gone.filter(state=Delivery.State.QUEUED).update(state=Delivery.State.EXCLUDED, reason=_("erased"))
    Message.objects.filter(pk__in=gone.values("message")).update(text="", html="", calendar="")
    gone.exclude(state__in=Delivery.UNDECIDED).update(email="", name="", reply="")
