"""Copies of a mailing to many: named at one stroke by the approval, made by a worker, none before its time, none twice."""

from datetime import timedelta

import pytest

from portal.accounts.refusal import Refused
from portal.directory import actions as directory
from portal.directory.models import Post
from portal.mailing import audiences, comparing
from portal.mailing.actions import addressing, pausing, sending, subscribing, suppressing
from portal.mailing.destinations import AT_ONCE, destined
from portal.mailing.models import Delivery, Mailing, MailingList, Subscription, Suppression
from tests import make
from tests.make import HOUR, NOON

pytestmark = pytest.mark.django_db
MANY = 2 * AT_ONCE + 100
State = Mailing.State


@pytest.fixture
def many() -> MailingList:
    """A list of more readers than a request makes copies for."""
    chosen = make.mailing_list()
    make.readers(chosen, MANY)
    return chosen


def draft(*lists: MailingList, **said) -> Mailing:
    mailing = sending.compose("Bản tin", make.message(), by=None, now=NOON)
    for field, value in said.items():
        setattr(mailing, field, value)
    mailing.save()
    mailing.lists.set(lists)
    return mailing


def approved(*lists: MailingList, **said) -> Mailing:
    return sending.approve(draft(*lists, **said), by=make.publisher(), now=NOON)


def address(mailing: Mailing) -> Mailing:
    """A worker's run, to the end."""
    addressing.address_waiting(now=lambda: NOON, until=NOON + HOUR)
    mailing.refresh_from_db()
    return mailing


def addresses(mailing: Mailing) -> list[str]:
    return list(mailing.deliveries.order_by("pk").values_list("email", flat=True))


def readers(number: int) -> set[str]:
    return {f"reader{each}@r{each % 50}.example" for each in range(number)}


class TestApproval:
    def test_it_is_recorded_at_once_and_names_everybody(self, many):
        mailing = approved(many)

        assert (mailing.state, mailing.approved_at, mailing.candidates) == (State.ADDRESSING, NOON, MANY)
        assert mailing.approved_by is not None
        assert mailing.deliveries.count() == AT_ONCE

    def test_it_asks_the_same_of_the_database_however_long_the_list_is(
        self, many, django_assert_max_num_queries
    ):
        mailing, by = draft(many), make.publisher()

        with django_assert_max_num_queries(34):
            sending.approve(mailing, by=by, now=NOON)

    def test_a_small_list_needs_no_worker(self):
        chosen = make.mailing_list()
        make.readers(chosen, 3)

        mailing = approved(chosen)

        assert (mailing.state, mailing.candidates) == (State.APPROVED, 3)

    def test_copies_are_what_the_preview_said(self, many):
        embassy = make.organisation(country=make.country("LA"))
        make.address(
            "general@la.example", of=make.post(organisation=embassy, is_general=True, title_en="General")
        )
        for number in range(3):
            make.address(f"post{number}@la.example", of=make.post(organisation=embassy, title_en=f"{number}"))
        empty = make.post(organisation=embassy, title_en="Empty")
        suppressing.suppress(
            "post1@la.example", cause=Suppression.Cause.BOUNCES, reason="", by=None, now=NOON
        )
        by_hand = make.mailing_list("by-hand")
        by_hand.posts.add(empty, Post.objects.get(title_en="0"))
        mailing = draft(
            many, make.mailing_list("missions", kinds=["embassy"]), by_hand,
            staff_first="Post0@la.example khong-phai-dia-chi", few_first="ngoai@bo.example",
        )  # fmt: skip
        preview = {
            (email or recipient.post): (recipient.name, recipient.stage, state, reason)
            for recipient, (email, state, reason) in reversed(list(destined(audiences.staged(mailing))))
        }

        address(sending.approve(mailing, by=make.publisher(), now=NOON))

        copies = mailing.deliveries.values_list("key", "email", "name", "stage", "state", "reason")
        assert {email or int(key.split()[-1]): tuple(said) for key, email, *said in copies} == preview
        assert addresses(mailing)[:3] == ["post0@la.example", "khong-phai-dia-chi", "ngoai@bo.example"]


