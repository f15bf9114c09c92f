"""Two records of one person: found with reasons, merged with all that points to them, or told apart."""

import pytest
from django.urls import reverse

from portal.accounts.refusal import Refused
from portal.mailing import audiences, letters
from portal.mailing.actions import subscribing
from portal.mailing.actions.suppressing import suppress
from portal.mailing.models import Delivery, Subscription, Suppression
from pressroom.actions import merging, seats
from pressroom.models import Journalist
from pressroom.rules.duplicates import pairs
from tests import make
from tests.make import NOON
from tests.pressroom import briefings, press

pytestmark = pytest.mark.django_db


class TestFinding:
    def test_an_address_spelled_otherwise_is_the_same_mailbox(self):
        press.journalist(email="lan.nguyen@bao.example")
        press.journalist(email="LanNguyen+tin@bao.example")

        [pair] = pairs()

        assert pair.reasons == ["địa chỉ thư điện tử giống nhau, chỉ khác cách viết"]

    def test_the_same_name_at_the_same_outlet_is_found_without_diacritics(self):
        paper = press.outlet()
        press.journalist(full_name="Đỗ Thị Lan", outlet=paper)
        press.journalist(full_name="Do Thi Lan", outlet=paper)

        assert [pair.score for pair in pairs()] == [50]

    def test_a_card_written_otherwise_says_most(self):
        first = press.journalist(card_number="NB 00-123")
        second = press.journalist(card_number="nb00123")
        paper = press.outlet()
        press.journalist(full_name="Lê An", outlet=paper)
        press.journalist(full_name="Lê An", outlet=paper)

        assert next((pair.first, pair.second) for pair in pairs()) == (first, second)

    def test_what_two_records_share_is_added_up(self):
        paper = press.outlet()
        for email in ("lan@bao.example", "l.an@bao.example"):
            press.journalist(
                full_name="Đỗ Thị Lan", outlet=paper, email=email, phone="+84 912 345 678", card_number="7"
            )

        assert [pair.score for pair in pairs()] == [100]

    def test_a_name_alone_and_the_telephone_of_a_newsroom_are_chance(self):
        press.journalist(full_name="Nguyễn Văn Nam", phone="024 3936 1234")
        press.journalist(full_name="Nguyễn Văn Nam", phone="")
        press.journalist(phone="024 3936 1234")

        assert pairs() == []

    @pytest.mark.parametrize("number", [2, 30])
    def test_looking_costs_two_questions(self, number, django_assert_num_queries):
        for _ in range(number):
            press.journalist()

        with django_assert_num_queries(2):
            pairs()


