"""What is wrong with the way letters are signed, said before the first one leaves."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.translation import gettext as _

from portal.mailing import dkim

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LABELS = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE)


def letters_can_be_signed(**_asked: Any) -> list[CheckMessage]:
    """Nothing is asked where no key is set."""
    return list(_problems()) if settings.MAIL_DKIM_KEY else []


def _problems() -> Iterator[Error]:
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].lower()
    said = {"sender": sender, "domain": settings.MAIL_DKIM_DOMAIN}
    try:
        dkim.installed()
    except dkim.NoKey as problem:
        yield Error(
            _("PORTAL_DKIM_KEY: the key cannot sign. %(why)s") % {"why": problem},
            hint=_("Name the file of a private key, or write the key itself, in PEM: RSA of 2,048 bits, or Ed25519."),
            id="mailing.E001",
        )  # fmt: skip
    if not _LABELS.fullmatch(settings.MAIL_DKIM_SELECTOR):
        yield Error(
            _("PORTAL_DKIM_SELECTOR: there is a key, but no name under which its public half stands in the DNS."),
            hint=_("Choose any word of letters, digits and hyphens, such as “portal”; a new key gets a new word."),
            id="mailing.E002",
        )  # fmt: skip
    if not _LABELS.fullmatch(settings.MAIL_DKIM_DOMAIN) or not dkim.aligned(
        sender, settings.MAIL_DKIM_DOMAIN
    ):
        yield Error(
            _("PORTAL_DKIM_DOMAIN: letters come from %(sender)s and would be signed for “%(domain)s”, "
              "so that receivers may take them for forged.") % said,
            hint=_("Leave it out: it is then the domain of PORTAL_MAIL_FROM. Or name a domain above that."),
            id="mailing.E003",
        )  # fmt: skip
    if settings.MAIL_BACKEND and not settings.EMAIL_HOST:
        yield Error(
            _("PORTAL_DKIM_KEY: letters leave by PORTAL_MAIL_BACKEND, which writes them anew, so that no signature would hold."),
            hint=_("Let that service sign, and set no key here."),
            id="mailing.E004",
        )  # fmt: skip
