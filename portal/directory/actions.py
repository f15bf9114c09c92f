"""What can be done to the directory. Every deed is written into the history; a refusal raises Refused."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.emails import sendable
from portal.directory.models import Address, Country, Organisation, Post, Review
from portal.history.actions import new_record, record, write
from portal.languages.dates import Quarter, vietnamese_day
from portal.languages.folding import fold

Kept = TypeVar("Kept", Country, Organisation, Post)


#: What `matching` looks in.
WORDS: dict[type[models.Model], tuple[str, ...]] = {
    Country: ("name_vi", "name_en", "code"),
    Organisation: ("name_vi", "name_en"),
    Post: ("title_vi", "title_en"),
}


@transaction.atomic
def save(row: Kept, *, by: User | None, now: datetime) -> Kept:
    """Keep a new country, organisation or post, or one whose words may have changed."""
    is_new = row.pk is None
    row.folded = _folded(row)
    row.save()
    record(row, "created" if is_new else "describe", by=by, now=now)
    return row


@transaction.atomic
def add_all(rows: Sequence[Kept], *, by: User | None, now: datetime) -> None:
    """Keep many new rows of one model at once."""
    for row in rows:
        row.folded = _folded(row)
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=500)
        write(new_record(row, "created", by=by, now=now) for row in rows)


@transaction.atomic
def remove(row: Country | Organisation | Post, *, by: User | None, now: datetime) -> None:
    """Take out what was entered by mistake. Raises Refused for what anything refers to."""
    try:
        with transaction.atomic():
            record(row, "remove", by=by, now=now)
            row.delete()
    except ProtectedError as problem:
        raise in_use(row) from problem


def in_use(row: Country | Organisation | Post) -> Refused:
    """Why a row that others refer to is not taken out."""
    return Refused(
        _("“%(name)s” is in use and is kept. If nothing may be sent there any more, untick “active”.")
        % {"name": row}
    )


@transaction.atomic
def change_address(
    post: Post, email: str, *, holder: str = "", by: User | None, now: datetime, note: str = ""
) -> Address:
    """From today the post is reached here; the address before is kept with its last day and the note. Raises Refused.

    The address and holder the post has already change nothing.
    """
    email = sendable(email)
    post = Post.objects.select_for_update().get(pk=post.pk)
    if not post.is_active:
        raise Refused(_("This post is no longer in use: make it active before it gets an address."))
    before = post.current_address
    if before and (before.email, before.holder) == (email, holder):
        return before
    today = vietnamese_day(now)
    if before:
        _close(before, now, **({"note": note} if note else {}))
    address = Address.objects.create(post=post, email=email, holder=holder, since=today)
    record(
        post,
        "change_address",
        by=by,
        now=now,
        note=note,
        before=before.email if before else "",
        after=email,
        holder=holder,
    )
    return address


@transaction.atomic
def give_first_addresses(emails: Iterable[tuple[Post, str]], *, by: User | None, now: datetime) -> None:
    """Many posts without an address get one at once. Raises Refused for what is no address."""
    today = vietnamese_day(now)
    given = [Address(post=post, email=sendable(email), since=today) for post, email in emails]
    Address.objects.bulk_create(given, batch_size=500)
    write(
        new_record(each.post, "change_address", by=by, now=now, before="", after=each.email, holder="")
        for each in given
    )


@transaction.atomic
def leave_post(address: Address, *, by: User | None, now: datetime, note: str = "") -> Address:
    """The holder has left: from today the post has no address. What has been left already stays as it is."""
    Post.objects.select_for_update().get(pk=address.post_id)
    address = Address.objects.select_for_update().get(pk=address.pk)
    if not address.is_current:
        return address
    _close(address, now, note=note)
    record(address.post, "leave_post", by=by, now=now, note=note, before=address.email)
    return address


@transaction.atomic
def answer_review(
    post: Post, answer: Any, *, quarter: Quarter, by: User | None, now: datetime, note: str = ""
) -> Review:
    """Say whether the post's holder is still there; who has left loses the address. Raises Refused.

    Another answer in the same quarter replaces the first.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    address = post.current_address
    if answer == Review.Answer.STILL_THERE and address is None:
        raise Refused(_("This post has no address now: enter the address first."))
    if answer == Review.Answer.LEFT and address is not None:
        leave_post(address, by=by, now=now, note=note)
    review, _made = Review.objects.update_or_create(
        post=post, quarter=str(quarter), defaults={"answer": answer, "at": now, "by": by}
    )
    record(post, "answer_review", by=by, now=now, note=note, quarter=str(quarter), answer=str(answer))
    return review


def _folded(row: Country | Organisation | Post) -> str:
    return fold(" ".join(getattr(row, field) or "" for field in WORDS[type(row)]))


def _close(address: Address, now: datetime, **words: str) -> None:
    address.left_on = address.last_day(vietnamese_day(now))
    for field, value in words.items():
        setattr(address, field, value)
    address.save(update_fields=["left_on", *words])
