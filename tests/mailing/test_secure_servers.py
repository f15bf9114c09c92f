"""Servers spoken to over TLS: the mailbox bounces are fetched from, the server that takes our letters."""

import ssl
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from portal.mailing import letters, mailboxes
from portal.mailing.models import Delivery
from portal.mailing.return_path import return_path
from tests import make
from tests.mailing import boxes
from tests.mailing.test_bounces import bounce, sent
from tests.make import NOON
from tests.servers import free_port

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def believed(monkeypatch):
    """The tests' certificate is one of those this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(boxes.CERTIFICATE))


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.MAIL_DOMAIN = "portal.example"
    settings.MAIL_PER_MINUTE = settings.MAIL_PER_MINUTE_AND_DOMAIN = 0


#: How an address begins, and who speaks so.
SPOKEN = {"imaps": boxes.Imap, "pops": boxes.Pop}


def address_of(box: boxes.Mailbox, kind: str, password: str = boxes.PASSWORD) -> str:
    return f"{kind}://bounces:{quote(password, safe='')}@localhost:{box.port}/INBOX"


@pytest.mark.parametrize("kind", SPOKEN)
class TestMailbox:
    def test_bounces_are_entered_and_the_mailbox_is_emptied(self, settings, believed, kind):
        copy = sent()
        with boxes.running(bounce(return_path(copy.token)), b"spam", speaks=SPOKEN[kind]) as box:
            settings.MAIL_BOUNCES = address_of(box, kind)

            assert mailboxes.fetch(NOON) == 1
            assert mailboxes.fetch(NOON) == 0

        copy.refresh_from_db()
        assert (copy.state, box.letters) == (State.BOUNCED, {})

    def test_a_server_nobody_vouches_for_gets_no_password(self, settings, monkeypatch, kind):
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
        with boxes.running(b"spam", speaks=SPOKEN[kind]) as box:
            settings.MAIL_BOUNCES = address_of(box, kind)

            assert mailboxes.fetch(NOON) == 0

        assert (box.tries, len(box.letters)) == (0, 1)

    @pytest.mark.parametrize("trouble", ["password", "no server"])
    def test_a_mailbox_that_is_not_to_be_read_stops_nothing(self, settings, believed, trouble, kind):
        with boxes.running(b"spam", speaks=SPOKEN[kind]) as box:
            settings.MAIL_BOUNCES = address_of(box, kind, "sai" if trouble == "password" else boxes.PASSWORD)
            if trouble == "no server":
                settings.MAIL_BOUNCES = f"{kind}://bounces:x@localhost:1/INBOX"

            assert mailboxes.fetch(NOON) == 0

        assert len(box.letters) == 1


class Keeping:
    """What came, and whether it came over TLS from somebody signed in."""

    def __init__(self) -> None:
        self.came: list[tuple[str, bool, bool]] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.came.append((envelope.rcpt_tos[0], session.ssl is not None, bool(session.authenticated)))
        return "250 2.0.0 taken"


@pytest.fixture
def secured(settings):
    """A server that wants STARTTLS and a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(boxes.CERTIFICATE)

    def signs_in(server, session, envelope, mechanism, said) -> AuthResult:
        return AuthResult(success=(said.login, said.password) == (b"portal", b"bi-mat"), handled=False)

    controller = Controller(
        Keeping(), hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True,
        authenticator=signs_in, auth_required=True,
    )  # fmt: skip
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", controller.port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = True, "portal", "bi-mat"
    yield controller.handler
    controller.stop()


def queued() -> Delivery:
    return letters.queue(make.message(), key="k", to="a@b.example", name="", now=NOON)


class TestServer:
    def test_letters_go_over_tls_from_somebody_signed_in(self, secured, believed, deliver):
        copy = queued()

        deliver()

        copy.refresh_from_db()
        assert (copy.state, secured.came) == (State.ACCEPTED, [("a@b.example", True, True)])

    @pytest.mark.parametrize("trouble", ["nobody vouches for it", "password"])
    def test_otherwise_they_wait(self, secured, believed, deliver, settings, monkeypatch, trouble):
        if trouble == "password":
            settings.EMAIL_HOST_PASSWORD = "sai"
        else:
            monkeypatch.delenv("SSL_CERT_FILE")
        copy = queued()

        deliver()

        copy.refresh_from_db()
        assert (copy.state, secured.came) == (State.QUEUED, [])
