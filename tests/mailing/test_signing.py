"""Letters are signed where a key is named."""

from pathlib import Path

import dkim
import pytest

from portal.mailing import letters
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

#: A key made for these tests, of no domain: the private half, an empty line, the public half.
PRIVATE, PUBLIC = Path(__file__).with_name("dkim_key.txt").read_text().split("\n\n")


@pytest.fixture
def key(tmp_path) -> str:
    path = tmp_path / "key.pem"
    kind = "RSA PRIVATE KEY"
    path.write_text(f"-----BEGIN {kind}-----\n{PRIVATE}\n-----END {kind}-----\n")
    return str(path)


def verified(letter: bytes) -> bool:
    return dkim.verify(
        letter, dnsfunc=lambda name, timeout=5: f"v=DKIM1; k=rsa; p={PUBLIC.replace(chr(10), '')}".encode()
    )


def sent(sink, deliver) -> bytes:
    letters.queue(make.message(list_id="bulletin"), key="k", to="a@b.example", name="Đại sứ quán", now=NOON)
    deliver()
    return next(sink.folder.glob("*.eml")).read_bytes()


def test_a_letter_arrives_with_a_signature_that_holds(sink, deliver, settings, key):
    settings.MAIL_DKIM_KEY, settings.MAIL_DKIM_SELECTOR = key, "portal"

    letter = sent(sink, deliver)

    assert verified(letter)
    assert not verified(letter.replace(b"One-Click", b"Two-Click"))


def test_without_a_key_nothing_is_signed(sink, deliver):
    assert b"DKIM-Signature" not in sent(sink, deliver)
