"""What a mailing is looked at for before anybody may approve it. Nothing here needs a network."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.languages import DEFAULT, other
from portal.languages.numbers import number
from portal.mailing import audiences, dkim
from portal.mailing.composing import STAND_IN, body_of
from portal.mailing.models import Mailing, MailingList, Message

#: Gmail cuts a letter off at 102 KB; ours stay below with their headers.
LARGEST = 90 * 1024
#: Two letters that say the same in two languages are composed within so many days of each other.
TOGETHER = timedelta(days=30)
_LINK = re.compile(r"https?://[^\s<>\"')]+")


@dataclass(frozen=True)
class Finding:
    """One thing found, in the composer's words. What blocks must be mended before the approval."""

    message: str
    blocks: bool = True


Check = Callable[[Mailing], Iterator[Finding]]
_checks: list[Check] = []


def check(function: Check) -> Check:
    """Register what a section looks at in mailings of its own; asked again whenever a stage is let go."""
    _checks.append(function)
    return function


def objections(mailing: Mailing) -> list[Finding]:
    """What sections find in the mailing at this moment."""
    return [finding for examine in _checks for finding in examine(mailing)]


def findings(mailing: Mailing) -> list[Finding]:
    message = mailing.message
    if (size := len(message.text) + len(message.html)) > LARGEST:
        return [_too_large(size)]  # whatever else is in ten megabytes from a word processor, it must go first
    return [
        *_words(message),
        *_links(message),
        *_pictures(message),
        *_sender(message),
        *_earlier_copies(mailing),
        *_those_of_the_other_language(mailing),
        *objections(mailing),
        *(
            []
            if mailing.follows_another or mailing.lists.exists()
            else [Finding(_("No list has been chosen."))]
        ),
    ]


def _earlier_copies(mailing: Mailing) -> Iterator[Finding]:
    """A letter to those who got another waits until nobody can get that any more."""
    if mailing.resends and mailing.resends.deliveries.undecided().exists():
        yield Finding(
            _("Copies of the earlier letter are still on their way or held back: recall them first.")
        )


def _those_of_the_other_language(mailing: Mailing) -> Iterator[Finding]:
    """Where two letters share the readers between them, one letter alone leaves the others without any."""
    if not mailing.is_in_both_languages or mailing.resends_id:
        return
    language = other(mailing.message.language)
    for chosen in mailing.lists.all():
        if not _twins(mailing, language).filter(lists=chosen).exists():
            count = audiences.number_reading(chosen, language, mailing.message.list_id)
            if count:
                yield Finding(_without_a_letter(language, chosen, count), blocks=False)


def _twins(mailing: Mailing, language: str) -> QuerySet[Mailing]:
    """Letters of the same kind and the same days in the other language."""
    others = Mailing.objects.exclude(state=Mailing.State.CANCELLED).filter(
        is_in_both_languages=True, resends=None
    )
    composed_at = mailing.message.created_at
    return others.filter(
        message__language=language, message__list_id=mailing.message.list_id,
        message__created_at__range=(composed_at - TOGETHER, composed_at + TOGETHER),
    )  # fmt: skip


def _without_a_letter(language: str, chosen: MailingList, count: int) -> str:
    words = {
        "en": ngettext(
            "No letter in English is composed for “%(list)s”: its one reader of English gets nothing. Compose that "
            "letter too, or take away the tick “sent in the other language too”.",
            "No letter in English is composed for “%(list)s”: its %(count)s readers of English get nothing. Compose that "
            "letter too, or take away the tick “sent in the other language too”.",
            count,
        ),
        "vi": ngettext(
            "No letter in Vietnamese is composed for “%(list)s”: its one reader of Vietnamese gets nothing. Compose that "
            "letter too, or take away the tick “sent in the other language too”.",
            "No letter in Vietnamese is composed for “%(list)s”: its %(count)s readers of Vietnamese get nothing. Compose "
            "that letter too, or take away the tick “sent in the other language too”.",
            count,
        ),
    }
    return words[language] % {"list": chosen, "count": number(count, get_language() or DEFAULT)}


def _words(message: Message) -> Iterator[Finding]:
    if not message.subject:
        yield Finding(_("The subject is missing."))
    if not message.text:
        yield Finding(_("The text part is missing: many mission gateways show nothing else."))
    size = sum(map(len, body_of(message.text, message.html).pieces))
    if size > LARGEST:
        yield _too_large(size)
    if message.list_id and STAND_IN not in message.text:
        yield Finding(_("The text part does not say how to leave the list."))
    if message.list_id and message.html and STAND_IN not in message.html:
        yield Finding(_("The HTML part does not say how to leave the list."))


def _too_large(size: int) -> Finding:
    return Finding(
        _("The letter is %(size)d KB; beyond %(largest)d KB mail programs cut it off.")
        % {"size": size // 1024, "largest": LARGEST // 1024}
    )


def _links(message: Message) -> Iterator[Finding]:
    for link in sorted({*_LINK.findall(message.text), *_tags(message).links}):
        parts = urlsplit(link)
        if parts.scheme not in {"https", "mailto", "tel"} and not link.startswith(settings.MAIL_ORIGIN):
            yield Finding(_("%(link)s is not an https address.") % {"link": link}, blocks=False)
        if STAND_IN in link and not link.startswith(settings.MAIL_ORIGIN):
            yield Finding(_("%(link)s would tell another site who the reader is.") % {"link": link})


def _pictures(message: Message) -> Iterator[Finding]:
    tags = _tags(message)
    if tags.without_alt:
        yield Finding(_("%(count)d pictures have no text instead of them.") % {"count": tags.without_alt})
    for source in sorted(tags.pictures):
        if not source.startswith((settings.MAIL_ORIGIN, "cid:", "data:image/")):
            yield Finding(
                _("%(source)s is a picture of another server, which could count readers.")
                % {"source": source}
            )
        elif STAND_IN in source:
            yield Finding(_("%(source)s is a picture that would count readers.") % {"source": source})


def _sender(message: Message) -> Iterator[Finding]:
    """DMARC asks that the sender's domain belong together with the return path's and the signature's (RFC 7489 §3.1)."""
    domain = parseaddr(message.sender)[1].rpartition("@")[2].lower()
    if not domain:
        yield Finding(_("The sender has no address."))
    elif not dkim.aligned(domain, settings.MAIL_DOMAIN):
        yield Finding(
            _("Letters from %(sender)s come back to %(domain)s: receivers may take them for forged.")
            % {"sender": domain, "domain": settings.MAIL_DOMAIN}
        )
    if domain and settings.MAIL_DKIM_KEY and not dkim.aligned(domain, settings.MAIL_DKIM_DOMAIN):
        yield Finding(
            _("Letters from %(sender)s are signed for %(domain)s: receivers may take them for forged.")
            % {"sender": domain, "domain": settings.MAIL_DKIM_DOMAIN}
        )


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.pictures: set[str] = set()
        self.without_alt = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.links.add(said["href"] or "")
        if tag == "img":
            self.pictures.add(said.get("src") or "")
            self.without_alt += "alt" not in said


def _tags(message: Message) -> _Tags:
    tags = _Tags()
    tags.feed(message.html)
    return tags
