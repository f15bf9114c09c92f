"""A release goes to its lists when it appears, in each journalist's language; what becomes of it goes to exactly those."""

import pytest
from django.db import transaction
from django.utils import timezone

from portal.editorial import clock, effects
from portal.editorial.actions import open_working_copy, take_step
from portal.editorial.models import Edition
from portal.mailing.actions import subscribing
from portal.mailing.models import Delivery, Mailing
from pressroom.models import Distribution, JournalistRule
from tests import make
from tests.make import DAY, HOUR, MINUTE
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


def urgent(*lists):
    """A release published urgently, whose mailing waits for another person."""
    item = releases.release(*lists)
    duty = make.person("duty editor")
    take_step(item, "publish_urgently", language="vi", by=duty, now=now(), note="Gấp.")
    do()
    return make.again(item)


def taken_down_and_reinstated(item):
    """Withdrawn and published again, each time with all letters handed over."""
    take_step(make.again(item), "withdraw", language="vi", by=make.head(), now=now(), note="Số liệu sai.")
    handed_over()
    reinstated(item)


def reinstated(item):
    take_step(make.again(item), "reinstate", language="vi", by=None, now=now())
    take_step(make.again(item), "approve", language="vi", by=make.person("spokesperson"), now=now())
    take_step(make.again(item), "publish", language="vi", by=None, now=now())
    handed_over()


