"""A release goes to its lists when it appears, in each journalist's language; what becomes of it goes to exactly those."""

import pytest
from django.db import transaction
from django.utils import timezone

from portal.editorial import clock, effects
from portal.editorial.actions import take_step
from portal.mailing.models import Delivery, Mailing
from pressroom.models import Distribution, JournalistRule
from tests import make
from tests.make import HOUR, MINUTE
from tests.pressroom import releases

pytestmark = pytest.mark.django_db
now = timezone.now  # what follows a step asks the real clock, and so do these tests


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.MAIL_DOMAIN, settings.MAIL_ORIGIN = "portal.example", "https://portal.example"
    make.identity()
    releases.patterns()


@pytest.fixture
def press():
    """A list of all journalists."""
    chosen = make.mailing_list()
    JournalistRule.objects.create(mailing_list=chosen)
    return chosen


def to(*emails: str) -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(email__in=emails).exclude(mailing=None).order_by("pk")
    return list(rows.values_list("email", "message__subject"))


def do():
    effects.do_waiting(now() + MINUTE)


class TestTheFirstText:
    def test_it_leaves_when_the_clock_publishes_it(self, press):
        anna = releases.journalist()
        item = make.scheduled(releases.release(press), at=now() - MINUTE, now=now() - HOUR)
        do()
        assert to(anna.email) == []

        clock.run(now())

        assert to(anna.email) == [(anna.email, item.title_vi)]
        (mailing,) = Mailing.objects.all()
        assert (mailing.state, mailing.candidates) == ("sending", 1)

    def test_its_approver_has_approved_whom_it_goes_to(self, press):
        releases.journalist()
        reader = make.person("spokesperson")
        item = make.approved(releases.release(press), reader=reader)
        take_step(item, "publish", language="vi", by=None, now=now())
        do()

        assert Mailing.objects.get().approved_by == reader

    def test_each_journalist_reads_it_in_their_language(self, press):
        vietnamese, english = releases.journalist(), releases.journalist(language="en")
        item = make.published(releases.release(press), "vi", "en", now=now())
        do()

        assert to(vietnamese.email, english.email) == [
            (vietnamese.email, item.title_vi), (english.email, item.title_en),
        ]  # fmt: skip

    def test_an_effect_done_twice_sends_once(self, press):
        anna = releases.journalist()
        make.published(releases.release(press), now=now())
        do()
        effects.Effect.objects.filter(name="distribute_release").update(done_at=None)

        do()

        assert len(to(anna.email)) == 1

    def test_without_lists_nothing_is_sent(self, press):
        releases.journalist()
        make.published(releases.release(), now=now())
        do()

        assert not Mailing.objects.exists()

    def test_whoever_reads_a_digest_gets_none_at_once(self, press):
        daily = releases.journalist(frequency="daily")
        make.published(releases.release(press), now=now())
        do()

        assert to(daily.email) == []

    def test_what_is_published_urgently_waits_for_a_second_person(self, press):
        anna = releases.journalist()
        item = releases.release(press)
        take_step(
            item, "publish_urgently", language="vi", by=make.person("duty editor"), now=now(), note="Gấp."
        )
        do()

        mailing = Mailing.objects.get()
        assert (mailing.state, to(anna.email)) == ("draft", [])
        assert "người khác" in mailing.reason

    def test_what_went_out_long_after_its_hour_waits_for_a_person(self, press):
        releases.journalist()
        make.scheduled(releases.release(press), at=now() - 3 * HOUR, now=now() - 4 * HOUR)

        clock.run(now())

        mailing = Mailing.objects.get()
        assert (mailing.state, mailing.released_stage) == ("approved", -1)

    def test_the_letter_says_all_in_its_text_part(self, press):
        releases.journalist()
        speaker = releases.speaker()
        quotes = f'[{{"speaker": "{speaker.pk}", "words": "Chúng tôi sẽ làm."}}]'
        make.published(releases.release(press, quotes_vi=quotes), now=now())
        do()

        text = Delivery.objects.exclude(mailing=None).get().message.text
        assert "01/TCBC-BLĐTBXH" in text
        assert "Phần một nói về việc làm cho người trẻ." in text
        assert "Bà Nguyễn Thị Quỳnh Anh, Vụ trưởng" in text
        assert "https://portal.example/vi/bao-chi/thong-cao/" in text


