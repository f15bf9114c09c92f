"""Letters are signed with the house's key, and any receiver finds the signature good."""

import re

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from portal.mailing import checks, dkim, letters, proofing, ways
from portal.mailing.composing import STAND_IN, composed
from portal.mailing.destinations import Recipient
from portal.mailing.models import Delivery
from portal.mailing.relays import as_django_sends
from portal.mailing.transport import Envelope
from tests import make
from tests.mailing.verifier import verifies
from tests.make import HOUR, NOON

#: RFC 8463, appendix A.
RFC_8463 = b"""\
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
""".replace(b"\n", b"\r\n")
ED25519_RECORD = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
RSA_RECORD = (
    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byY"
    "zCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
)


def pem(key) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


RSA = pem(rsa.generate_private_key(65537, 2048))
SHORT_RSA = pem(rsa.generate_private_key(65537, 1024))
ED25519 = pem(ed25519.Ed25519PrivateKey.generate())


@pytest.fixture(params=[RSA, ED25519], ids=["rsa", "ed25519"])
def key(request, settings) -> str:
    settings.MAIL_DKIM_KEY, settings.MAIL_DKIM_SELECTOR = request.param, "portal"
    settings.MAIL_DKIM_DOMAIN = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    return request.param


def record() -> str:
    return dkim.installed().record[1]


def letter(**fields) -> bytes:
    """A copy of a mailing to a list, as it leaves."""
    said = {
        "list_id": "bulletin",
        "html": f"<p>Kính gửi <a href='https://portal.example/{STAND_IN}'>…</a></p>",
    } | fields
    mailing = make.mailing(Recipient("press@embassy.example", "Tùy viên báo chí"), **said)
    return composed(mailing.deliveries.select_related("message").get(), NOON)


class TestTheVerifierOfTheseTests:
    """It must find good what the standard says is good, before it may judge ours."""

    def test_it_finds_the_standards_own_letter_good(self):
        assert verifies(RFC_8463, ED25519_RECORD, 0)
        assert verifies(RFC_8463, RSA_RECORD, 1)

    @pytest.mark.parametrize("said", [b"dinner", b"hungry", b"joe@", b"21:00:37"])
    def test_and_no_other(self, said):
        changed = RFC_8463.replace(said, said.upper() if said.islower() else b"21:00:38")
        assert not verifies(changed, ED25519_RECORD, 0)
        assert not verifies(changed, RSA_RECORD, 1)


@pytest.mark.django_db
class TestLetters:
    def test_a_receiver_finds_the_signature_good(self, key):
        assert verifies(letter(), record())

    def test_so_it_is_with_the_letter_that_has_travelled(self, key, sink, deliver):
        words = "Kính gửi Quý vị,\n.một chấm\n\tcột  hai  \nhết \n\n\n"
        message = make.message(text=words, subject="Bản tin quý III/2026: việc làm ngoài nước, " * 4)
        letters.queue(message, key="một", to="press@embassy.example", name="Ông Nguyễn Văn An", now=NOON)
        deliver()
        [kept] = sink.folder.glob("*.eml")
        assert verifies(_as_sent(kept.read_bytes()), record())

    @pytest.mark.parametrize("name", ["From", "Subject", "To", "Date", "Message-ID", "List-Unsubscribe"])
    def test_a_header_changed_on_the_way_breaks_it(self, key, name):
        changed = re.sub(rf"(?m)^{name}: ".encode(), f"{name}: x".encode(), letter())
        assert not verifies(changed, record())

    @pytest.mark.parametrize("name", ["From", "Subject", "To", "Date", "Reply-To", "Message-ID"])
    def test_so_does_one_added_beside_it(self, key, name):
        forged = f"{name}: forged@elsewhere.example\r\n".encode()
        head, blank, body = letter().partition(b"\r\n\r\n")
        assert not verifies(head + b"\r\n" + forged.strip() + blank + body, record())
        assert not verifies(forged + head + blank + body, record())

    def test_so_does_a_word_of_the_body(self, key):
        assert not verifies(letter() + b"PS.\r\n", record())

    def test_what_servers_on_the_way_may_do_does_not(self, key):
        said = letter().replace(b"Precedence: bulk", b"Precedence:\tbulk ")
        assert verifies(b"Received: from a by b\r\n" + said + b"\r\n\r\n", record())

    @pytest.mark.parametrize("name", ["list-unsubscribe", "list-unsubscribe-post", "list-id", "content-type"])
    def test_the_headers_of_the_list_are_under_it(self, key, name):
        [named] = re.findall(rb" h=([^;]+);", letter())
        assert name in named.decode().replace("\r\n ", "").split(":")

    def test_the_sender_is_named_once_more_than_it_stands_there(self, key):
        [named] = re.findall(rb" h=([^;]+);", letter())
        assert named.decode().replace("\r\n ", "").split(":").count("from") == 2

    def test_no_line_is_longer_than_mail_allows(self, key):
        head, _blank, _body = letter().partition(b"\r\n\r\n")
        signature = head[: head.index(b"\r\nFrom:")]
        assert max(map(len, signature.split(b"\r\n"))) <= 78

    def test_without_a_key_there_is_none(self, settings):
        settings.MAIL_DKIM_KEY = ""
        assert b"DKIM-Signature" not in letter()

    def test_a_service_that_writes_the_letter_anew_gets_none_to_break(self, key):
        told = as_django_sends(letter(), Envelope("b@portal.example", "press@embassy.example"))
        assert "DKIM-Signature" not in told.extra_headers

    def test_when_the_key_is_gone_letters_wait_rather_than_leave_unsigned(self, settings, sink, deliver):
        settings.MAIL_DKIM_KEY = "/nowhere/dkim.pem"
        waits = letters.queue(make.message(), key="một", to="a@embassy.example", name="", now=NOON)
        assert deliver() == 0
        assert sink.book() == []
        settings.MAIL_DKIM_KEY = ""
        assert deliver(NOON + HOUR) == 1
        assert Delivery.objects.get(pk=waits.pk).state == Delivery.State.ACCEPTED


