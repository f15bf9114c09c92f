"""Letters handed to an e-mail backend of Django, where plain SMTP is not to be had."""

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from portal.mailing.actions import sending
from portal.mailing.models import Delivery
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


class Refusing(BaseEmailBackend):
    """A service that answers with the status of HTTP its recipient's address names, or breaks off."""

    def send_messages(self, messages):
        status = messages[0].to[0].partition("@")[0].rpartition("<")[2]
        problem = ConnectionError("reset") if status == "gone" else RuntimeError("no")
        if status != "gone":
            problem.status_code = int(status)
        raise problem


@pytest.fixture(autouse=True)
def _by_a_service(settings):
    settings.EMAIL_HOST, settings.MAIL_BACKEND = "", "django.core.mail.backends.locmem.EmailBackend"
    settings.MAIL_DOMAIN, settings.MAIL_ORIGIN = "portal.example", "https://portal.example"


def released(*recipients, **fields):
    return sending.release(make.mailing(*recipients, **fields), Delivery.Stage.PUBLIC, by=None, now=NOON)


def test_a_letter_goes_whole_with_its_own_headers(deliver):
    mailing = released("a@laos.example", list_id="portal", html="<p>Kính gửi</p>", subject="Bản tin quý III")
    deliver()

    [letter] = mail.outbox
    copy = mailing.deliveries.get()
    assert (letter.subject, letter.to) == ("Bản tin quý III", ["a@laos.example"])
    assert "Kính gửi Quý vị." in letter.body
    assert letter.alternatives[0][1] == "text/html"
    assert letter.extra_headers["Message-ID"] == f"<{copy.token}@portal.example>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.envelope_sender.endswith("@portal.example")
    assert copy.state == "accepted"


@pytest.mark.parametrize(
    ("answer", "state"), [("422", "refused"), ("429", "queued"), ("503", "queued"), ("gone", "uncertain")]
)
def test_what_a_service_answers_ends_in_its_right_state(deliver, settings, answer, state):
    settings.MAIL_BACKEND = "tests.mailing.test_relays.Refusing"
    mailing = released(f"{answer}@laos.example")
    deliver()

    assert mailing.deliveries.get().state == state


def test_a_server_reached_by_djangos_own_backend_gets_the_same_letter(sink, deliver, settings):
    settings.EMAIL_HOST, settings.MAIL_BACKEND = "", "tests.mailing.test_relays.ToTheSink"
    ToTheSink.port = sink.port
    released("a@laos.example")
    deliver()

    [letter] = sink.letters()
    assert letter["To"] == "a@laos.example"


class ToTheSink(SmtpBackend):
    port = 0

    def __init__(self, **options):
        super().__init__(**options, host="127.0.0.1", port=type(self).port)