def handed_over():
    do()
    Delivery.objects.undecided().update(state="accepted", answered_at=now())


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

    def test_a_minor_fix_takes_the_place_of_a_text_that_waits_for_a_person(self, press):
        anna = releases.journalist()
        item = urgent(press)
        releases.changed(item, kind="minor", note="", standfirst_vi="Chữ đã sửa.", now=now())
        do()

        first, second = Mailing.objects.order_by("pk")
        assert (first.state, second.state) == ("cancelled", "sending")
        assert "Chữ đã sửa." in Delivery.objects.get(email=anna.email).message.text

    def test_a_correction_that_waits_for_a_person_is_overtaken_by_the_next_and_both_are_told(self, item):
        copy = open_working_copy(make.again(item), by=None, now=now())
        make.changed(
            copy, by=None, now=now(), title_vi="Lần hai", change_kind_vi="correction", change_note_vi="Năm."
        )
        take_step(make.again(copy), "publish_urgently", language="vi", by=None, now=now(), note="Gấp.")
        Edition.objects.of(item).update(approved_by=None)
        do()
        releases.changed(item, kind="update", note="Thêm số liệu.", title_vi="Lần ba", now=now())
        do()

        assert self.subjects(self.anna) == ["Đính chính: Lần ba"]
        assert "Năm.\nThêm số liệu." in Delivery.objects.filter(email=self.anna.email).last().message.text

    def test_a_worker_that_comes_late_sends_the_newest_text_once(self, press):
        anna = releases.journalist()
        item = make.published(releases.release(press, now=now()), now=now())
        releases.changed(item, title_vi="Bản đúng", now=now())
        do()
        Delivery.objects.update(state="accepted", answered_at=now())
        effects.do_waiting(now() + DAY)

        assert to(anna.email) == [(anna.email, "Bản đúng")]

    def test_two_changes_told_late_are_told_in_one_letter(self, item):
        releases.changed(item, kind="correction", note="Năm là 2027.", title_vi="Lần hai", now=now())
        releases.changed(item, kind="update", note="Thêm số liệu.", title_vi="Lần ba", now=now())
        do()
        Delivery.objects.update(state="accepted", answered_at=now())
        effects.do_waiting(now() + DAY)

        assert self.subjects(self.anna) == ["Đính chính: Lần ba"]
        assert (
            "Năm là 2027.\nThêm số liệu."
            in Delivery.objects.filter(email=self.anna.email).last().message.text
        )

    def test_steps_done_once_more_send_nothing_more(self, item):
        taken_down_and_reinstated(item)
        effects.Effect.objects.update(done_at=None)
        do()

        assert len(self.subjects(self.anna)) == 2

    def test_a_text_taken_down_before_the_worker_came_is_sent_to_nobody(self, press):
        releases.journalist()
        item = make.published(releases.release(press, now=now()), now=now())
        take_step(make.again(item), "retract", language="vi", by=make.head(), now=now(), note="Sai.")
        do()

        assert not Mailing.objects.exists()

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

    def test_what_has_expired_is_told_to_nobody(self, press):
        anna = releases.journalist()
        item = make.published(releases.release(press, now=now() - MINUTE), now=now() - MINUTE)
        do()
        Delivery.objects.update(state="accepted", answered_at=now())
        Edition.objects.of(item).filter(language="vi").update(expire_at=now())

        clock.run(now())

        assert make.again(item).edition("vi").state == "withdrawn"
        assert len(to(anna.email)) == 1

    def test_who_was_told_of_a_withdrawal_is_told_that_the_text_is_valid_again(self, item):
        taken_down_and_reinstated(item)

        assert self.subjects(self.anna) == [f"Đã rút: {item.title_vi}", f"Đăng lại: {item.title_vi}"]
        assert to(self.late.email) == []
        text = Delivery.objects.filter(email=self.anna.email).last().message.text
        assert "nay có hiệu lực trở lại" in text
        assert "Phần một" in text

    def test_a_second_withdrawal_of_the_same_text_is_told_too(self, item):
        taken_down_and_reinstated(item)
        take_step(make.again(item), "withdraw", language="vi", by=make.head(), now=now(), note="Vẫn sai.")
        do()

        assert self.subjects(self.anna)[2:] == [f"Đã rút: {item.title_vi}"]

    def test_reinstated_it_is_corrected_as_ever(self, item):
        taken_down_and_reinstated(item)
        releases.changed(item, title_vi="Bản đúng", now=now())
        do()

        assert self.subjects(self.anna)[2:] == ["Đính chính: Bản đúng"]

    def test_what_was_taken_down_before_anybody_had_it_is_sent_when_reinstated(self, press):
        anna = releases.journalist()
        item = urgent(press)
        taken_down_and_reinstated(item)

        assert to(anna.email) == [(anna.email, item.title_vi)]

    def test_what_was_stopped_on_its_way_to_everybody_is_sent_when_reinstated(self, press):
        anna = releases.journalist()
        item = make.published(releases.release(press, now=now()), now=now())
        do()
        taken_down_and_reinstated(item)

        rows = Delivery.objects.filter(email=anna.email).exclude(mailing=None).order_by("pk")
        assert list(rows.values_list("state", "message__subject")) == [
            ("excluded", item.title_vi), ("accepted", item.title_vi),
        ]  # fmt: skip

    def test_stopped_halfway_and_reinstated_the_rest_get_the_text_itself(self, press):
        item, anna, waiting = self.stopped_halfway(press)
        reinstated(item)

        assert to(anna.email)[2:] == [(anna.email, f"Đăng lại: {item.title_vi}")]
        got = Delivery.objects.exclude(state="excluded").filter(email=waiting.email)
        assert [each.message.subject for each in got] == [item.title_vi]

    def test_the_rest_are_then_told_of_whatever_becomes_of_it(self, press):
        item, anna, waiting = self.stopped_halfway(press)
        reinstated(item)
        releases.changed(item, title_vi="Bản đúng", now=now())
        do()

        for journalist in (anna, waiting):
            assert to(journalist.email)[-1] == (journalist.email, "Đính chính: Bản đúng")

    def test_stopped_twice_nobody_gets_it_twice(self, press):
        item, anna, waiting = self.stopped_halfway(press)
        reinstated(item)
        taken_down_and_reinstated(item)

        for journalist in (anna, waiting):
            letters = Delivery.objects.filter(email=journalist.email, state="accepted")
            assert letters.filter(message__subject=item.title_vi).count() == 1

    def test_whoever_left_the_list_meanwhile_is_not_among_the_rest(self, press):
        item, _anna, waiting = self.stopped_halfway(press)
        subscribing.leave(Delivery.objects.filter(email=waiting.email).first(), [press], now=now())
        reinstated(item)

        assert not Delivery.objects.exclude(state="excluded").filter(email=waiting.email).exists()

    def stopped_halfway(self, press):
        """Withdrawn when one journalist had it and another not yet."""
        anna, waiting = releases.journalist(), releases.journalist()
        item = make.published(releases.release(press, now=now()), now=now())
        do()
        Delivery.objects.filter(email=anna.email).update(state="accepted", answered_at=now())
        take_step(item, "withdraw", language="vi", by=make.head(), now=now(), note="Sai.")
        handed_over()
        return item, anna, waiting

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
