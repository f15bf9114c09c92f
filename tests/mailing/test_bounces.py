"""What comes back is believed only when it is about a letter we sent, and does only what its status says."""

from mailbox import Maildir

import pytest

from portal.mailing import bounces, mailboxes
from portal.mailing.models import Delivery, Pace, Returned, Suppression
from portal.mailing.return_path import return_path
from tests import make
from tests.make import HOUR, NOON

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.MAIL_DOMAIN = "portal.example"


def sent(email: str = "press@cn.embassy.example") -> Delivery:
    """A copy its server accepted."""
    delivery = make.mailing(email).deliveries.get()
    Delivery.objects.filter(pk=delivery.pk).update(state=State.ACCEPTED, answered_at=NOON)
    return delivery


def bounce(to: str, status: str = "5.1.1", action: str = "failed", words: str = "no such user") -> bytes:
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: <{to}>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not work.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; x@y.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {words}\r\n\r\n--b--\r\n"
    ).encode()


def away(to: str, **headers: str) -> bytes:
    head = {"Auto-Submitted": "auto-replied", "Subject": "=?utf-8?B?VuG6r25nIG3hurd0?="} | headers
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"From: a@b.example\r\nDelivered-To: {to}\r\n{lines}\r\nI have left the post; write to new@b.example.\r\n".encode()