def _as_sent(kept: bytes) -> bytes:
    """The sink writes down the envelope's lines above the letter's own."""
    return kept[kept.index(b"DKIM-Signature") :]


class TestSettingUp:
    def wrong(self) -> list[str]:
        return [each.id for each in checks.letters_can_be_signed()]

    def test_a_key_with_its_name_and_domain_is_in_order(self, key):
        assert self.wrong() == []

    def test_without_a_key_nothing_is_asked(self, settings):
        settings.MAIL_DKIM_KEY = settings.MAIL_DKIM_SELECTOR = settings.MAIL_DKIM_DOMAIN = ""
        assert self.wrong() == []

    def test_it_is_asked_whenever_the_portal_starts(self, settings):
        settings.MAIL_DKIM_KEY, settings.MAIL_DKIM_SELECTOR = RSA, ""
        assert "mailing.E002" in [each.id for each in run_checks()]

    @pytest.mark.parametrize(
        ("written", "why"),
        [
            ("/nowhere/dkim.pem", "cannot be read"),
            ("/", "cannot be read"),
            ("-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----", "no private key"),
            (SHORT_RSA, "1024 bits"),
        ],
    )
    def test_a_key_that_cannot_sign_is_named_with_the_reason(self, key, settings, written, why):
        settings.MAIL_DKIM_KEY, settings.LANGUAGE_CODE = written, "en"
        [problem] = checks.letters_can_be_signed()
        assert problem.id == "mailing.E001"
        assert why in problem.msg
        assert "PRIVATE KEY" not in problem.msg

    @pytest.mark.parametrize("selector", ["", "two words", "x;y", "-portal", "a..b", "portal\r\nX: y"])
    def test_so_is_a_selector_that_is_no_name(self, key, settings, selector):
        settings.MAIL_DKIM_SELECTOR = selector
        assert self.wrong() == ["mailing.E002"]

    @pytest.mark.parametrize("domain", ["", "elsewhere.example", "otal.example", "a.portal.example", "x;y"])
    def test_so_is_a_domain_that_is_not_the_senders(self, key, settings, domain):
        settings.DEFAULT_FROM_EMAIL, settings.MAIL_DKIM_DOMAIN = "bantin@portal.example", domain
        assert self.wrong() == ["mailing.E003"]

    def test_a_domain_above_the_senders_is_its_own(self, key, settings):
        settings.DEFAULT_FROM_EMAIL, settings.MAIL_DKIM_DOMAIN = (
            "bantin@news.portal.example",
            "portal.example",
        )
        assert self.wrong() == []

    def test_so_is_a_service_that_writes_letters_anew(self, key, settings):
        settings.EMAIL_HOST, settings.MAIL_BACKEND = "", "anymail.backends.amazon_ses.EmailBackend"
        assert self.wrong() == ["mailing.E004"]

    def test_the_key_may_be_a_file_or_one_line_of_the_environment(self, settings, tmp_path):
        (tmp_path / "dkim.pem").write_text(RSA)
        settings.MAIL_DKIM_SELECTOR, settings.MAIL_DKIM_DOMAIN = "portal", "portal.example"
        read = []
        for written in (RSA, RSA.replace("\n", "\\n"), str(tmp_path / "dkim.pem")):
            settings.MAIL_DKIM_KEY = written
            read.append(record())
        assert len(set(read)) == 1

    @pytest.mark.django_db
    def test_the_proof_finds_a_sender_the_signature_does_not_stand_for(self, key):
        told = proofing.findings(make.mailing("a@b.example", sender="x@elsewhere.example"))
        assert "signed for" in " ".join(each.message for each in told) or "được ký" in str(told)


class TestRecord:
    def test_it_is_printed_as_a_line_of_a_zone_file(self, key, capsys):
        call_command("dkim_record")
        printed = capsys.readouterr().out
        strings = re.findall(r'"([^"]*)"', printed)
        assert printed.startswith("portal._domainkey.")
        assert " IN TXT ( " in printed
        assert "".join(strings) == record()
        assert max(map(len, strings)) <= 255

    def test_without_a_key_it_says_so(self, settings):
        settings.MAIL_DKIM_KEY = ""
        with pytest.raises(CommandError, match="not set"):
            call_command("dkim_record")


def test_the_way_out_says_what_is_wrong_with_the_key(settings):
    settings.MAIL_DKIM_KEY = SHORT_RSA
    with pytest.raises(ways.Unreachable, match="DKIM"):
        ways.connect()
