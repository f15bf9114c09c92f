"""Digests: what became public, on the beats and in the language of each, once a day or a week."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.mailing import letters
from portal.mailing.models import Delivery, Message
from portal.search.models import Entry
from pressroom.actions import digests, rights
from pressroom.models import Journalist
from pressroom.rules.periods import closed_period
from tests import make
from tests.make import DAY, HOUR, NOON
from tests.pressroom import press

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)  # Friday, five past five in the afternoon in Viet Nam


def send(frequency: str = "daily", now: datetime = EVENING) -> int:
    return digests.send_digests(frequency, now)


class TestPeriods:
    def test_a_day_ends_at_five_in_the_afternoon_in_viet_nam(self):
        assert closed_period("daily", EVENING).name == "daily-2026-11-20"
        assert closed_period("daily", EVENING - 10 * timedelta(minutes=1)).name == "daily-2026-11-19"
        assert closed_period("daily", EVENING).until == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

    def test_a_week_ends_on_friday(self):
        names = [closed_period("weekly", EVENING + days * DAY).name for days in (-1, 0, 1, 6, 7)]

        assert names == ["weekly-2026-11-13", *["weekly-2026-11-20"] * 3, "weekly-2026-11-27"]


class TestSending:
    def test_what_became_public_since_yesterday_is_told_once(self):
        press.journalist(frequency="daily", email="lan@bao.example")
        press.entry("Thông cáo số 12", at=NOON)

        assert [send(), send(), send(now=EVENING + HOUR)] == [1, 0, 0]

        copy = Delivery.objects.get()
        assert copy.email == "lan@bao.example"
        assert "Thông cáo số 12" in copy.message.text
        assert "/vi/bao-chi/" in copy.message.text

    def test_where_there_is_nothing_nothing_is_sent(self):
        press.journalist(frequency="daily")
        press.entry(at=NOON, section="news")

        assert send() == 0
        assert not Message.objects.exists()

    def test_what_is_not_due_withdrawn_or_expired_is_not_told(self):
        press.journalist(frequency="daily")
        press.entry(at=EVENING + HOUR)
        press.entry(at=NOON, status=Entry.Status.WITHDRAWN)
        press.entry(at=NOON - HOUR, visible_until=NOON)

        assert send() == 0

    def test_each_reads_their_own_language(self):
        press.journalist(frequency="daily", language="en", email="jane@wire.example")
        press.journalist(frequency="daily", language="vi", email="lan@bao.example")
        press.entry("Press release 12", at=NOON, language="en")

        send()

        copy = Delivery.objects.get()
        assert (copy.email, copy.message.language) == ("jane@wire.example", "en")
        assert "press room has published" in copy.message.text

    def test_each_reads_their_own_beats_and_what_concerns_everybody(self):
        labour, children = make.topic(), make.topic()
        press.journalist(frequency="daily", beats=(labour,))
        press.entry("Việc làm", labour, at=NOON)
        press.entry("Trẻ em", children, at=NOON)
        press.entry("Nhân sự", at=NOON)

        send()

        text = Delivery.objects.get().message.text
        assert [word in text for word in ("Việc làm", "Nhân sự", "Trẻ em")] == [True, True, False]

    def test_those_whose_digests_read_alike_share_one_message(self):
        for _ in range(3):
            press.journalist(frequency="daily")
        press.entry(at=NOON)

        assert send() == 3
        assert (Message.objects.count(), Delivery.objects.count()) == (1, 3)

    def test_a_weekly_reader_hears_on_friday_of_the_whole_week(self):
        press.journalist(frequency="weekly")
        press.entry("Thứ hai", at=EVENING - 4 * DAY)
        press.entry("Thứ sáu", at=NOON)

        assert send("weekly") == 1
        assert all(word in Message.objects.get().text for word in ("Thứ hai", "Thứ sáu"))

    def test_a_clock_that_slept_for_days_tells_everything_it_missed(self):
        press.journalist(frequency="daily")
        press.entry("Hôm nay", at=NOON)
        send()
        press.entry("Lúc ngủ", at=EVENING + 20 * HOUR)
        press.entry("Sáng nay", at=EVENING + 60 * HOUR)

        assert send(now=EVENING + 3 * DAY) == 1
        text = Message.objects.order_by("-pk").first().text
        assert [word in text for word in ("Lúc ngủ", "Sáng nay", "Hôm nay")] == [True, True, False]

    def test_who_changes_from_weekly_to_daily_misses_nothing_and_reads_nothing_twice(self):
        lan = press.journalist(frequency="weekly")
        press.entry("Tuần trước", at=EVENING - 2 * DAY)
        send("weekly")
        press.entry("Cuối tuần", at=EVENING + HOUR)
        rights.choose(lan, language="vi", frequency="daily", beats=(), now=EVENING + 2 * HOUR)

        send("daily", EVENING + DAY)

        text = Message.objects.order_by("-pk").first().text
        assert [word in text for word in ("Cuối tuần", "Tuần trước")] == [True, False]

    def test_who_chooses_a_digest_is_not_told_what_came_at_once(self):
        lan = press.journalist(frequency="at_once")
        press.entry(at=NOON)
        rights.choose(lan, language="vi", frequency="daily", beats=(), now=NOON + HOUR)

        assert send() == 0

    def test_those_who_want_none_or_are_closed_get_none(self):
        for fields in (
            {"frequency": "at_once"},
            {"frequency": "never"},
            {"frequency": "daily", "state": "closed"},
        ):
            press.journalist(**fields)
        press.entry(at=NOON)

        assert send() == 0

    @pytest.mark.parametrize("number", [2, 12])
    def test_nothing_to_tell_costs_little(self, number, django_assert_max_num_queries):
        for _ in range(number):
            press.journalist(frequency="daily", digested_until=EVENING)

        with django_assert_max_num_queries(6):
            send()


class TestLeaving:
    @pytest.fixture
    def copy(self) -> Delivery:
        press.journalist(frequency="daily", email="lan@bao.example")
        press.entry(at=NOON)
        send()
        return Delivery.objects.get()

    def test_the_letter_can_be_left_by_one_click(self, client, copy):
        assert copy.message.list_id == "press-digest"

        client.get(f"/mail/{copy.token}/leave/")
        assert Journalist.objects.get().frequency == "daily"
        client.post(f"/mail/{copy.token}/leave/")

        copy.refresh_from_db()
        assert Journalist.objects.get().frequency == "never"
        assert copy.state == Delivery.State.EXCLUDED

    def test_the_page_of_ones_own_mail_tells_of_it_and_leads_to_the_wishes(self, client, copy):
        page = f"/vi/thu-tin/{copy.token}/"

        shown = client.get(page).text
        client.post(f"{page}quyet-dinh/", {"choice": "leave", "regular": ["press-digest"]})

        assert "/danh-cho-nha-bao/lua-chon/" in shown
        assert Journalist.objects.get().frequency == "never"

    def test_a_language_chosen_there_is_the_journalists(self, client, copy):
        client.post(f"/vi/thu-tin/{copy.token}/quyet-dinh/", {"choice": "language", "language": "en"})

        assert Journalist.objects.get().language == "en"

    def test_erased_there_is_erased_here(self, client, copy):
        client.post(f"/vi/thu-tin/{copy.token}/quyet-dinh/", {"choice": "erase"})

        lan = Journalist.objects.get()
        assert (lan.is_erased, lan.email) == (True, "")

    def test_another_letter_of_this_address_says_nothing_of_the_digest(self, client):
        copy = letters.queue(make.message(), key="k", to="ai@do.example", name="", now=NOON)

        assert "press-digest" not in client.get(f"/vi/thu-tin/{copy.token}/").text
