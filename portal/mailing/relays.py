"""Handing letters to any e-mail backend Django knows, such as those of django-anymail, where plain SMTP is not to be had.

A service has no moment between envelope and words: all that is asked before answers yes, and what it says to the whole
is the answer. What is not known to have failed may have arrived, and is uncertain.
"""

import smtplib
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed

from django.core.mail import EmailMultiAlternatives, get_connection

from portal.mailing.transport import Answer, Envelope, Silence, Unreachable

#: Written anew by the backend.
_ITS_OWN = {"from", "to", "subject", "reply-to", "mime-version", "content-type", "content-transfer-encoding",
            "dkim-signature"}  # fmt: skip
_LATER = {408, 425, 429, 500, 502, 503, 504}


class RelayConnection:
    """One backend, opened once. See `transport.Connection`."""

    def __init__(self, backend: str) -> None:
        self._backend = get_connection(backend, fail_silently=False)
        self._envelope = Envelope("", "")
        try:
            self._backend.open()
        except Exception as problem:  # whatever a service's client raises: nothing has travelled yet
            raise Unreachable(str(problem)) from problem

    def offer(self, envelope: Envelope) -> None:
        self._envelope = envelope

    def offered(self) -> Answer:
        return Answer(250)

    def announce(self) -> None:
        """A service is told everything at once."""

    def hand_over(self, letter: bytes, following: Envelope | None = None) -> Answer:
        message = as_django_sends(letter, self._envelope)
        try:
            sent = self._backend.send_messages([message])
        except Exception as problem:  # whatever a service's client raises
            if answer := _answer_in(problem):
                return answer
            raise Silence(f"{type(problem).__name__}: {problem}"[:300]) from problem
        return Answer(250, "taken by the service") if sent else Answer(554, "the service took nothing")

    def take_back(self) -> None:
        self._envelope = Envelope("", "")

    def close(self) -> None:
        self._backend.close()


def as_django_sends(letter: bytes, envelope: Envelope) -> EmailMultiAlternatives:
    """The very letter as Django's message, with its own Message-ID and list headers."""
    parsed = message_from_bytes(letter, policy=policy.default)
    headers = {name: str(value) for name, value in parsed.items() if name.lower() not in _ITS_OWN}
    replies = [str(parsed["Reply-To"])] if parsed["Reply-To"] else []
    message = EmailMultiAlternatives(
        str(parsed["Subject"]), _part(parsed, "plain"), str(parsed["From"]), [str(parsed["To"])],
        headers=headers, reply_to=replies,
    )  # fmt: skip
    if html := _part(parsed, "html"):
        message.attach_alternative(html, "text/html")
    message.envelope_sender = envelope.sender  # django-anymail gives it to services that take one
    return message


def _part(parsed: Parsed, kind: str) -> str:
    body = parsed.get_body((kind,))
    return body.get_content() if body else ""


def _answer_in(problem: Exception) -> Answer | None:
    """What the service itself said, in the words of SMTP; None when nobody knows what became of the letter."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(problem.recipients.values()))
        return Answer(code, words.decode("utf-8", "replace"))
    if isinstance(problem, smtplib.SMTPResponseException):
        said = problem.smtp_error
        return Answer(
            problem.smtp_code, said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        )
    status = getattr(problem, "status_code", None)
    if not isinstance(status, int) or status < 400:
        return None
    return Answer(451 if status in _LATER else 550, f"HTTP {status}: {problem}"[:300])
