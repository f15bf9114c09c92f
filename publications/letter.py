"""The issue as a letter: HTML for any mail program of the last twenty years, and a text part of its own."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.languages.dates import Quarter
from portal.library.templatetags.portal_pictures import picture_url
from portal.mailing import letters
from portal.mailing.composing import GREETING, body_of, own_mail_url
from portal.mailing.inlining import inlined
from portal.mailing.models import Message
from portal.mailing.proofing import LARGEST
from portal.richtext import paragraphs
from portal.search.models import Entry
from publications.issues import Issue, Piece, pieces_of
from publications.models import Bulletin
from publications.pins import Standing

LIST_ID = "bulletin"
#: How many letters of a piece's beginning are told.
BEGINNINGS = (420, 220, 110, 0)


def of_issue(issue: Issue, now: datetime) -> Message:
    """The letter of an issue (with whole addresses), not yet saved."""
    with override(issue["language"]):
        text, html = _parts(issue)
        return Message(
            subject=_subject(issue), text=text, html=html, language=issue["language"],
            sender=letters.sender(issue["language"]), list_id=LIST_ID, created_at=now,
        )  # fmt: skip


def _parts(issue: Issue) -> tuple[str, str]:
    """Text and HTML. Of a long issue less of each piece is told: beyond their limit mail programs cut a letter off."""
    for beginning in BEGINNINGS:
        shown = {**_shown(issue), "beginning": beginning}
        text = render_to_string("publications/mails/issue.txt", shown)
        html = inlined(render_to_string("publications/mails/issue.html", shown))
        if sum(map(len, body_of(text, html).pieces)) <= LARGEST:
            break
    return text, html


def _subject(issue: Issue) -> str:
    quarter = Quarter(issue["year"], issue["quarter"]).short(issue["language"])
    headlines = [piece["title"] for piece in pieces_of(issue) if piece["title"]]
    return f"{issue['name']}, {quarter}: {headlines[0]}"[:200] if headlines else f"{issue['name']}, {quarter}"


def _shown(issue: Issue) -> dict[str, Any]:
    sections = [
        {
            "title": section["title"],
            "pieces": [
                _told(piece, issue, first=place == 0) for place, piece in enumerate(section["pieces"])
            ],
        }
        for section in issue["sections"]
    ]
    return {
        "issue": issue,
        "quarter": Quarter(issue["year"], issue["quarter"]).title(issue["language"]),
        "dated": parse_date(issue["dated"]),
        "foreword": paragraphs(issue["foreword"]),
        "sections": sections,
        "cover": {**issue["cover"], "address": _picture(issue["cover"])} if issue["cover"] else None,
        "greeting": GREETING,
        "own_mail": own_mail_url(),
        "forward": forward_address(issue),
    }


def _told(piece: Piece, issue: Issue, *, first: bool) -> dict[str, Any]:
    """A piece as the letter tells it: its beginning, and where it goes on. Only the first of a section shows its picture."""
    beginning = piece["summary"] or " ".join(paragraphs(piece["body"]))
    return {
        **piece,
        "beginning": beginning,
        "address": f"{issue['web_url']}#{anchor(piece['key'])}",
        "picture": _picture(piece["cover"]) if first and piece["cover"] else "",
    }


def anchor(key: str) -> str:
    """ "news.article:12" → "news-article-12", the place of a piece on the page of its issue."""
    return key.replace(".", "-").replace(":", "-")


def _picture(cover: dict[str, Any]) -> str:
    """The JPEG that every mail program shows; WebP is not for all of them."""
    return f"{settings.MAIL_ORIGIN}{picture_url(cover['image'], 'card')}"


def forward_address(issue: Issue) -> str:
    """A link that begins a letter to a colleague, without any address or token of the reader."""
    subject = f"{issue['title']}"
    body = _("You may find this of interest:") + f"\r\n\r\n{issue['title']}\r\n{issue['web_url']}"
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"


def of_correction(
    bulletin: Bulletin,
    standings: dict[str, Standing],
    entries: dict[str, Entry],
    now: datetime,
    *,
    language: str,
) -> Message:
    """What was wrong in a letter sent, in the active language; not yet saved."""
    title, address = bulletin.text("title", language), f"{settings.MAIL_ORIGIN}{bulletin.public_url()}"
    told = [
        {
            "title": entries[key].title if key in entries else title,
            "url": f"{settings.MAIL_ORIGIN}{entries[key].url}" if key in entries else address,
            "taken_down": standing.state == "taken_down",
            "notes": standing.notes,
        }
        for key, standing in standings.items()
    ]
    shown = {
        "title": title,
        "address": address,
        "pieces": told,
        "greeting": GREETING,
        "own_mail": own_mail_url(),
    }
    subject = " ".join(render_to_string("publications/mails/correction.subject.txt", shown).split())
    return Message(
        subject=subject, text=render_to_string("publications/mails/correction.txt", shown), language=language,
        sender=letters.sender(language), list_id=LIST_ID, created_at=now,
    )  # fmt: skip