class TestTheLadder:
    @pytest.fixture
    def item(self, press):
        """A release that one journalist has got; another has come to the list since."""
        self.anna = releases.journalist()
        item = make.published(releases.release(press), now=now())
        do()
        Delivery.objects.update(state="accepted", answered_at=now())
        self.late = releases.journalist()
        return item

    def subjects(self, journalist) -> list[str]:
        return [subject for _email, subject in to(journalist.email)][1:]

    def test_a_minor_fix_is_sent_to_nobody(self, item):
        releases.changed(item, kind="minor", note="", now=now())
        do()

        assert Distribution.objects.count() == 1

    @pytest.mark.parametrize(("kind", "word"), [("update", "Cập nhật"), ("correction", "Đính chính")])
    def test_a_change_goes_to_exactly_those_who_have_the_earlier_text(self, item, kind, word):
        changed = releases.changed(item, kind=kind, note="Năm là 2027.", now=now())
        do()

        assert self.subjects(self.anna) == [f"{word}: {changed.title_vi}"]
        assert to(self.late.email) == []
        assert "Năm là 2027." in Delivery.objects.filter(email=self.anna.email).last().message.text

    def test_a_correction_follows_the_text_and_never_overtakes_it(self, item):
        Delivery.objects.filter(email=self.anna.email).update(state="queued", answered_at=None)
        releases.changed(item, now=now())
        do()
        assert self.subjects(self.anna) == []

        Delivery.objects.filter(email=self.anna.email).update(state="accepted", answered_at=now())
        effects.do_waiting(now() + HOUR)

        assert len(self.subjects(self.anna)) == 1

    def test_an_older_text_that_waits_for_a_person_never_leaves(self, press):
        anna = releases.journalist()
        item = releases.release(press)
        take_step(
            item, "publish_urgently", language="vi", by=make.person("duty editor"), now=now(), note="Gấp."
        )
        do()
        releases.changed(item, title_vi="Bản đúng", now=now())
        do()

        first, second = Mailing.objects.order_by("pk")
        assert (first.state, second.state) == ("cancelled", "sending")
        assert to(anna.email) == [(anna.email, "Bản đúng")]

    def test_taken_down_no_copy_leaves_any_more(self, press):
        anna, waiting = releases.journalist(), releases.journalist()
        item = make.published(releases.release(press), now=now())
        do()
        Delivery.objects.filter(email=anna.email).update(state="accepted", answered_at=now())
        take_step(item, "retract", language="vi", by=make.head(), now=now(), note="Sai.")
        do()

        assert Delivery.objects.get(email=waiting.email).state == "excluded"
        assert len(to(anna.email)) == 2

    def test_each_correction_is_sent(self, item):
        releases.changed(item, title_vi="Lần hai", now=now())
        do()
        Delivery.objects.update(state="accepted", answered_at=now())
        releases.changed(item, title_vi="Lần ba", now=now())
        do()

        assert self.subjects(self.anna) == ["Đính chính: Lần hai", "Đính chính: Lần ba"]

    def test_a_withdrawal_is_told_without_the_text(self, item):
        take_step(item, "withdraw", language="vi", by=make.head(), now=now(), note="Số liệu sai.")
        do()

        (subject,) = self.subjects(self.anna)
        assert subject == f"Đã rút: {item.title_vi}"
        text = Delivery.objects.filter(email=self.anna.email).last().message.text
        assert "Số liệu sai." in text
        assert "Phần một" not in text

    def test_a_recall_names_what_replaces_it(self, item):
        other = make.published(releases.release(), now=now())
        take_step(
            item,
            "retract",
            language="vi",
            by=make.head(),
            now=now(),
            note="Thu hồi.",
            successor=other.get_absolute_url("vi"),
        )
        do()

        assert self.subjects(self.anna) == [f"Thu hồi, xin không sử dụng: {item.title_vi}"]
        text = Delivery.objects.filter(email=self.anna.email).last().message.text
        assert f"https://portal.example{other.get_absolute_url('vi')}" in text

    def test_whoever_took_it_down_has_decided_that_its_holders_are_told(self, item):
        head = make.head()
        take_step(item, "withdraw", language="vi", by=head, now=now(), note="Số liệu sai.")
        do()

        assert Distribution.objects.get(of="withdrawal").mailing.approved_by == head

    def test_done_twice_it_is_told_once(self, item):
        take_step(item, "withdraw", language="vi", by=make.head(), now=now(), note="Số liệu sai.")
        do()
        effects.Effect.objects.filter(name="recall_release").update(done_at=None)
        do()

        assert len(self.subjects(self.anna)) == 1


def test_nothing_is_sent_when_the_step_is_undone(press):
    releases.journalist()
    item = make.approved(releases.release(press))
    try:
        with transaction.atomic():
            take_step(item, "publish", language="vi", by=None, now=now())
            raise RuntimeError
    except RuntimeError:
        pass
    do()

    assert not Mailing.objects.exists()
