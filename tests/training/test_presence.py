"""Check-in: by list, by typed codes, by a phone that was offline; what is asked of whoever wants a certificate."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from portal.accounts.refusal import Refused
from portal.history.models import Record
from tests import make
from tests.editorial.test_attacks import race
from tests.make import HOUR, MINUTE, NOON
from tests.training import day
from training.actions import attendance, presence
from training.actions import sheets as sheet_actions
from training.models import Presence, Registration, Ruling, Scan
from training.rules.badges import short_code_of
from training.rules.codes import code_of

pytestmark = pytest.mark.django_db
IN, ALREADY = Scan.Outcome.IN, Scan.Outcome.ALREADY


def test_whoever_is_ticked_in_the_list_is_there_once():
    who = day.seat(day.event())

    news = [
        presence.check_in(who, day.session(who.event), by=None, now=NOON + each * MINUTE) for each in (0, 5)
    ]

    assert news == [True, False]
    assert [(each.at, each.how) for each in who.presences.all()] == [(NOON, "list")]


def test_a_tick_is_taken_back():
    who = day.present(day.seat(day.event()))

    presence.undo_check_in(who, day.session(who.event), by=None, now=NOON)

    assert not who.presences.exists()


@pytest.mark.parametrize("state", ["waiting", "cancelled", "refused", "unconfirmed"])
def test_nobody_without_a_seat_is_checked_in(state):
    who = day.seat(day.event(), state=state, queued_at=NOON)

    with pytest.raises(Refused, match=r"không có chỗ|no seat|chưa có chỗ"):
        presence.check_in(who, day.session(who.event), by=None, now=NOON)


def test_a_session_of_another_event_is_refused():
    who, other = day.seat(day.event()), day.event()

    with pytest.raises(Refused):
        presence.check_in(who, day.session(other), by=None, now=NOON)


def test_history_knows_who_was_checked_in_by_number_alone():
    who = day.seat(day.event(), "Đặng Thị Ẩn Danh")

    presence.check_in(who, day.session(who.event), by=None, now=NOON)

    told = Record.objects.get(verb="checked in")
    assert [told.details["registration"], "Danh" in str(told.details) + told.note + told.title] == [
        who.pk,
        False,
    ]


def test_a_scan_lets_in_and_a_second_one_says_since_when():
    who = day.seat(day.event())

    outcomes = [day.scanned(who, at=NOON - MINUTE).outcome, day.scanned(who).outcome]

    assert outcomes == [IN, ALREADY]
    assert who.presences.get().at == NOON - MINUTE


def test_the_same_scan_sent_again_is_one_scan():
    who, nonce = day.seat(day.event()), uuid4()

    outcomes = [day.scanned(who, nonce=nonce, now=NOON + each * HOUR).outcome for each in range(3)]

    assert [outcomes, Scan.objects.count()] == [[IN, IN, IN], 1]


def test_a_nonce_that_comes_back_with_another_code_changes_nothing_and_is_shown():
    one = day.event()
    first, second, nonce = day.seat(one), day.seat(one), uuid4()
    day.scanned(first, nonce=nonce)

    again = day.scanned(second, nonce=nonce, phone=day.OTHER_PHONE)

    assert [again.registration, again.doubt, Scan.objects.count()] == [first, Scan.Doubt.REUSED, 1]
    assert not second.presences.exists()


def test_a_code_read_at_two_doors_is_shown():
    who = day.seat(day.event())
    day.scanned(who)

    other = day.scanned(who, phone=day.OTHER_PHONE, at=NOON + MINUTE, now=NOON + MINUTE)

    assert [other.outcome, other.doubt] == [ALREADY, Scan.Doubt.TWICE]


def test_a_phone_that_was_offline_keeps_its_own_time_and_the_earliest_stands():
    who = day.seat(day.event())
    presence.check_in(who, day.session(who.event), by=None, now=NOON)

    day.scanned(who, at=NOON - 20 * MINUTE, now=NOON + 3 * HOUR)

    assert [(each.at, each.how) for each in who.presences.all()] == [(NOON - 20 * MINUTE, "qr")]


@pytest.mark.parametrize("wrong", [timedelta(days=1), timedelta(days=-1)])
def test_a_phone_whose_clock_is_a_day_wrong_is_put_right_and_marked(wrong):
    who = day.seat(day.event())

    scan = day.scanned(who, at=NOON - 10 * MINUTE, now=NOON, wrong=wrong)

    assert [scan.at, scan.clock_error, scan.doubt] == [NOON - 10 * MINUTE, wrong, Scan.Doubt.CLOCK]
    assert who.presences.get().at == NOON - 10 * MINUTE


def test_a_clock_changed_between_scan_and_sending_is_marked_as_unsure():
    scan = day.scanned(day.seat(day.event()), known_behind=timedelta(hours=5))

    assert scan.doubt == Scan.Doubt.UNSURE


def test_no_scan_is_later_than_its_arrival():
    scan = day.scanned(day.seat(day.event()), at=NOON + 9 * HOUR)

    assert [scan.at, scan.doubt] == [NOON, Scan.Doubt.UNSURE]


def test_a_scan_far_from_its_session_is_marked():
    scan = day.scanned(day.seat(day.event()), place=1, at=NOON - 10 * HOUR)

    assert scan.doubt == Scan.Doubt.HOURS


def test_a_forged_code_opens_nothing():
    who = day.seat(day.event())
    true = code_of(who)

    for forged in (true[:-4] + "AAAA", true[:20], "", "=cmd()|' /C calc'!A0", "ế" * 300, "1" * 8):
        assert day.scanned(forged, who.event).outcome == Scan.Outcome.FORGED

    assert not Presence.objects.exists()


def test_a_code_signed_by_somebody_else_is_forged(settings, tmp_path):
    who = day.seat(day.event())
    settings.SIGNING_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    foreign = code_of(who)
    settings.SIGNING_KEY = ""

    assert day.scanned(foreign, who.event).outcome == Scan.Outcome.FORGED


def test_the_code_of_another_event_is_told_apart():
    who, here = day.seat(day.event()), day.event()

    assert day.scanned(who, here).outcome == Scan.Outcome.OTHER


def test_a_seat_given_back_opens_nothing():
    who = day.seat(day.event(), state="cancelled")

    assert day.scanned(who).outcome == Scan.Outcome.BLOCKED


def test_the_short_code_of_the_badge_is_as_good_as_the_long_one():
    who = day.seat(day.event())

    assert day.scanned(short_code_of(who).lower(), who.event).outcome == IN


def test_presence_at_an_event_without_sessions_is_presence_at_the_event():
    who = day.seat(day.event(sessions=0))

    assert day.scanned(who, place=None).outcome == IN
    assert [each.is_enough for each in attendance.of_event(who.event)] == [True]


@pytest.mark.parametrize(
    ("sessions", "present", "enough"),
    [(5, 4, True), (5, 3, False), (1, 1, True), (1, 0, False), (3, 2, False)],
)
def test_four_fifths_of_the_sessions_are_asked(sessions, present, enough):
    who = day.seat(day.event(sessions=sessions))
    if present:
        day.present(who, *range(present))

    (found,) = attendance.of_event(who.event)

    assert [found.present, found.sessions, found.is_enough] == [present, sessions, enough]


def test_an_organiser_decides_against_the_count_and_says_why():
    who = day.seat(day.event())

    with pytest.raises(Refused):
        presence.rule(who, attended=True, reason=" ", by=None, now=NOON)
    presence.rule(who, attended=True, reason="Dự trực tuyến", by=None, now=NOON)

    assert [each.is_enough for each in attendance.of_event(who.event)] == [True]
    presence.drop_ruling(who, by=None, now=NOON)
    assert [[each.is_enough for each in attendance.of_event(who.event)], Ruling.objects.count()] == [
        [False],
        0,
    ]


def test_typed_codes_of_a_sheet_check_in_whoever_stood_beside_them():
    here = day.event()
    lan, an = day.seat(here, "Trần Thị Lan"), day.seat(here, "Nguyễn Văn An")
    sheet = sheet_actions.print_sheet(here, day.session(here), by=None, now=NOON)
    late = day.seat(here, "Bùi Văn Ái")  # would stand first, had the sheet been printed now

    new = presence.enter_codes(sheet, "a1, A2 a2", by=None, now=NOON + HOUR)

    assert [new, lan.presences.count(), an.presences.count(), late.presences.count()] == [2, 1, 1, 0]
    assert lan.presences.get().at == day.session(here).begins_at


def test_a_code_that_is_not_on_the_sheet_is_named_and_nothing_is_entered():
    here = day.event()
    who = day.seat(here)
    sheet = sheet_actions.print_sheet(here, day.session(here), by=None, now=NOON)

    with pytest.raises(Refused, match="B12"):
        presence.enter_codes(sheet, "A1 B12", by=None, now=NOON)

    assert not who.presences.exists()


def test_the_attendance_of_many_is_asked_in_as_many_queries_as_of_few(django_assert_num_queries):
    here = day.event()
    for size in (3, 40):
        for _each in range(size):
            day.present(day.seat(here))
        with django_assert_num_queries(3):
            attendance.of_event(here)


@pytest.mark.django_db(transaction=True)
def test_two_phones_that_read_one_code_at_once_let_one_person_in_once():
    who = day.seat(day.event())

    race(lambda: day.scanned(who, phone=day.PHONE), lambda: day.scanned(who, phone=day.OTHER_PHONE))

    outcomes = sorted(Scan.objects.values_list("outcome", flat=True))
    assert [outcomes, who.presences.count()] == [[ALREADY, IN], 1]


@pytest.mark.django_db(transaction=True)
def test_one_scan_sent_twice_at_once_is_one_scan():
    who, nonce = day.seat(day.event()), UUID(int=99)

    race(*(lambda: day.scanned(who, nonce=nonce) for _each in range(4)))

    assert [Scan.objects.count(), Presence.objects.count(), make.again(who).state] == [
        1,
        1,
        Registration.State.SEATED,
    ]
