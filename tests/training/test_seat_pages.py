"""Pages about seats: the form, the confirmation, one's own page, the focal point's sheet."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.refusal import Refused
from portal.languages.dates import vietnamese_day
from portal.mailing.models import Delivery
from portal.web import puzzles
from portal.web.public_forms import stamp
from tests import make
from tests.make import DAY, HOUR
from tests.training import events
from tests.training import seats as st
from training.actions import arrangements, nominating, reminding, seats, telling
from training.actions import events as decide
from training.models import Registration
from training.rules import links
from training.rules.codes import code_of, read_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """Open for registration, before readers of both languages, with two seats."""
    make.identity()
    now = timezone.now()
    day = vietnamese_day(now + 25 * DAY)
    item = events.announced(sessions=(events.session(day),), now=now - HOUR)
    return arrangements.arrange(item, capacity=2, by=None, now=now)


def registered(event, **fields):
    return st.registered(event, now=timezone.now(), **fields)


def form_of(event, language="en"):
    with override(language):
        return reverse("training:register", args=[event.pk])


def typed(**fields):
    return {
        "full_name": "Lê Thị An", "email": "an@don-vi.example", "unit_name": "Sở Ngoại vụ", "language": "vi",
        "consent": "on", "stamp": stamp(),
    } | fields  # fmt: skip


def own(registration, name="own", language="en"):
    with override(language):
        return reverse(f"training:{name}", args=[links.OWN.token(registration)])


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


class TestTheForm:
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_asks_for_little_and_ticks_nothing(self, client, event, language):
        page = client.get(form_of(event, language)).content.decode()

        assert 'name="phone"' not in page
        assert " checked" not in page

    def test_keeps_a_wish_and_the_words_agreed_to(self, client, event):
        answer = client.post(form_of(event), typed())

        kept = event.registrations.get()
        assert answer.status_code == 302
        assert [kept.full_name, kept.state] == ["Lê Thị An", "unconfirmed"]
        assert kept.consent.startswith("I agree that the ministry")

    def test_answers_a_known_address_like_an_unknown_one(self, client, event):
        registered(event, email="an@don-vi.example")

        answers = [
            client.post(form_of(event), typed(email=each)) for each in ("an@don-vi.example", "b@x.example")
        ]

        assert answers[0].status_code == answers[1].status_code == 302
        assert answers[0].url == answers[1].url

    def test_without_consent_keeps_nothing_and_loses_nothing(self, client, event):
        said = typed()
        del said["consent"]

        answer = client.post(form_of(event), said)

        assert not event.registrations.exists()
        assert "Lê Thị An" in answer.content.decode()

    def test_a_machine_is_thanked_and_forgotten(self, client, event):
        answer = client.post(form_of(event), typed(website="https://buy.example"))

        assert [answer.status_code, event.registrations.count()] == [302, 0]

    def test_a_form_sent_twice_is_one_wish(self, client, event):
        said = typed()
        for _each in range(2):
            client.post(form_of(event), said)

        assert event.registrations.count() == 1

    def test_one_mailbox_gets_no_more_than_a_few_letters(self, client, event):
        for _each in range(9):
            client.post(form_of(event), typed())

        assert Delivery.objects.filter(email="an@don-vi.example").count() <= 2

    def test_says_when_it_is_closed_and_takes_nothing(self, client, event):
        arrangements.arrange(event, closes_at=timezone.now() - HOUR, by=None, now=timezone.now())

        answers = [client.get(form_of(event)), client.post(form_of(event), typed())]

        assert all("Registration for this event is closed." in text(each) for each in answers)
        assert not event.registrations.exists()

    def test_an_event_nobody_may_see_has_none(self, client):
        assert client.get(form_of(st.hall())).status_code == 404

    def test_a_name_longer_than_there_is_room_for_is_said(self, client, event):
        answer = client.post(form_of(event), typed(full_name="Ỹ" * 201))

        assert [answer.status_code, event.registrations.count()] == [200, 0]

    def test_units_of_the_picker_are_those_of_the_ministry_and_of_groups(self, client, event):
        make.organisation("unit", name_vi="Vụ A", name_en="Department A")
        make.organisation("province", name_vi="Sở B", name_en="Department B")
        make.organisation("press", name_vi="Báo C", name_en="Newspaper C")
        named = make.organisation("press", name_vi="Báo D", name_en="Newspaper D")
        st.group(event, 1, units=(named,), now=timezone.now())

        page = text(client.get(form_of(event)))

        assert [name in page for name in ("Department A", "Department B", "Newspaper C", "Newspaper D")] == [
            True, True, False, True,
        ]  # fmt: skip

    def test_says_that_one_would_wait(self, client, event):
        for _each in range(2):
            registered(event)

        assert "Join the waiting list" in text(client.get(form_of(event)))


class TestUnderAttack:
    @pytest.fixture(autouse=True)
    def _soon(self, settings):
        settings.FORM_POSTS_A_MINUTE = 2

    def attacked(self, client, event):
        for number in range(3):
            client.post(form_of(event), {"stamp": stamp(), "full_name": str(number)})

    def puzzle(self, client, event):
        page = client.get(form_of(event)).content.decode()
        return {name: re.search(rf'data-{name}="([^"]+)"', page)[1] for name in ("salt", "wanted")} | {
            "puzzle": re.search(r'name="puzzle" value="([^"]+)"', page)[1]
        }

    def solved(self, asked):
        found = next(
            number
            for number in range(puzzles.MOST)
            if puzzles._digest(asked["salt"], str(number)) == asked["wanted"]
        )
        return {"puzzle": asked["puzzle"], "answer": str(found)}

    def test_a_calm_form_asks_nothing(self, client, event):
        assert "data-puzzle" not in client.get(form_of(event)).content.decode()

    def test_a_form_without_the_answer_is_shown_again_with_what_was_typed(self, client, event):
        self.attacked(client, event)

        answer = client.post(form_of(event), typed())

        assert not event.registrations.exists()
        assert "Lê Thị An" in answer.content.decode()
        assert "data-puzzle" in answer.content.decode()

    def test_a_form_with_the_answer_is_kept_and_the_answer_counts_once(self, client, event):
        self.attacked(client, event)
        answer = self.solved(self.puzzle(client, event))

        client.post(form_of(event), typed() | answer)
        client.post(form_of(event), typed(email="b@don-vi.example") | answer)

        assert event.registrations.count() == 1

    def test_without_scripts_one_waits_a_minute(self, client, event, monkeypatch):
        self.attacked(client, event)
        asked = self.puzzle(client, event)["puzzle"]
        early = puzzles.is_solved(f"training registration {event.pk}", asked, "", "192.0.2.1")

        in_a_minute = timezone.now().timestamp() + 61
        monkeypatch.setattr(signing.time, "time", lambda: in_a_minute)
        late = puzzles.is_solved(f"training registration {event.pk}", asked, "", "192.0.2.1")

        assert [early, late] == [False, True]

    def test_an_answer_to_another_form_counts_nothing(self, client, event):
        self.attacked(client, event)
        answer = self.solved(self.puzzle(client, event))

        assert not puzzles.is_solved("another form", answer["puzzle"], answer["answer"], "192.0.2.1")


class TestConfirming:
    def link(self, registration, language="en"):
        with override(language):
            return reverse("training:confirm", args=[links.CONFIRM.token(registration)])

    def test_opening_the_link_changes_nothing(self, client, event):
        registration = st.asked(event, now=timezone.now())

        assert client.get(self.link(registration)).status_code == 200
        assert st.state(registration) == "unconfirmed"

    def test_pressing_its_button_gives_the_seat_and_leads_to_ones_own_page(self, client, event):
        registration = st.asked(event, now=timezone.now())

        answer = client.post(self.link(registration), follow=True)

        assert st.state(registration) == "seated"
        assert "You have a seat" in text(answer)

    def test_pressed_again_it_leads_to_the_same_page(self, client, event):
        registration = registered(event)

        assert "You have a seat" in text(client.post(self.link(registration), follow=True))

    @pytest.mark.parametrize("broken", ["x", "x:y:z", "%FF", "a" * 3000])
    def test_a_forged_one_leads_nowhere(self, client, event, broken):
        assert client.get(f"/en/training/confirm/{broken}/").status_code == 404
        assert client.get(f"/en/training/mine/{broken}/").status_code == 404
        assert client.get(f"/en/training/who-comes/{broken}/").status_code == 404

    def test_the_link_of_an_address_given_up_leads_nowhere(self, client, event):
        registration = registered(event)
        address = own(registration)
        Registration.objects.filter(pk=registration.pk).update(email="")

        assert client.get(address).status_code == 404


class TestOnesOwnPage:
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_has_the_code_for_the_door(self, client, event, language):
        registration = registered(event)

        page = client.get(own(registration, language=language))

        assert "data:image/svg+xml" in page.content.decode()
        assert page.headers["Cache-Control"].startswith("private, no-store")

    def test_says_the_place_on_the_waiting_list(self, client, event):
        people = [registered(event) for _each in range(4)]

        assert "number 2 on the waiting list" in text(client.get(own(people[3])))

    def test_takes_an_offer(self, client, event):
        people = [registered(event) for _each in range(3)]
        seats.give_back(people[0], by=None, now=timezone.now())

        answer = client.post(own(people[2]), {"choice": "accept"}, follow=True)

        assert "The seat is yours." in text(answer)
        assert st.state(people[2]) == "seated"

    def test_gives_the_seat_back(self, client, event):
        registration = registered(event)

        client.post(own(registration), {"choice": "return"})

        assert st.state(registration) == "cancelled"

    def test_the_address_online_is_for_those_with_a_seat(self, client, event):
        people = [registered(event) for _each in range(3)]
        decide.set_place(
            event, decide.PlacePlan(events.PLACE, "", events.ONLINE), by=None, now=timezone.now()
        )

        assert [events.ONLINE in text(client.get(own(each))) for each in (people[0], people[2])] == [
            True,
            False,
        ]
        calendars = [
            client.get(own(each, "own_calendar")).content.decode() for each in (people[0], people[2])
        ]
        assert [events.ONLINE in each for each in calendars] == [True, False]

    def test_ones_particulars_are_put_right(self, client, event):
        registration = registered(event)

        client.post(own(registration), {"choice": "correct", "full_name": "Phạm Yến", "language": "en"})

        assert [make.again(registration).full_name, make.again(registration).language] == ["Phạm Yến", "en"]

    def test_a_button_of_nobody_changes_nothing(self, client, event):
        registration = registered(event)

        assert client.post(own(registration), {"choice": "win"}).status_code == 200
        assert st.state(registration) == "seated"

    def test_after_a_change_asks_whether_one_comes_and_keeps_the_answer(self, client, event):
        registration = registered(event)
        later = vietnamese_day(timezone.now() + 30 * DAY)
        decide.set_sessions(event, [events.session(later)], by=None, now=timezone.now())
        asked = text(client.get(own(registration)))

        client.post(own(registration), {"choice": "come"})

        assert "Do you come all the same?" in asked
        assert "Do you come all the same?" not in text(client.get(own(registration)))


class TestTheCode:
    def test_says_whose_seat_it_is_and_only_ours_does(self):
        registration = st.registered(st.hall(1))
        code = code_of(registration)

        assert read_code(code) == read_code(f" {code} ")
        assert [read_code(code).event, read_code(code).key] == [registration.event_id, registration.key]

    @pytest.mark.parametrize("spoilt", ["", "x", "ạ", "=" * 200])
    def test_what_is_none_of_ours_says_nothing(self, spoilt):
        with pytest.raises(LookupError):
            read_code(spoilt)

    def test_of_another_event_is_not_made_from_ours(self):
        code = code_of(st.registered(st.hall(1)))

        with pytest.raises(LookupError):
            read_code(f"{code[:4]}{'B' if code[4] == 'A' else 'A'}{code[5:]}")


class TestAFocalPoint:
    @pytest.fixture
    def quota(self, event):
        return st.group(event, 2, now=timezone.now())

    def sheet(self, quota, language="en"):
        with override(language):
            return reverse("training:nominate", args=[links.NOMINATE.token(quota)])

    def rows(self, *names):
        said = {
            "do": "name", "person-TOTAL_FORMS": "2", "person-INITIAL_FORMS": "0", "person-MIN_NUM_FORMS": "0",
            "person-MAX_NUM_FORMS": "20",
        }  # fmt: skip
        for number, name in enumerate(names):
            said |= {
                f"person-{number}-full_name": name, f"person-{number}-email": f"{number}@don-vi.example",
                f"person-{number}-language": "vi",
            }  # fmt: skip
        return said

    def test_names_people_who_have_their_seats_and_letters(self, client, quota):
        client.post(self.sheet(quota), self.rows("Lê An", "Võ Bình"))

        assert [each.state for each in quota.registrations.all()] == ["seated", "seated"]
        assert Delivery.objects.filter(key__startswith="training-nominated:").count() == 2

    def test_one_row_may_stay_empty(self, client, quota):
        client.post(self.sheet(quota), self.rows("Lê An") | {"person-1-language": "en"})

        assert quota.registrations.count() == 1

    def test_a_wrong_row_seats_nobody_and_loses_nothing(self, client, quota):
        answer = client.post(
            self.sheet(quota), self.rows("Lê An", "Võ Bình") | {"person-1-email": "no address"}
        )

        assert not quota.registrations.exists()
        assert "Lê An" in answer.content.decode()

    def test_names_no_more_than_its_seats(self, client, quota):
        said = self.rows("Lê An", "Võ Bình", "Hồ Cường") | {"person-TOTAL_FORMS": "3"}

        client.post(self.sheet(quota), said)

        assert quota.registrations.count() <= 2

    def test_sends_somebody_else_and_both_are_told(self, client, quota):
        first = st.nominated(quota, now=timezone.now())
        said = {
            "do": f"swap:{first.pk}", "swap-full_name": "Võ Bình", "swap-email": "binh@don-vi.example", "swap-language": "vi",
        }  # fmt: skip

        client.post(self.sheet(quota), said)

        second = quota.registrations.get(full_name="Võ Bình")
        assert [st.state(first), second.state, second.stands_in_for] == ["cancelled", "seated", first]
        assert Delivery.objects.filter(key=f"training-replaced:{first.pk}").exists()

    def test_touches_nobody_of_another_group(self, client, event, quota):
        stranger = registered(event) if event.capacity > 2 else st.nominated(quota, now=timezone.now())
        other = arrangements.arrange(event, capacity=3, by=None, now=timezone.now())
        another = st.group(other, 1, now=timezone.now())

        answer = client.post(self.sheet(another), {"do": f"withdraw:{stranger.pk}"})

        assert answer.status_code == 404
        assert st.state(stranger) == "seated"

    def test_swaps_nobody_on_the_day(self, quota):
        first = st.nominated(quota, now=timezone.now())
        with pytest.raises(Refused):
            nominating.swap(first, st.somebody(), now=quota.event.begins_at - HOUR)

    def test_opening_the_link_changes_nothing(self, client, quota):
        first = st.nominated(quota, now=timezone.now())

        client.get(f"{self.sheet(quota)}?swap={first.pk}")

        assert st.state(first) == "seated"

    def test_whoever_waits_is_seated_when_named(self, client, event):
        arrangements.arrange(event, capacity=1, by=None, now=timezone.now())
        quota = st.group(event, 1, now=timezone.now())
        waits = registered(event)

        st.nominated(quota, now=timezone.now(), email=waits.email)

        assert [st.state(waits), event.registrations.count()] == ["seated", 1]

    def test_gets_a_letter_with_its_link(self, client, quota):
        nominating.invite(quota, by=None, now=timezone.now())

        letter = Delivery.objects.get(email=quota.focal_email).message.text
        path = urlsplit(next(word for word in letter.split() if word.startswith("http"))).path
        assert client.get(path).status_code == 200


class TestAChangeOfTheEvent:
    def letters(self, registration):
        found = Delivery.objects.filter(email=registration.email).select_related("message").order_by("pk")
        return [
            each for each in found if each.key.startswith(("training-changed", "training-event_cancelled"))
        ]

    def test_is_told_once_with_its_entry_for_the_calendar(self, event):
        registration = registered(event)
        later = vietnamese_day(timezone.now() + 30 * DAY)

        moved = decide.set_sessions(event, [events.session(later)], by=None, now=timezone.now())
        telling.tell_registered(moved, now=timezone.now())

        calendars = [each.message.calendar for each in self.letters(registration)]
        assert len(calendars) == 1
        assert "METHOD:REQUEST" in calendars[0]
        assert f"SEQUENCE:{moved.sequence}" in calendars[0]
        seat = Delivery.objects.get(key=f"training-seat:{registration.pk}").message.calendar
        uid = re.compile(r"^UID:.*$", re.MULTILINE)
        assert uid.findall(seat) == uid.findall(calendars[0])

    def test_that_is_none_of_time_or_place_is_not_told(self, event):
        registration = registered(event)

        arrangements.arrange(event, capacity=5, by=None, now=timezone.now())
        decide.set_place(
            event, decide.PlacePlan(events.PLACE, "https://ban-do.example/moi"), by=None, now=timezone.now()
        )

        assert self.letters(registration) == []

    def test_cancelled_takes_it_out_of_the_calendar(self, event):
        registration, unconfirmed = registered(event), st.asked(event, now=timezone.now())

        decide.cancel(event, {"vi": "Bão số 13.", "en": "Typhoon No. 13."}, by=None, now=timezone.now())

        assert ["METHOD:CANCEL" in each.message.calendar for each in self.letters(registration)] == [True]
        assert "Bão số 13." in self.letters(registration)[0].message.text
        assert self.letters(unconfirmed) == []


class TestReminders:
    def test_come_three_days_and_one_day_before_once_each(self):
        event = st.hall(3)
        early = st.registered(event)
        start = event.begins_at
        for moment in (start - 3 * DAY, start - 3 * DAY + HOUR, start - DAY, start - HOUR, start):
            for registration, days in list(reminding.due(moment)):
                reminding.remind(registration, days, now=moment)

        keys = Delivery.objects.filter(email=early.email, key__startswith="training-reminder:").values_list(
            "key", flat=True
        )
        assert sorted(key.rpartition(":")[2] for key in keys) == ["1", "3"]

    def test_none_comes_of_a_moment_that_was_past_when_the_seat_was_given(self):
        event = st.hall(3)
        late = st.registered(event, now=event.begins_at - 2 * DAY)

        assert list(reminding.due(event.begins_at - 2 * DAY + HOUR)) == []
        assert [each.pk for each, _days in reminding.due(event.begins_at - DAY)] == [late.pk]

    def test_none_comes_of_an_event_that_is_cancelled(self):
        event = st.hall(3)
        st.registered(event)
        type(event).objects.filter(pk=event.pk).update(progress="cancelled")

        assert list(reminding.due(event.begins_at - DAY)) == []
