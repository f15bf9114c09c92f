"""Briefings for readers: list, page, calendar; nothing of an unpublished one anywhere; a journalist's own page."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from portal.editorial.actions import take_step
from portal.languages.dates import quarter_of, vietnamese_day
from portal.mailing.models import Delivery
from portal.web.public_forms import stamp
from pressroom.actions import briefing_questions, seats
from pressroom.actions import briefings as dates
from pressroom.briefing_facts import When
from pressroom.mails.seats import token_of
from pressroom.models import Attendance, Briefing
from tests import make
from tests.make import DAY as A_DAY
from tests.make import HOUR, NOON
from tests.pressroom import briefings as bf

pytestmark = pytest.mark.django_db


def address(name, *args, language="vi"):
    with override(language):
        return reverse(f"pressroom:{name}", args=args)


def page(client, name, *args, language="vi"):
    return client.get(address(name, *args, language=language)).content.decode()


def soon(days=3):
    """A date some days after today, in the real year: pages look at the clock."""
    return bf.exact(vietnamese_day(timezone.now()) + timedelta(days=days))


def to_come(**fields):
    return bf.announced(now=timezone.now() - A_DAY, when=soon(), **fields)


class TestNothingEarly:
    def test_a_briefing_not_published_is_nowhere(self, client):
        item = dates.confirm(bf.arranged(soon()), by=None, now=timezone.now() - A_DAY)

        assert "quý IV" not in page(client, "briefings")
        assert "VEVENT" not in page(client, "briefing_calendar")
        for name in ("briefing_by_number", "briefing_ics", "seat", "seat_asked"):
            assert client.get(address(name, item.pk)).status_code == 404
        assert client.get(address("own_seat", token_of(item, bf.journalist()))).status_code == 404

    def test_one_scheduled_is_nowhere_until_its_hour(self, client):
        item = make.scheduled(bf.arranged(soon()), "vi", at=timezone.now() + HOUR, now=timezone.now())

        assert "quý IV" not in page(client, "briefings")
        assert client.get(address("briefing_by_number", item.pk)).status_code == 404

    def test_one_in_vietnamese_alone_is_not_in_the_english_list_or_calendar(self, client):
        item = bf.announced("vi", now=timezone.now() - A_DAY, when=soon())

        assert item.title_en not in page(client, "briefings", language="en")
        assert "VEVENT" not in page(client, "briefing_calendar", language="en")

    def test_one_withdrawn_has_left_list_and_calendar(self, client):
        item = to_come()
        take_step(item, "withdraw", language="vi", by=None, now=timezone.now(), note="Sai.")

        assert "quý IV" not in page(client, "briefings")
        assert client.get(address("briefing_ics", item.pk)).status_code == 404

    def test_the_notes_for_the_chair_are_on_no_page(self, client):
        item = to_come()
        briefing_questions.note_for_the_chair(
            item, {"vi": "Không nhắc vụ X", "en": "Avoid X"}, by=None, now=NOON
        )
        dates.arrange(item, bf.plan(soon(4)), by=None, now=timezone.now() - A_DAY)

        pages = [page(client, "briefings"), page(client, "briefing_calendar")]
        pages.append(client.get(make.again(item).get_absolute_url("vi")).content.decode())
        assert [each for each in pages if "vụ X" in each or "Avoid X" in each] == []


class TestTheList:
    def test_what_is_to_come_is_counted_down_in_days(self, client):
        to_come()

        assert "còn 3 ngày" in page(client, "briefings")
        assert "in 3 days" in page(client, "briefings", language="en")

    @pytest.mark.parametrize(
        ("days", "words"), [(0, "today|under way"), (1, "tomorrow"), (2, "in 2 days"), (-1, "^$")]
    )
    def test_the_countdown_speaks_of_vietnamese_days(self, days, words):
        now = NOON.replace(hour=18)  # one in the morning of the next day in Viet Nam
        when = bf.exact(vietnamese_day(now) + timedelta(days=days))

        with override("en"):
            assert re.search(words, when.countdown(now))

    def test_the_nearest_comes_first_and_what_is_known_to_the_quarter_last(self, client):
        today = vietnamese_day(timezone.now())
        later = make.published(
            bf.briefing(kind="ad_hoc", of_quarter=quarter_of(today).next.first_day, title_vi="Quý sau"), "vi"
        )
        near = to_come(title_vi="Gần", kind="ad_hoc")

        found = page(client, "briefings")

        assert found.index(near.title_vi) < found.index(later.title_vi)

    def test_the_past_stands_by_year_and_quarter(self, client):
        item = bf.announced(when=bf.exact(date(2025, 5, 20)), title_vi="Họp báo quý II", kind="ad_hoc")
        dates.hold(item, by=None, now=NOON)
        item = bf.announced(when=bf.exact(date(2026, 5, 20)), title_vi="Họp báo năm sau", kind="ad_hoc")
        dates.hold(item, by=None, now=NOON)

        newest, older = (
            page(client, "briefings"),
            client.get(address("briefings") + "?year=2025").content.decode(),
        )

        assert "Họp báo năm sau" in newest
        assert "Họp báo quý II" not in newest
        assert "Quý II/2025" in older

    @pytest.mark.parametrize("year", ["0000", "x", "99999999999", "2024", "²"])
    def test_a_year_without_briefings_shows_the_newest(self, client, year):
        assert client.get(address("briefings"), {"year": year}).status_code == 200

    @pytest.mark.parametrize("count", [3, 30])
    def test_the_list_asks_as_much_for_thirty_as_for_three(self, client, django_assert_num_queries, count):
        make.identity()
        for number in range(count):
            item = bf.announced(when=bf.exact(date(2026, 1, 5) + timedelta(days=number)), kind="ad_hoc")
            dates.hold(item, by=None, now=NOON)
        page(client, "briefings")

        with django_assert_num_queries(4):
            client.get(address("briefings") + "?year=2026")


class TestThePage:
    def test_it_says_the_six_contents_of_the_notice_in_both_languages(self, client):
        item = to_come(proof_en="Report on the quarter")
        invited = item.invitations.get().outlet

        said = client.get(item.get_absolute_url("en")).content.decode()

        for words in ("12 Ngo Quyen", "09:00–10:30", "regional minimum wages", "Nguyễn Bá Hoan, Deputy Minister",
                      "Report on the quarter", invited.name_en):  # fmt: skip
            assert words in said

    def test_a_move_is_told_with_both_dates(self, client):
        item = to_come()
        dates.arrange(item, bf.plan(soon(5)), by=None, now=timezone.now() - A_DAY)

        said = client.get(item.get_absolute_url("en")).content.decode()

        assert "moved from" in said
        assert soon(3).words("en") in said
        assert soon(5).words("en") in said

    def test_cancelled_it_says_why_and_gives_no_seats(self, client):
        item = to_come()
        dates.cancel(item, {"vi": "Bão số 13.", "en": "Typhoon No. 13."}, by=None, now=timezone.now())

        said = client.get(item.get_absolute_url("vi")).content.decode()

        assert "Bão số 13." in said
        assert address("seat", item.pk) not in said

    def test_the_stream_is_a_link_and_nothing_is_embedded(self, client):
        item = to_come(stream_url="https://stream.example/live")

        said = client.get(item.get_absolute_url("vi")).content.decode()

        assert 'href="https://stream.example/live"' in said
        assert "<iframe" not in said

    def test_the_transcript_has_its_two_parts_and_each_question_its_outlet(self, client):
        item = bf.with_transcript(bf.held())

        said = {code: client.get(item.get_absolute_url(code)).content.decode() for code in ("vi", "en")}

        assert said["en"].index("I. Announcements") < said["en"].index("II. Questions and answers")
        assert re.search(r'<h4 id="t2">Lao Dong</h4>', said["en"])
        assert 'id="t3"' in said["vi"]
        assert 'id="t3"' in said["en"]

    def test_the_page_asks_three_questions(self, client, django_assert_num_queries):
        make.identity()
        item = bf.with_transcript(bf.held())
        client.get(item.get_absolute_url("vi"))

        with django_assert_num_queries(3):
            client.get(item.get_absolute_url("vi") + "?a=1")


class TestTheCalendar:
    def event(self, client, item, language="vi"):
        answer = client.get(address("briefing_ics", item.pk, language=language))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        calendar = bf.calendar_of(answer.content)
        return calendar, calendar.walk("VEVENT")[0]

    def test_one_event_has_its_hours_in_vietnamese_time_and_its_place(self, client, settings):
        settings.MAIL_DOMAIN = "portal.example"
        item = bf.announced()

        calendar, event = self.event(client, item, "en")

        assert event.decoded("dtstart") == bf.exact().begins
        assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
        assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
        assert event["uid"] == f"briefing-{item.pk}@portal.example"
        assert [str(event["location"]), str(event["status"])] == [
            "Press room, second floor, 12 Ngo Quyen",
            "CONFIRMED",
        ]

    def test_both_languages_speak_of_the_same_event(self, client):
        item = bf.announced()

        events = [self.event(client, item, language)[1] for language in ("vi", "en")]

        assert events[0]["uid"] == events[1]["uid"]
        assert [str(event["summary"]) for event in events] == [item.title_vi, item.title_en]

    def test_every_change_of_date_place_or_state_raises_the_sequence(self, client):
        item = bf.announced()
        seen = [self.event(client, item)[1]["sequence"]]
        dates.arrange(item, bf.plan(bf.exact(date(2026, 12, 11))), by=None, now=NOON)
        seen.append(self.event(client, item)[1]["sequence"])
        dates.arrange(item, bf.plan(bf.exact(date(2026, 12, 11)), vi="Hội trường B"), by=None, now=NOON)
        seen.append(self.event(client, item)[1]["sequence"])
        dates.cancel(item, {"vi": "Bão.", "en": "A storm."}, by=None, now=NOON)
        seen.append(self.event(client, item)[1]["sequence"])

        assert seen == sorted(set(seen))
        assert seen[-1] == seen[0] + 3

    def test_cancelled_it_is_taken_out_of_the_calendar_that_has_it(self, client):
        item = bf.announced()
        dates.cancel(item, {"vi": "Bão.", "en": "A storm."}, by=None, now=NOON)

        calendar, event = self.event(client, item)

        assert [str(calendar["method"]), str(event["status"])] == ["CANCEL", "CANCELLED"]
        assert "STATUS:CANCELLED" in page(client, "briefing_calendar")

    def test_a_month_is_a_tentative_entry_of_whole_days_and_a_quarter_is_none(self, client):
        month = make.published(bf.arranged(When("month", date(2026, 12, 1))), "vi")
        quarter = make.published(bf.briefing(kind="ad_hoc"), "vi")

        _calendar, event = self.event(client, month)

        assert [event.decoded("dtstart"), event.decoded("dtend")] == [date(2026, 12, 1), date(2027, 1, 1)]
        assert [str(event["status"]), str(event["transp"])] == ["TENTATIVE", "TRANSPARENT"]
        assert client.get(address("briefing_ics", quarter.pk)).status_code == 404

    def test_words_of_a_briefing_cannot_break_out_of_their_line(self, client):
        item = bf.announced(standfirst_vi="Một, hai; ba\nBEGIN:VALARM\\n")

        calendar, event = self.event(client, item)

        assert calendar.walk("VALARM") == []
        assert "BEGIN:VALARM" in str(event["description"])

    def test_the_calendar_of_all_has_every_one_readers_see(self, client):
        for day in (10, 17):
            bf.announced(when=bf.exact(date(2026, 12, day)), kind="ad_hoc")

        assert page(client, "briefing_calendar").count("BEGIN:VEVENT") == 2


class TestAskingForASeat:
    def sent(self, client, item, email, **more):
        return client.post(address("seat", item.pk), {"email": email, "stamp": stamp(), "website": ""} | more)

    def test_the_answer_is_the_same_for_a_stranger(self, client):
        item, who = to_come(), bf.journalist()

        answers = [self.sent(client, item, email) for email in (who.email, "la@bao.example")]

        assert answers[0].status_code == answers[1].status_code == 302
        assert answers[0]["Location"] == answers[1]["Location"]
        assert Delivery.objects.count() == 1

    def test_a_machine_gets_the_same_answer_and_no_letter(self, client):
        item, who = to_come(), bf.journalist()

        assert self.sent(client, item, who.email, website="https://spam.example").status_code == 302
        assert not Delivery.objects.exists()

    def test_a_form_that_is_none_of_ours_keeps_what_was_typed(self, client):
        item = to_come()

        answer = self.sent(client, item, "ai@bao.example", stamp="giả")

        assert answer.status_code == 200
        assert "ai@bao.example" in answer.content.decode()
        assert not Delivery.objects.exists()

    def test_the_same_address_gets_three_letters_an_hour_at_most(self, client):
        item = to_come()
        others = [
            bf.announced(now=timezone.now() - A_DAY, when=soon(4 + each), kind="ad_hoc") for each in range(4)
        ]
        who = bf.journalist()

        for each in (item, *others):
            self.sent(client, each, who.email)

        assert Delivery.objects.count() == 3

    def test_opening_the_page_or_the_link_takes_no_seat(self, client):
        item, who = to_come(), bf.journalist()

        for path in (address("seat", item.pk), address("own_seat", token_of(item, who))):
            assert client.get(path).status_code == 200

        assert not Attendance.objects.exists()


class TestTheOwnPage:
    def path(self, item, who):
        return address("own_seat", token_of(item, who))

    def test_a_seat_is_taken_with_a_question_and_the_code_for_the_door_is_shown(self, client):
        item, who = to_come(), bf.journalist()

        answer = client.post(
            self.path(item, who),
            {"choice": "take", "consent": "on", "question": "Lương tối thiểu?", "language": "vi"},
            follow=True,
        )

        assert item.attendances.get().state == Attendance.State.GIVEN
        assert item.questions.get().text == "Lương tối thiểu?"
        assert "data:image/svg+xml" in answer.content.decode()

    def test_without_consent_nothing_is_kept_and_nothing_typed_is_lost(self, client):
        item, who = to_come(), bf.journalist()

        answer = client.post(
            self.path(item, who), {"choice": "take", "question": "Vì sao?", "language": "vi"}
        )

        assert "Vì sao?" in answer.content.decode()
        assert not Attendance.objects.exists()

    def test_a_seat_is_given_back(self, client):
        item, who = to_come(), bf.journalist()
        seats.ask_for_seat(item, who, consent="…", now=timezone.now())

        client.post(self.path(item, who), {"choice": "return"})

        assert item.attendances.get().state == Attendance.State.RETURNED

    def test_a_question_refused_keeps_its_words(self, client):
        item, who = to_come(), bf.journalist()
        seats.ask_for_seat(item, who, consent="…", now=timezone.now())
        for number in range(5):
            client.post(
                self.path(item, who), {"choice": "ask", "question": f"Câu {number}", "language": "vi"}
            )

        answer = client.post(
            self.path(item, who), {"choice": "ask", "question": "Câu thứ sáu", "language": "vi"}
        )

        assert "Câu thứ sáu" in answer.content.decode()
        assert item.questions.count() == 5

    @pytest.mark.parametrize("choice", ["", "take", "ask", "return", "x" * 500])
    def test_an_empty_or_foreign_button_does_nothing_and_breaks_nothing(self, client, choice):
        item, who = to_come(), bf.journalist()

        assert client.post(self.path(item, who), {"choice": choice}).status_code == 200
        assert not Attendance.objects.exists()

    def test_a_link_cut_forged_or_of_a_former_address_leads_nowhere(self, client):
        item, who = to_come(), bf.journalist()
        token = token_of(item, who)
        who.email = "moi@bao.example"
        who.save()

        for broken in (token[:-3], token + "x", "abc", token):
            assert client.get(address("own_seat", broken)).status_code == 404

    def test_a_link_to_one_that_is_over_offers_nothing(self, client):
        item, who = bf.held(), bf.journalist()

        answer = client.post(
            self.path(item, who), {"choice": "take", "consent": "on", "language": "vi", "question": ""}
        )

        assert answer.status_code == 200
        assert not Attendance.objects.exists()

    def test_it_is_kept_in_no_cache_and_its_address_is_told_to_nobody(self, client):
        item, who = to_come(), bf.journalist()

        answer = client.get(self.path(item, who))

        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer.content.decode()


def test_the_editors_preview_shows_the_page_with_its_facts(desk_of):
    item = bf.arranged()

    said = desk_of(make.person("press officer")).get(
        reverse("desk:preview", args=["pressroom.briefing", item.pk, "vi"])
    )

    assert "Thứ năm, 10/12/2026, 09:00-10:30" in said.content.decode()
    assert Briefing.objects.count() == 1
