"""The mailing lists, and the newest issue sent through the real door: into a folder of this machine, never anywhere else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from demo.days import Days
from demo.folder import Fields, read
from demo.people import Staff
from demo.press.desk import OPENED
from portal.mailing import delivering
from portal.mailing.actions import sending, suppressing
from portal.mailing.models import Delivery, Mailing, MailingList, Suppression
from portal.mailing.transport import FolderConnection
from publications import actions
from publications.models import Bulletin

Deed = tuple[datetime, Callable[[datetime], object]]

#: The letter was composed the day before it went.
COMPOSED = timedelta(days=1)


def mail_deeds(staff: Staff, days: Days) -> list[Deed]:
    """The lists opened, and the newest issue sent to them."""
    written = read("mailing.toml")
    told = written["mailing"]
    at = days.moment(told["sent"])
    return [
        (days.moment(OPENED), partial(_open_lists, written, staff)),
        (at - COMPOSED, partial(_compose, told, staff)),
        (at, partial(_send, told, staff)),
    ]


def _open_lists(written: Fields, staff: Staff, now: datetime) -> None:
    for position, fields in enumerate(written["lists"]):
        MailingList.objects.create(position=position, **fields)
    suppressing.suppress(
        written["mailing"]["left_alone"], cause=Suppression.Cause.BY_HAND, reason="", by=staff.first("administrator"), now=now
    )  # fmt: skip


def _compose(told: Fields, staff: Staff, now: datetime) -> None:
    bulletin = Bulletin.objects.order_by("-year", "-quarter").first()
    if bulletin is None:
        raise LookupError("there is no bulletin to send")
    lists = MailingList.objects.filter(slug=told["list"])
    mailing = actions.compose_mailing(bulletin, "en", lists, by=staff.first("editor"), now=now)
    mailing.staff_first = "\n".join(told["first"])
    mailing.save(update_fields=["staff_first"])


def _send(told: Fields, staff: Staff, now: datetime) -> None:
    publisher, mailing = staff.first("publisher"), Mailing.objects.get(lists__slug=told["list"])
    sending.approve(mailing, by=publisher, now=now)
    sending.release(mailing, Delivery.Stage.ALL, by=publisher, now=now)
    until = now + timedelta(hours=1)
    delivering.deliver_waiting(FolderConnection, now=lambda: now, sleep=lambda seconds: None, until=until)
    sending.close(mailing, by=publisher, now=until)
