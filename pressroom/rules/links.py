"""Personal links of letters: signed, dated, and of no use once the address they were sent to is no longer the thing's."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override


class Broken(Exception):
    """A link cut short, made up, too old, or sent to an address given up since."""


@dataclass(frozen=True)
class PersonalLink:
    """Links of one kind: the view they open and for how long."""

    view: str
    holds: timedelta

    def token(self, thing: Any) -> str:
        return signing.dumps([thing.pk, _mark(thing)], salt=self.view)

    def url(self, thing: Any, language: str) -> str:
        with override(language):
            return f"{settings.MAIL_ORIGIN}{reverse(self.view, args=[self.token(thing)])}"

    def thing(self, token: str, things: Any) -> Any:
        """The thing of a link, out of a queryset. Raises Broken."""
        try:
            pk, mark = signing.loads(token, salt=self.view, max_age=self.holds)
        except (signing.BadSignature, ValueError, TypeError) as problem:
            raise Broken from problem
        found = things.filter(pk=pk).first()
        if found is None or mark != _mark(found):
            raise Broken
        return found


def _mark(thing: Any) -> str:
    """Of the address a letter went to, without telling it."""
    return salted_hmac("pressroom link", thing.email.lower(), algorithm="sha256").hexdigest()[:16]


CONFIRM = PersonalLink("pressroom:confirm_application", timedelta(days=7))
PREFERENCES = PersonalLink("pressroom:preferences", timedelta(days=180))
COPY = PersonalLink("pressroom:copy", timedelta(days=60))
ACCREDITATION = PersonalLink("pressroom:accreditation_status", timedelta(days=400))
FOREIGN_PRESS = PersonalLink("pressroom:foreign_press_status", timedelta(days=400))
