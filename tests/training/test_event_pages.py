"""Events before their readers: lists, the calendar of a month, the page of one, calendars to subscribe to."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from portal.languages.dates import vietnamese_day
from tests import make
from tests.make import DAY as A_DAY
from tests.make import NOON
from tests.training import events as ev
from tests.training import seats
from training.actions import events as actions
from training.actions.arrangements import arrange
from training.actions.events import PlacePlan
from training.models import Event
from training.when import When

pytestmark = pytest.mark.django_db


def address(name, *args, language="vi"):
    with override(language):
        return reverse(f"training:{name}", args=args)


def page(client, name, *args, language="vi", **asked):
    return client.get(address(name, *args, language=language), asked).content.decode()


def soon(days=10):
    """A day after today, in the real year: pages look at the clock."""
    return vietnamese_day(timezone.now()) + timedelta(days=days)


def to_come(days=10, **fields):
    return ev.announced(sessions=(ev.session(soon(days)),), now=timezone.now() - A_DAY, **fields)


def held(when=None, *languages, **fields):
    event = actions.set_days(ev.make_event(**fields), when or When.days(date(2017, 6, 20)), by=None, now=NOON)
    event = make.published(make.again(event), *(languages or ("vi", "en")), now=NOON)
    return actions.mark_held(event, by=None, now=NOON)


class TestLists:
    def test_an_event_not_published_is_nowhere(self, client):
        event = ev.dated(ev.session(soon()))

        assert event.title_vi not in page(client, "landing")
        assert event.title_vi not in page(client, "month", soon().year, soon().month)
        assert "VEVENT" not in page(client, "ics")
        for name in ("event_by_number", "event_ics"):
            assert client.get(address(name, event.pk)).status_code == 404

    def test_the_nearest_stands_first_and_a_month_at_its_end(self, client):
        for days, name in ((30, "Xa"), (5, "Gần")):
            to_come(days, title_vi=name)

        said = page(client, "landing")

        assert said.index(">Gần<") < said.index(">Xa<")

    def test_a_list_says_what_the_page_says_of_seats(self, client):
        event = to_come()
        Event.objects.filter(pk=event.pk).update(capacity=1)
        before = page(client, "landing")
        seats.registered(Event.objects.get(pk=event.pk), now=timezone.now())

        said = page(client, "landing", a=1)

        assert ("Đã hết chỗ" in before, "Đã hết chỗ" in said, "Nhận đăng ký đến" in said) == (
            False,
            True,
            False,
        )

    def test_what_was_held_stands_among_the_past_in_its_language_alone(self, client):
        held(None, "vi")

        assert "Tập huấn công tác" in page(client, "past")
        assert "Tập huấn công tác" not in page(client, "past", language="en")

    @pytest.mark.parametrize(
        ("asked", "found"),
        [({"year": "2016"}, {2016}), ({"form": "seminar"}, {2017}), ({"words": "2016 tap huan"}, {2016}),
         ({"words": "%"}, set()), ({"year": "all"}, {2016, 2017}), ({}, {2017}), ({"year": "<b>", "form": "x"}, {2017}),
         ({"theme": "image"}, {2016}), ({"theme": "nobody"}, {2017})],
    )  # fmt: skip
    def test_the_past_is_narrowed_by_year_form_theme_and_words(self, client, asked, found):
        for year, form, theme in ((2016, "course", "image"), (2017, "seminar", "digital")):
            title = f"Tập huấn mẫu {year}"
            held(When.year(year), title_vi=title, form=form, theme=ev.theme(theme))

        said = page(client, "past", **asked)

        assert {year for year in (2016, 2017) if f"Tập huấn mẫu {year}" in said} == found

    @pytest.mark.parametrize("count", [3, 25])
    def test_the_lists_ask_as_much_for_twenty_five_as_for_three(
        self, client, django_assert_max_num_queries, count
    ):
        make.identity()
        for number in range(count):
            event = to_come(5 + number % 20)
            Event.objects.filter(pk=event.pk).update(capacity=20)
            held(When.days(date(2017, 1, 1 + number)))
        for name, most in (("landing", 10), ("past", 7)):
            page(client, name)
            with django_assert_max_num_queries(most):
                client.get(address(name) + "?a=1")


class TestTheMonth:
    def test_each_day_leads_to_what_takes_place_on_it(self, client):
        event = to_come()

        said = page(client, "month", soon().year, soon().month, language="en")

        assert f'datetime="{soon().isoformat()}"' in said
        assert event.get_absolute_url("en") in said

    def test_it_is_a_table_with_its_weekdays_and_its_neighbours(self, client):
        to_come(40)
        first = soon(40).replace(day=1)

        said = page(client, "month", first.year, first.month)

        assert said.count('<th scope="col">') == 7
        assert 'rel="prev"' in said
        assert 'rel="next"' in said
        assert "<script" not in said.partition("<table")[2].partition("</table>")[0]

    def test_an_event_of_which_the_month_is_known_stands_above_the_days(self, client):
        first = soon(60).replace(day=1)
        event = actions.set_days(ev.make_event(), When.month(first.year, first.month), by=None, now=NOON)
        make.published(make.again(event), "vi", now=NOON)

        assert "chưa ấn định ngày" in page(client, "month", first.year, first.month)

    @pytest.mark.parametrize(("year", "month"), [(2026, 13), (2026, 0), (1, 1), (9999, 12), (99999999999, 1)])
    def test_a_month_that_is_none_answers_not_found(self, client, year, month):
        assert client.get(f"/vi/dao-tao/lich/{year}/{month}/").status_code == 404

    @pytest.mark.parametrize("count", [2, 20])
    def test_it_asks_as_much_for_twenty_as_for_two(self, client, django_assert_max_num_queries, count):
        make.identity()
        for _number in range(count):
            to_come()
        page(client, "month", soon().year, soon().month)

        with django_assert_max_num_queries(4):
            client.get(address("month", soon().year, soon().month) + "?a=1")


class TestThePage:
    def test_it_says_when_where_for_whom_and_who_in_each_language(self, client):
        event = to_come(
            chair=ev.speaker(), theme=ev.theme("press-skills"), contact_en="Ms Lan", access_notes_en="A lift."
        )

        said = client.get(event.get_absolute_url("en")).content.decode()

        for words in ("08:00–11:30", "12 Ngo Quyen", "https://ban-do.example/12-ngo-quyen", "Focal points of the", "Free of charge",
                      "Mr Trần Đình Chung, Director General", "Ms Lan", "A lift.", "Room A", "Training course"):  # fmt: skip
            assert words in said

    def test_the_address_online_is_not_on_it(self, client):
        event = to_come()
        actions.set_place(event, PlacePlan(ev.PLACE, online_url=ev.ONLINE), by=None, now=timezone.now())

        for path in (
            event.get_absolute_url("vi"),
            address("event_ics", event.pk),
            address("ics"),
            address("landing"),
        ):
            assert ev.ONLINE not in client.get(path).content.decode()

    @pytest.mark.parametrize(
        ("arranged", "words"),
        [
            ({"capacity": 5}, "Registration is open"),
            ({"capacity": 0}, "waiting list"),
            ({"capacity": 5, "opens_at": timezone.now() + A_DAY}, "Registration opens on"),
            ({"capacity": 5, "closes_at": timezone.now() - A_DAY / 2}, "Registration is closed"),
            ({"capacity": 5, "admission": "nominated"}, "Units name who attends"),
        ],
    )
    def test_it_says_how_to_get_in(self, client, arranged, words):
        event = to_come()
        arrange(event, by=None, now=timezone.now(), **arranged)

        assert words in client.get(event.get_absolute_url("en")).content.decode()

    def test_without_seats_it_says_nothing_of_them(self, client):
        assert "event__door" not in client.get(to_come().get_absolute_url("en")).content.decode()

    def test_a_cancelled_one_says_why_and_opens_no_door(self, client):
        event = to_come()
        arrange(event, by=None, now=timezone.now(), capacity=5)
        actions.cancel(event, {"vi": "Bão.", "en": "A <storm>."}, by=None, now=timezone.now())

        said = client.get(event.get_absolute_url("en")).content.decode()

        assert "A &lt;storm&gt;." in said
        assert "event__door" not in said

    def test_papers_have_their_size(self, client):
        event = ev.dated(ev.session(soon()))
        make.placed(event, make.document(), role="paper", title_vi="Tham luận 1", title_en="Paper 1")
        make.published(make.again(event), "vi", now=timezone.now())

        said = client.get(make.again(event).get_absolute_url("vi")).content.decode()

        assert "Tham luận 1" in said
        assert "PDF, " in said

    def test_the_page_asks_the_same_however_many_sessions(self, client, django_assert_max_num_queries):
        make.identity()
        rows = tuple(ev.session(soon(), f"{hour:02}:00", f"{hour:02}:50") for hour in range(7, 20))
        event = ev.announced(
            sessions=rows, now=timezone.now() - A_DAY, speakers=[ev.speaker(), ev.speaker("Lê Thị Bình")]
        )
        client.get(event.get_absolute_url("vi"))

        with django_assert_max_num_queries(4):
            client.get(event.get_absolute_url("vi") + "?a=1")


class TestCalendars:
    def one(self, client, event, language="vi"):
        calendar = Calendar.from_ical(client.get(address("event_ics", event.pk, language=language)).content)
        return calendar, calendar.walk("VEVENT")[0]

    def test_one_event_has_its_hours_its_place_and_a_stable_name(self, client, settings):
        settings.MAIL_DOMAIN = "portal.example"
        event = to_come()

        calendar, said = self.one(client, event, "en")

        assert (said["UID"], calendar["METHOD"], said["STATUS"]) == (
            f"training-{event.pk}@portal.example",
            "PUBLISH",
            "CONFIRMED",
        )
        assert said.decoded("DTSTART") == event.begins_at
        assert "Ngo Quyen" in said["LOCATION"]

    def test_a_move_raises_the_number_and_a_cancellation_takes_it_out(self, client):
        event = to_come()
        _calendar, before = self.one(client, event)
        actions.set_sessions(event, [ev.session(soon(12))], by=None, now=timezone.now())
        _calendar, moved = self.one(client, event)

        actions.cancel(event, {"vi": "Bão.", "en": "A storm."}, by=None, now=timezone.now())
        calendar, cancelled = self.one(client, event)

        assert before["SEQUENCE"] < moved["SEQUENCE"] < cancelled["SEQUENCE"]
        assert (calendar["METHOD"], cancelled["STATUS"]) == ("CANCEL", "CANCELLED")

    def test_an_event_of_which_the_year_is_known_has_no_entry(self, client):
        event = held(When.year(2016))

        assert client.get(address("event_ics", event.pk)).status_code == 404
        assert "VEVENT" not in page(client, "ics")

    def test_whole_days_run_to_the_day_after_the_last(self, client):
        _calendar, said = self.one(client, held(When.days(date(2017, 6, 20), date(2017, 6, 21))))

        assert [said.decoded(name) for name in ("DTSTART", "DTEND")] == [date(2017, 6, 20), date(2017, 6, 22)]
