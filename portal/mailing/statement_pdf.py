"""The statement of a mailing on paper: the same account as the CSV, under the same signature."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.languages.dates import promised_moment, vietnamese_day
from portal.languages.numbers import number
from portal.mailing.actions.sending import ledger
from portal.mailing.models import Delivery, Mailing
from portal.mailing.statements import statement
from portal.printing import NotTypeset, typeset
from portal.web.models import SiteIdentity

TEMPLATE = Path(__file__).resolve().parent / "statement.typ"
LONGEST_ANSWER = 200  # characters; the CSV has the whole
MOST_COPIES = 12_000  # ten thousand are 440 pages, 7 seconds and 0.9 GB of the typesetter's memory
_LABELS = dict(Delivery.State.choices)


def statement_pdf(mailing: Mailing, language: str) -> bytes:
    """The account in the active language; raises `portal.printing.NotTypeset` for one too long to be printed."""
    if mailing.deliveries.count() > MOST_COPIES:
        raise NotTypeset(f"more than {MOST_COPIES} copies")
    site = SiteIdentity.objects.first()
    signature = statement(mailing).rstrip().rpartition(",")[2]
    day = vietnamese_day(mailing.closed_at or mailing.state_since)
    title = _("Statement of a mailing")
    particulars = {
        "language": language,
        "title": f"{title}: {mailing.title}",
        "author": site.ministry_name if site else [],
        "day": [day.year, day.month, day.day],
        "issuer": site.ministry_name if site else "",
        "facts": [[label, said] for label, said in _facts(mailing, language) if said],
        "ledger": [
            [str(_LABELS[state]), number(count, language)] for state, count in ledger(mailing).items()
        ],
        "recipients": number(mailing.candidates, language),
        "balance": _balance(mailing),
        "signature": signature,
        "foot": _("%(title)s, no. %(number)s · %(signature)s…")
        % {"title": title, "number": mailing.pk, "signature": signature[:16]},
        "copies": _copies(mailing, language),
        "words": _words(title),
    }
    return typeset(TEMPLATE, particulars)


def _words(title: str) -> dict[str, Any]:
    return {
        "title": title,
        "page": _("Page"),
        "ledger": _("Ledger"),
        "state": _("state"),
        "copies": _("copies"),
        "recipients": _("recipients"),
        "signature": _("Signature"),
        "explained": _(
            "Made by this portal over the CSV statement of the same account, which gives every answer in full."
        ),
        "every-copy": _("Every copy"),
        "none": _("There are no copies yet."),
        "columns": [_("Row"), _("address"), _("state"), _("the server's answer"), _("answered")],
    }


def _facts(mailing: Mailing, language: str) -> list[tuple[str, str]]:
    message = mailing.message
    return [
        (_("mailing"), f"{mailing.pk}: {mailing.title}"),
        (_("subject"), message.subject),
        (_("from"), message.sender),
        (_("words (SHA-256)"), mailing.message.digest),
        (_("composed by"), str(mailing.created_by or "–")),
        (_("composed"), _moment(message.created_at, language)),
        (_("approved by"), str(mailing.approved_by or "–")),
        (_("approved"), _moment(mailing.approved_at, language)),
        (_("state"), mailing.get_state_display()),
        (_("closed"), _moment(mailing.closed_at, language)),
    ]


def _balance(mailing: Mailing) -> str:
    counted = sum(ledger(mailing).values())
    said = {"counted": counted, "recipients": mailing.candidates}
    if not counted and not mailing.candidates:
        return ""
    if counted == mailing.candidates:
        return _("The ledger balances: every recipient has one copy, and every copy is accounted for.")
    return ngettext(
        "The ledger does not balance: %(counted)d copy for %(recipients)d recipients.",
        "The ledger does not balance: %(counted)d copies for %(recipients)d recipients.",
        counted,
    ) % said  # fmt: skip


def _copies(mailing: Mailing, language: str) -> list[list[str]]:
    """Address, name, state, the reason or the server's answer, when it answered."""
    rows = mailing.deliveries.order_by("pk").values_list(
        "email", "name", "state", "reason", "reply", "answered_at"
    )
    labels = {state: str(label) for state, label in _LABELS.items()}
    return [
        [email or "–", name, labels[state], _shortened(reason, reply), _moment(answered_at, language)]
        for email, name, state, reason, reply, answered_at in rows.iterator(chunk_size=2000)
    ]


def _shortened(*said: str) -> str:
    whole = " · ".join(each for each in said if each)
    return whole if len(whole) <= LONGEST_ANSWER else f"{whole[:LONGEST_ANSWER].rstrip()}…"


def _moment(moment: datetime | None, language: str) -> str:
    return promised_moment(moment, language) if moment else ""
