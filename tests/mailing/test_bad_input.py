"""What may go wrong with a mailing on its way, and what it comes to."""

from datetime import timedelta

import pytest

from portal.mailing import audiences, delivering, letters, proofing
from portal.mailing.actions import sending
from portal.mailing.destinations import Recipient
from portal.mailing.models import Delivery, Mailing
from tests import make
from tests.make import HOUR, NOON

pytestmark = pytest.mark.django_db
State = Delivery.State


def test_a_list_emptied_after_the_approval_changes_nothing_of_what_was_approved(sink, deliver):
    post = make.address("press@la.embassy.example").post
    chosen = make.mailing_list()
    chosen.posts.add(post)
    mailing = make.mailing(*audiences.recipients(chosen, "vi"))
    chosen.posts.clear()

    sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)
    deliver()

    assert sink.recipients() == ["press@la.embassy.example"]


def test_a_clock_set_back_sends_nothing_twice_and_loses_nothing(sink, deliver):
    mailing = sending.release(make.mailing("a@b.example", "r450@c.example"), 2, by=None, now=NOON)
    deliver(NOON)
    deliver(NOON - 3 * HOUR)
    deliver(NOON - 3 * HOUR)

    assert sink.recipients() == ["a@b.example"]
    assert mailing.deliveries.get(email="r450@c.example").state == State.QUEUED


def test_a_clock_set_back_takes_nothing_from_a_worker_that_lives():
    mailing = sending.release(make.mailing("a@b.example"), 2, by=None, now=NOON)
    delivering._claim(NOON)

    delivering.settle_lapsed(NOON - HOUR)

    assert mailing.deliveries.get().state == State.CLAIMED


@pytest.mark.parametrize(
    "written", ["Ngài Đại sứ <press@x.example>", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example", "đại.sứ@x.example",
                "a(comment)@b.example", '"a b"@c.example', "@x.example", "a@", "x" * 300 + "@y.example", "a@b.example\u202e"],
)  # fmt: skip
def test_what_is_no_sendable_address_is_counted_and_gets_nothing(sink, deliver, written):
    mailing = make.mailing(written, "right@a.example")
    sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)

    deliver()

    assert sink.recipients() == ["right@a.example"]
    assert sending.close(mailing, by=None, now=NOON).state == Mailing.State.CLOSED


def test_a_domain_in_its_own_letters_is_written_to_as_servers_know_it(sink, deliver):
    letters.queue(make.message(), key="k", to="bao@đại-sứ.example", name="", now=NOON)

    deliver()

    assert sink.recipients() == [
        "bao@xn--i-s-dma0i48a5l.example".replace("xn--i-s-dma0i48a5l", _idna("đại-sứ"))
    ]


def _idna(label: str) -> str:
    return label.encode("idna").decode()


def test_ten_megabytes_pasted_from_word_are_found_by_the_proof():
    pasted = "<p class=MsoNormal style='mso-bidi-font-size:12.0pt'>Việt Nam</p>" * 160_000
    mailing = sending.compose("Bản tin", make.message(html=pasted), by=None, now=NOON)

    assert any("KB" in finding.message for finding in proofing.findings(mailing) if finding.blocks)


class TestProof:
    def findings(self, **said) -> list[str]:
        mailing = sending.compose("Bản tin", make.message(**said), by=None, now=NOON)
        mailing.lists.add(make.mailing_list())
        return [finding.message for finding in proofing.findings(mailing) if finding.blocks]

    @pytest.fixture(autouse=True)
    def _ours(self, settings):
        settings.MAIL_DOMAIN, settings.MAIL_ORIGIN = "portal.example", "https://portal.example"

    def test_a_sound_letter_has_none(self):
        assert (
            self.findings(text="Kính gửi Quý vị.", html='<img src="https://portal.example/a.png" alt="">')
            == []
        )

    @pytest.mark.parametrize(
        "html",
        [
            '<img src="https://tracker.example/1.gif" alt="">',
            '<img src="https://portal.example/a.png">',
            f'<img src="https://portal.example/{proofing.STAND_IN}.gif" alt="">',
            f'<a href="https://other.example/?r={proofing.STAND_IN}">x</a>',
        ],
    )
    def test_whatever_could_count_readers_or_says_nothing_to_the_blind_is_found(self, html):
        assert len(self.findings(html=html)) == 1

    @pytest.mark.parametrize(
        "said", [{"subject": ""}, {"text": ""}, {"text": "Không có đường ra.", "list_id": "portal"}]
    )
    def test_what_a_letter_lacks_is_found(self, said):
        assert len(self.findings(**said)) == 1

    def test_a_link_that_is_not_secure_is_named_and_blocks_nothing(self):
        mailing = sending.compose("Bản tin", make.message(text="http://bo.example/tin"), by=None, now=NOON)
        mailing.lists.add(make.mailing_list())

        [finding] = proofing.findings(mailing)

        assert finding.message.startswith("http://bo.example/tin")
        assert not finding.blocks

    def test_a_sender_whose_bounces_go_elsewhere_is_found(self):
        assert len(self.findings(sender="Bộ <bantin@other.example>")) == 1


def test_memory_and_queries_do_not_grow_with_the_audience(sink, deliver, django_assert_max_num_queries):
    """Four queries for a claim of fifty, one for each letter, two to settle: however many wait."""
    for size in (100, 300):
        mailing = make.mailing(*[f"p{number}@m{number}.example" for number in range(size)], now=NOON)
        sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)
        with django_assert_max_num_queries(size + 20 * (size // delivering.BATCH + 2)):
            deliver()
        assert mailing.deliveries.filter(state=State.ACCEPTED).count() == size


def test_copies_of_one_mailing_go_out_in_their_order(sink, deliver):
    emails = [f"p{number}@m{number}.example" for number in range(30)]
    mailing = make.mailing(*[Recipient(email) for email in emails])
    sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)

    deliver(NOON + timedelta(seconds=1))

    assert sink.recipients() == emails