class TestMerging:
    @pytest.fixture
    def both(self):
        return press.journalist(email="new@bao.example"), press.accredited(
            email="old@bao.example", phone="0912"
        )

    def test_one_survives_and_takes_what_it_lacks(self, both):
        survivor, other = both
        topic = make.topic()
        other.beats.add(topic)

        merged = merging.merge(survivor, other, by=press.officer(), now=NOON)

        assert (merged.phone, merged.card_number, merged.state) == ("0912", other.card_number, "accredited")
        assert list(merged.beats.all()) == [topic]
        other.refresh_from_db()
        assert (other.state, other.merged_into) == ("closed", merged)

    @pytest.mark.parametrize("survivor_asked_first", [True, False])
    def test_two_seats_at_one_briefing_become_one_and_the_other_is_given_on(self, survivor_asked_first):
        item = briefings.hall(briefings.announced(), 2)
        both = briefings.journalist(), briefings.journalist()
        for each in both if survivor_asked_first else reversed(both):
            briefings.seated(item, each)
        next_one = briefings.seated(item)

        merging.merge(*both, by=press.officer(), now=NOON)

        held = {each.journalist: each.state for each in item.attendances.all()}
        assert held == {both[0]: "given", both[1]: "returned", next_one.journalist: "given"}

    def test_the_seat_of_the_record_that_closes_passes_to_the_one_that_stands_with_a_letter(self):
        item = briefings.hall(briefings.announced(), 1)
        survivor, other = briefings.journalist(), briefings.journalist()
        given, waiting = briefings.seated(item, other), briefings.seated(item, survivor)

        merging.merge(survivor, other, by=press.officer(), now=NOON)

        assert [make.again(each).state for each in (given, waiting)] == ["returned", "given"]
        assert Delivery.objects.filter(email=survivor.email, key__startswith="briefing_seat:").exists()

    def test_whoever_came_in_under_the_record_that_closes_has_come(self):
        item = briefings.announced()
        survivor, other = briefings.journalist(), briefings.journalist()
        seated, came = briefings.seated(item, survivor), briefings.seated(item, other)
        seats.check_in(came, by=None, now=NOON)

        merging.merge(survivor, other, by=press.officer(), now=NOON)

        assert [make.again(each).arrived_at for each in (seated, came)] == [NOON, None]

    def test_whatever_points_to_the_other_moves(self, both):
        survivor, other = both
        badge = press.badge(email=other.email)
        asked = press.desk_request(email=other.email)
        earlier = press.journalist()
        merging.merge(other, earlier, by=press.officer(), now=NOON)

        merging.merge(survivor, other, by=press.officer(), now=NOON)

        for each in (badge, asked):
            assert make.again(each).journalist == survivor
        assert make.again(earlier).merged_into == survivor

    def test_every_foreign_key_to_a_journalist_is_moved_or_said_not_to_be(self):
        """A part of the portal that points to journalists later is moved with the rest: nobody lists it."""
        from pressroom.actions.merging import _OWN

        pointing = {
            relation.related_model
            for relation in Journalist._meta.get_fields(include_hidden=True)
            if relation.auto_created and not relation.many_to_many
        }

        assert set(_OWN) < pointing

    def test_what_the_survivor_has_of_its_own_stays_with_the_closed_record(self):
        survivor, other = press.accredited(), press.accredited()
        item = briefings.announced()
        first, second = (briefings.seated(item, each) for each in (survivor, other))
        elsewhere = press.badge(email=other.email)

        merging.merge(survivor, other, by=press.officer(), now=NOON)

        assert [make.again(each).journalist for each in (first, second)] == [survivor, other]
        assert make.again(elsewhere).journalist == survivor

    def test_who_left_under_one_address_has_left_under_the_other(self, both):
        survivor, other = both
        chosen = press.list_of_journalists()
        copy = letters.queue(make.message(), key="k", to=other.email, name="", now=NOON)
        subscribing.leave(copy, [chosen], now=NOON)

        merging.merge(survivor, other, by=press.officer(), now=NOON)

        assert list(audiences.recipients(chosen, "vi")) == []
        assert Subscription.objects.get(subscriber__email="new@bao.example").state == "left"

    def test_what_the_survivors_address_confirmed_itself_stands(self, both):
        survivor, other = both
        chosen = make.mailing_list()
        subscribing.sign_up(survivor.email, lists=[chosen], language="vi", consent="vâng", now=NOON)
        mine = letters.queue(make.message(), key="mine", to=survivor.email, name="", now=NOON)
        subscribing.confirm(mine, now=NOON)
        theirs = letters.queue(make.message(), key="theirs", to=other.email, name="", now=NOON)
        subscribing.leave(theirs, [chosen], now=NOON)

        merging.merge(survivor, other, by=press.officer(), now=NOON)

        assert Subscription.objects.get(subscriber__email="new@bao.example").state == "confirmed"

    def test_a_wish_to_be_left_alone_is_handed_on(self, both):
        survivor, other = both
        suppress(other.email, cause=Suppression.Cause.COMPLAINT, reason="", by=None, now=NOON)

        merging.merge(survivor, other, by=press.officer(), now=NOON)

        assert Suppression.objects.standing().filter(email="new@bao.example").exists()

    def test_who_wanted_no_letters_gets_none(self, both):
        survivor, other = both
        Journalist.objects.filter(pk=other.pk).update(frequency="never")

        assert merging.merge(survivor, other, by=press.officer(), now=NOON).frequency == "never"

    def test_twice_is_refused(self, both):
        by = press.officer()
        merging.merge(*both, by=by, now=NOON)

        with pytest.raises(Refused):
            merging.merge(*both, by=by, now=NOON)
        with pytest.raises(Refused):
            merging.merge(both[0], both[0], by=by, now=NOON)

    def test_it_is_written_down(self, both):
        from portal.history.models import Record

        merging.merge(*both, by=press.officer(), now=NOON)

        assert Record.objects.about(both[0]).filter(verb="merged").get().details["absorbed"] == both[1].pk


class TestThePages:
    @pytest.fixture
    def officer(self, client, settings):
        settings.REQUIRE_SECOND_FACTOR = False
        client.force_login(press.officer(), backend="django.contrib.auth.backends.ModelBackend")

    @pytest.fixture
    def both(self):
        paper = press.outlet()
        return [press.journalist(full_name="Đỗ Thị Lan", outlet=paper) for _ in range(2)]

    def test_a_pair_is_compared_and_merged(self, client, officer, both):
        address = reverse("admin:pressroom_journalist_compare", args=[each.pk for each in both])

        assert both[1].email in client.get(address).text
        client.post(address, {"keep": both[1].pk})

        assert make.again(both[0]).merged_into == both[1]

    def test_two_people_are_not_proposed_again(self, client, officer, both):
        address = reverse("admin:pressroom_journalist_compare", args=[each.pk for each in both])

        client.post(address, {"keep": "both"})
        client.post(address, {"keep": "both"})

        assert pairs() == []
        assert client.get(reverse("admin:pressroom_journalist_duplicates")).status_code == 200

    def test_nonsense_changes_nothing(self, client, officer, both):
        address = reverse("admin:pressroom_journalist_compare", args=[each.pk for each in both])

        for keep in ("", "999999", "x", "' OR 1=1"):
            assert client.post(address, {"keep": keep}).status_code == 302

        assert Journalist.objects.active().count() == 2

    def test_two_rows_of_the_list_can_be_compared(self, client, officer, both):
        answer = client.post(reverse("admin:pressroom_journalist_changelist"), {
            "action": "merge_two", "_selected_action": [each.pk for each in both],
        })  # fmt: skip

        assert "/compare/" in answer.headers["Location"]
