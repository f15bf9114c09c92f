"""The statement that closes a mailing: every copy with what became of it, and a signature nobody else can make."""

import csv
import hmac
import io
from hashlib import sha256

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.mailing.actions.sending import ledger
from portal.mailing.models import Delivery, Mailing

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def statement(mailing: Mailing) -> str:
    """CSV: what was sent and who approved it, the ledger, one line for each copy, the signature of all that."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    approved_at = localtime(mailing.approved_at).isoformat(timespec="seconds") if mailing.approved_at else ""
    lines.writerow([_("mailing"), mailing.pk, _safe(mailing.title)])
    lines.writerow([_("subject"), _safe(mailing.message.subject)])
    lines.writerow([_("words (SHA-256)"), mailing.message.digest])
    lines.writerow(
        [
            _("composed by"),
            mailing.created_by or "–",
            _("approved by"),
            mailing.approved_by or "–",
            approved_at,
        ]
    )
    lines.writerow([_("recipients"), mailing.candidates])
    for state, count in ledger(mailing).items():
        lines.writerow([Delivery.State(state).label, count])
    lines.writerow([])
    lines.writerow(
        [
            _("address"),
            _("name"),
            _("state"),
            _("reason"),
            _("the server's answer"),
            _("answered"),
            "Message-ID",
        ]
    )
    for copy in mailing.deliveries.order_by("pk").iterator(chunk_size=2000):
        answered = localtime(copy.answered_at).isoformat(timespec="seconds") if copy.answered_at else ""
        lines.writerow(
            [_safe(copy.email), _safe(copy.name), copy.get_state_display(), _safe(copy.reason), _safe(copy.reply),
             answered, f"{copy.token}@{settings.MAIL_DOMAIN}"]
        )  # fmt: skip
    said = written.getvalue()
    return f"{said}\r\nHMAC-SHA256,{signature(said)}\r\n"


def signature(said: str) -> str:
    key = f"mailing statement {settings.SECRET_KEY}".encode()
    return hmac.new(key, said.encode(), sha256).hexdigest()


def is_authentic(statement: str) -> bool:
    """Whether a statement is word for word one that this portal wrote."""
    said, _comma, signed = statement.replace("\r\n", "\n").rstrip("\n").rpartition("\nHMAC-SHA256,")
    return hmac.compare_digest(signed, signature(said.replace("\n", "\r\n")))


def _safe(cell: str) -> str:
    """A spreadsheet takes no cell for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