def state(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def test_an_address_that_does_not_exist_is_left_alone():
    copy = sent()

    bounces.take(bounce(return_path(copy.token)), now=NOON)

    assert state(copy) == State.BOUNCED
    assert Suppression.objects.standing().get().email == copy.email


def test_mistrust_of_us_leaves_nobody_alone_and_lets_the_domain_rest():
    copy = sent()

    bounces.take(bounce(return_path(copy.token), "5.7.1"), now=NOON)

    assert not Suppression.objects.exists()
    assert Pace.objects.get(domain=copy.domain).next_at == NOON + HOUR


def test_a_full_mailbox_counts_and_the_third_of_five_is_enough():
    copies = [sent() for _ in range(bounces.FAILURES)]
    for copy in copies[:-1]:
        bounces.take(bounce(return_path(copy.token), "5.2.2"), now=NOON)
    assert not Suppression.objects.exists()

    bounces.take(bounce(return_path(copies[-1].token), "5.2.2"), now=NOON)

    assert Suppression.objects.get().cause == Suppression.Cause.BOUNCES


def test_a_delay_is_noted_and_changes_nothing():
    copy = sent()

    bounces.take(bounce(return_path(copy.token), "4.4.1", action="delayed"), now=NOON)

    assert (state(copy), Returned.objects.get().kind) == (State.ACCEPTED, Returned.Kind.DELAY)


def test_the_same_bounce_twice_is_one():
    copy = sent()
    letter = bounce(return_path(copy.token), "5.2.2")

    assert [bounces.take(letter, now=NOON) is not None for _ in range(3)] == [True, False, False]


def test_an_automatic_reply_becomes_work_for_a_person():
    copy = sent()

    bounces.take(away(return_path(copy.token)), now=NOON)

    reply = Returned.objects.to_do().get()
    assert state(copy) == State.ACCEPTED
    assert reply.words.startswith("Vắng mặt")
    assert "new@b.example" in reply.words
    assert (reply.says, reply.proposed) == (Returned.Says.LEFT, "new@b.example")


def test_a_reply_whose_words_are_clear_needs_no_header():
    copy = sent()
    letter = away(return_path(copy.token), **{"Auto-Submitted": "no"})

    assert bounces.take(letter, now=NOON).says == Returned.Says.LEFT


def test_of_html_alone_the_words_are_kept_without_the_markup():
    copy = sent()
    letter = away(return_path(copy.token), **{"Content-Type": "text/html; charset=utf-8"}).replace(
        b"I have left", b"<p onclick='x()'>I have <b>left</b>\xe2\x80\xae</p><script>x()</script><p>"
    )

    reply = bounces.take(letter, now=NOON)

    assert reply.words == "Vắng mặt\n\nI have left\nthe post; write to new@b.example."
    assert reply.says == Returned.Says.LEFT


def test_long_words_are_cut():
    copy = sent()

    reply = bounces.take(away(return_path(copy.token)) + b"x" * 1_000_000, now=NOON)

    assert len(reply.words) <= bounces.LONGEST_WORDS


def test_a_bounce_of_what_was_never_handed_over_is_not_believed():
    waiting = make.mailing("a@b.example").deliveries.get()

    assert bounces.take(bounce(return_path(waiting.token)), now=NOON) is None
    assert state(waiting) == State.QUEUED


@pytest.mark.parametrize(
    "letter",
    [
        b"",
        b"\x00\xff" * 1000,
        bounce("bounce+" + "a" * 32 + "-" + "0" * 16 + "@portal.example"),
        bounce("press@cn.embassy.example"),
        b"Content-Type: multipart/report; boundary=b\r\nTo: x\r\n\r\n" + b"--b\r\n" * 3000,
        b"To: " + b"a" * 100_000 + b"\r\n\r\n",
        b"x" * (bounces.LARGEST + 1),
    ],
    ids=["empty", "bytes", "forged signature", "no signature", "no parts", "long head", "large"],
)
def test_whatever_else_comes_changes_nothing(letter):
    sent()

    assert bounces.take(letter, now=NOON) is None
    assert not Suppression.objects.exists()


@pytest.mark.parametrize(
    ("status", "action"), [("", "failed"), ("9.9.9", "failed"), ("5.1.1", "delivered"), ("5.1.1", "")]
)
def test_a_report_that_says_nothing_clear_is_not_believed(status, action):
    copy = sent()

    assert bounces.take(bounce(return_path(copy.token), status, action), now=NOON) is None
    assert state(copy) == State.ACCEPTED


def test_hostile_charsets_of_a_reply_break_nothing():
    copy = sent()
    letter = away(
        return_path(copy.token), **{"Content-Type": "text/plain; charset=klingon", "Subject": "=?x?Q?=00?="}
    )

    assert bounces.take(letter, now=NOON) is not None


def test_the_folder_is_read_and_emptied(settings, tmp_path):
    settings.MAIL_BOUNCES = f"maildir://{tmp_path}/box"
    copy, box = sent(), Maildir(tmp_path / "box", create=True)
    box.add(bounce(return_path(copy.token)))
    box.add(b"spam")

    assert mailboxes.fetch(NOON) == 1
    assert len(box) == 0
    assert state(copy) == State.BOUNCED


class TestEvents:
    """What a mail service tells by its own call."""

    def told(self, client, event):
        return client.post("/mail/events/", data=event, content_type="application/json").status_code

    def test_a_bounce_counts_once_however_often_it_is_told(self, client):
        copy = sent()
        event = {
            "return_path": return_path(copy.token),
            "event": "bounced",
            "status": "5.1.1",
            "words": "no such user",
        }

        assert [self.told(client, [event, event]) for _ in range(2)] == [204, 204]
        assert (state(copy), Returned.objects.count()) == (State.BOUNCED, 1)

    def test_who_complains_is_left_alone(self, client):
        copy = sent()

        self.told(client, {"return_path": return_path(copy.token), "event": "complained"})

        assert Suppression.objects.standing().get().cause == Suppression.Cause.COMPLAINT

    @pytest.mark.parametrize(
        ("event", "status"),
        [
            (
                {
                    "return_path": "bounce+" + "a" * 32 + "-" + "0" * 16 + "@portal.example",
                    "event": "bounced",
                },
                204,
            ),
            ({"return_path": ["x"], "event": {"a": 1}}, 204),
            ([1, None, "x", []], 204),
            ("[" * 100_000, 400),
            ("{", 400),
            ("\x00", 400),
            ('"' + "x" * 300_000 + '"', 400),
        ],
    )
    def test_whatever_else_is_told_changes_nothing(self, client, event, status):
        sent()

        assert self.told(client, event) == status
        assert not Returned.objects.exists()

    def test_nothing_is_told_by_get(self, client):
        assert client.get("/mail/events/").status_code == 405