class TestWorker:
    def test_it_gives_everybody_one_copy_and_then_the_stages_may_be_let_go(self, many):
        mailing = address(approved(many))

        assert (mailing.state, mailing.candidates) == (State.APPROVED, MANY)
        assert set(addresses(mailing)) == readers(MANY)
        assert not mailing.addressees.exists()

    def test_it_stops_at_its_hour_and_the_next_run_goes_on(self, many):
        mailing = approved(many)
        hours = iter([NOON, NOON, NOON + HOUR])

        addressing.address_waiting(now=lambda: next(hours), until=NOON + HOUR)

        assert mailing.deliveries.count() == 2 * AT_ONCE
        assert address(mailing).candidates == MANY

    def test_run_again_when_all_is_done_it_changes_nothing(self, many):
        mailing = address(approved(many))

        assert addressing.address_some(mailing.pk, NOON) is False
        assert address(mailing).deliveries.count() == MANY

    def test_an_address_on_three_lists_gets_one_copy_across_its_batches(self, many):
        again = make.mailing_list("again")
        Subscription.objects.bulk_create(
            Subscription(
                subscriber=each.subscriber, list=again, state="confirmed", confirmed_at=NOON, consent="…"
            )
            for each in many.subscriptions.all()
        )

        mailing = address(approved(many, again))

        assert mailing.candidates == len(set(addresses(mailing))) == MANY

    def test_a_batch_asks_few_questions(self, many, django_assert_max_num_queries):
        mailing = approved(many)

        with django_assert_max_num_queries(20):
            assert addressing.address_some(mailing.pk, NOON)

    def test_a_mailing_that_cannot_be_addressed_says_so_and_holds_up_no_other(self, many):
        broken, sound = approved(many), approved(many)
        Mailing.objects.filter(pk=broken.pk).update(approved_at=None)

        address(broken)

        assert (broken.state, bool(broken.reason)) == (State.ADDRESSING, True)
        assert address(sound).state == State.APPROVED


class TestNothingLeavesEarly:
    def test_no_stage_is_let_go_while_copies_are_missing(self, many, sink, deliver):
        mailing = approved(many, staff_first="van.thu@portal.example")

        with pytest.raises(Refused, match="đang lập danh sách gửi"):
            sending.release(mailing, Delivery.Stage.OWN_STAFF, by=None, now=NOON)
        deliver()

        assert sink.recipients() == []

    def test_its_hour_waits_for_the_last_copy(self, many):
        mailing = approved(many, send_at=NOON)

        assert sending.send_due(NOON) == 0
        address(mailing)
        assert sending.send_due(NOON) == 1


class TestMeanwhile:
    def test_a_list_emptied_after_the_approval_changes_nothing_of_what_was_approved(self, many):
        posts = [make.address(f"post{number}@la.example").post for number in range(3)]
        by_hand = make.mailing_list("by-hand")
        by_hand.posts.set(posts)
        mailing = approved(many, by_hand)

        many.subscriptions.all().delete()
        by_hand.posts.clear()

        assert set(addresses(address(mailing))) == readers(MANY) | {
            f"post{number}@la.example" for number in range(3)
        }

    def test_who_signs_up_after_the_approval_gets_the_next_one(self, many):
        mailing = approved(many)
        make.address("late@la.example", of=make.post())
        many.kinds = ["embassy"]
        many.save()

        assert "late@la.example" not in addresses(address(mailing))

    def test_a_post_is_written_to_at_the_address_it_has_by_then(self, many):
        post = make.address("before@la.example").post
        press = make.mailing_list("press", position=1)
        press.posts.add(post)
        mailing = approved(many, press)

        directory.change_address(post, "after@la.example", by=None, now=NOON)

        assert addresses(address(mailing))[-1] == "after@la.example"

    def test_whoever_leaves_the_list_is_left_out(self, many):
        earlier = make.mailing("reader7@r7.example", f"reader{MANY - 1}@r{(MANY - 1) % 50}.example")
        mailing = approved(many)
        for letter in earlier.deliveries.all():
            subscribing.leave(letter, [many], now=NOON + timedelta(seconds=1))

        address(mailing)

        left_out = mailing.deliveries.filter(state=Delivery.State.EXCLUDED)
        assert set(left_out.values_list("email", flat=True)) == set(addresses(earlier))
        assert mailing.candidates == MANY

    def test_so_is_whoever_asks_to_be_left_alone(self, many):
        mailing = approved(many)
        last = f"reader{MANY - 1}@r{(MANY - 1) % 50}.example"

        suppressing.suppress(last, cause=Suppression.Cause.ASKED, reason="", by=None, now=NOON)

        assert address(mailing).deliveries.get(email=last).state == Delivery.State.EXCLUDED

    def test_it_can_be_recalled_and_its_account_balances(self, many):
        mailing = approved(many)

        pausing.cancel(mailing, by=make.publisher(), now=NOON, why="sai số liệu")
        address(mailing)

        assert set(mailing.deliveries.values_list("state", flat=True)) == {Delivery.State.EXCLUDED}
        assert mailing.deliveries.count() == AT_ONCE
        assert sending.close(mailing, by=None, now=NOON).state == State.CLOSED

    def test_the_next_draft_is_not_compared_with_half_a_list(self, many):
        address(approved(many))
        Mailing.objects.update(approved_at=NOON - HOUR)
        approved(many)

        told = comparing.difference(draft(many))

        assert (told.total, told.new.count, told.dropped.count) == (MANY, 0, 0)
