"""The mailing lists, and one mailing sent through the real door: into a folder of this machine, never anywhere else."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import override

from demo.days import Days
from demo.folder import Fields, read
from demo.people import Staff
from portal.mailing import audiences, delivering, letters
from portal.mailing.actions import sending, suppressing
from portal.mailing.composing import own_mail_url
from portal.mailing.models import Delivery, Mailing, MailingList, Message, Suppression
from portal.mailing.transport import FolderConnection


def fill_mail(staff: Staff, days: Days) -> None:
    written = read("mailing.toml")
    lists = {fields["slug"]: _list(position, fields) for position, fields in enumerate(written["lists"])}
    told = written["mailing"]
    at = days.moment(told["sent"])
    suppressing.suppress(
        told["left_alone"],
        cause=Suppression.Cause.BY_HAND,
        reason="",
        by=staff.first("administrator"),
        now=at,
    )
    _send(_composed(told, lists[told["list"]], staff, at), staff, at)


def _list(position: int, fields: Fields) -> MailingList:
    return MailingList.objects.create(position=position, **fields)


def _composed(told: Fields, to: MailingList, staff: Staff, at: datetime) -> Mailing:
    with override("en"):
        text = told["text"].format(home=f"{settings.MAIL_ORIGIN}/en/", page=own_mail_url())
    message = Message.objects.create(
        subject=told["subject"], text=text, language="en", sender=letters.sender("en"), list_id=to.slug,
        created_at=at,
    )  # fmt: skip
    mailing = sending.compose(told["title"], message, by=staff.first("editor"), now=at - timedelta(days=1))
    mailing.lists.add(to)
    mailing.staff_first = "\n".join(told["first"])
    mailing.save(update_fields=["staff_first"])
    return mailing


def _send(mailing: Mailing, staff: Staff, at: datetime) -> None:
    publisher = staff.first("publisher")
    sending.approve(mailing, audiences.staged(mailing), by=publisher, now=at)
    sending.release(mailing, Delivery.Stage.ALL, by=publisher, now=at)
    delivering.deliver_waiting(
        FolderConnection, now=lambda: at, sleep=lambda seconds: None, until=at + timedelta(hours=1)
    )
    sending.close(mailing, by=publisher, now=at + timedelta(hours=1))
