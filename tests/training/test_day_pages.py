"""The pages of the day and after: who may open them, what they do, what a phone may send."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.history.models import Record
from tests import make
from tests.training import day
from tests.training.test_certificates import issued
from training.actions import sheets
from training.models import Certificate, Event, Presence, Scan
from training.rules.codes import code_of

pytestmark = pytest.mark.django_db
LOOKED_AT = ["check_in", "door", "door_worker", "door_manifest", "door_list", "paper", "badges", "attendance",
             "certificates", "survey"]  # fmt: skip


@pytest.fixture(autouse=True)
def _house(settings):
    settings.REQUIRE_SECOND_FACTOR = False
    make.identity()


def at(name, *args):
    return reverse(f"admin:training_event_{name}", args=args)


@pytest.fixture
def officer(client):
    person = day.officer(language="en")
    client.force_login(person)
    return person


PHONE = "16f09d32-6648-4ca8-a025-5a60b4a6cd23"


def packet(*scans, sent_at=None, device=None):
    sent = (sent_at or timezone.now()).isoformat()
    return json.dumps({"device": str(device or uuid4()), "sent_at": sent, "scans": scans})


def scan(code, session, said_at=None, **fields):
    said = {
        "nonce": str(uuid4()),
        "code": code,
        "session": session.pk if session else None,
        "known_behind": None,
    }
    return said | {"said_at": (said_at or timezone.now()).isoformat()} | fields


def send(client, here, body):
    return client.post(at("door_scans", here.pk), body, content_type="application/json")


@pytest.mark.parametrize("name", LOOKED_AT)
def test_whoever_runs_events_opens_the_page(client, officer, name):
    here = day.event(now=timezone.now())
    day.present(day.seat(here, "Nguyễn Thị Ánh"))

    assert client.get(at(name, here.pk)).status_code == 200


@pytest.mark.parametrize(
    "role", ["reporter", "approver-vi", "publisher", "press officer", "head of the editorial board"]
)
@pytest.mark.parametrize("name", LOOKED_AT)
def test_nobody_else_does(client, role, name):
    here = day.event()
    day.seat(here, "Tên Không Ai Thấy")
    client.force_login(make.person(role))

    answer = client.get(at(name, here.pk))

    assert answer.status_code in {403, 404}
    assert "Tên Không Ai Thấy" not in answer.content.decode()


@pytest.mark.parametrize("name", LOOKED_AT)
def test_an_anonymous_visitor_is_sent_to_sign_in(client, name):
    assert client.get(at(name, day.event().pk)).status_code == 302


def test_the_page_at_the_door_is_strict_and_may_use_the_camera(client, officer):
    answer = client.get(at("door", day.event().pk))

    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "worker-src 'self'" in policy
    assert "camera=(self)" in answer.headers["Permissions-Policy"]


def test_the_page_that_a_phone_keeps_holds_no_names(client, officer):
    here = day.event()
    day.seat(here, "Tên Không Ai Thấy")

    kept = client.get(at("door", here.pk)).content + client.get(at("door_worker", here.pk)).content

    assert "Tên Không Ai Thấy" not in kept.decode()


def test_the_list_names_those_with_a_seat_and_only_keys_of_the_others(client, officer):
    here = day.event()
    who, gone = day.seat(here, "Nguyễn Thị Ánh"), day.seat(here, "Trần Văn Rời", state="cancelled")
    day.present(who)

    said = client.get(at("door_list", here.pk)).json()

    assert [[each["name"] for each in said["people"]], said["blocked"]] == [
        ["Nguyễn Thị Ánh"],
        [gone.key.hex],
    ]
    assert said["present"] == [[who.key.hex, day.session(here).pk]]
    assert "Rời" not in json.dumps(said, ensure_ascii=False)
    assert Record.objects.filter(verb="took the list to the door", by=officer).exists()


def test_a_phone_sends_and_each_scan_is_answered_however_often_it_is_sent(client, officer):
    here = day.event(now=timezone.now())
    who = day.seat(here, "Nguyễn Thị Ánh")
    body = packet(scan(code_of(who), day.session(here)), scan("không phải mã", day.session(here)))

    first, second = [send(client, here, body).json()["results"] for _each in range(2)]

    assert [each["outcome"] for each in first] == [each["outcome"] for each in second]
    assert sorted(each["outcome"] for each in first) == ["forged", "in"]
    assert [Scan.objects.count(), Presence.objects.count()] == [2, 1]


def test_a_phone_a_day_ahead_is_put_right(client, officer):
    here = day.event(now=timezone.now())
    who, ahead = day.seat(here), timezone.now() + timedelta(days=1)

    send(client, here, packet(scan(code_of(who), day.session(here), said_at=ahead), sent_at=ahead))

    assert abs(Presence.objects.get().at - timezone.now()) < timedelta(minutes=5)
    assert Scan.objects.get().doubt == Scan.Doubt.CLOCK


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", "null", '{"device": 1}', '{"device":"x","sent_at":"y","scans":[]}',
     json.dumps({"device": PHONE, "sent_at": "0001-01-01T00:00:00Z", "scans": []}),
     json.dumps({"device": PHONE, "sent_at": "2026-01-01T00:00:00", "scans": []}),
     json.dumps({"device": PHONE, "sent_at": "2026-01-01T00:00:00Z", "scans": [{"nonce": "1"}]}),
     json.dumps({"device": PHONE, "sent_at": "2026-01-01T00:00:00Z", "scans": "abc"}),
     json.dumps({"device": PHONE, "sent_at": "2026-01-01T00:00:00Z",
                 "scans": [scan("x", None) | {"known_behind": "NaN"}]}),
     json.dumps({"device": PHONE, "sent_at": "2026-01-01T00:00:00Z",
                 "scans": [scan("x", None) | {"known_behind": 1e300}]})],
    ids=range(12),
)  # fmt: skip
def test_what_no_phone_of_ours_sends_is_refused(client, officer, body):
    assert send(client, day.event(), body).status_code == 400


def test_a_session_that_is_none_of_this_event_lets_nobody_in(client, officer):
    here, other = day.event(now=timezone.now()), day.event(now=timezone.now())
    who = day.seat(here)

    send(
        client,
        here,
        packet(scan(code_of(who), day.session(other)), scan(code_of(who), None) | {"session": 10**30}),
    )

    assert not Presence.objects.exists()


def test_the_list_takes_a_tick_and_takes_it_back(client, officer):
    here = day.event(now=timezone.now())
    who, session = day.seat(here), day.session(here)
    sent = {"registration": who.pk, "session": session.pk}

    client.post(at("check_in", here.pk), sent | {"do": "arrive"})
    there = Presence.objects.filter(session=session).count()
    client.post(at("check_in", here.pk), sent | {"do": "undo"})

    assert [there, Presence.objects.count()] == [1, 0]


@pytest.mark.parametrize("words", ["anh", "ÁNH", "hop tac", "=cmd()", "ế" * 200])
def test_the_list_is_searched_with_and_without_accents(client, officer, words):
    here = day.event()
    day.seat(here, "Nguyễn Thị Ánh", unit_name="Vụ Hợp tác quốc tế")

    found = "Nguyễn Thị Ánh" in client.get(at("check_in", here.pk), {"words": words}).content.decode()

    assert found is (len(words) < 10 and not words.startswith("="))


def test_the_list_takes_as_many_queries_for_many_as_for_few(client, officer, django_assert_max_num_queries):
    here = day.event()
    for size in (3, 40):
        for _each in range(size):
            day.present(day.seat(here))
        with django_assert_max_num_queries(18):
            client.get(at("check_in", here.pk))


def test_what_was_typed_is_still_there_when_a_code_is_wrong(client, officer):
    here = day.event()
    day.seat(here)
    sheets.print_sheet(here, day.session(here), by=None, now=timezone.now())

    said = client.post(at("paper", here.pk), {"sheet": "1", "codes": "A1 Z99"}).content.decode()

    assert "A1 Z99</textarea>" in said
    assert "has the code Z99" in said


def test_a_sheet_can_be_printed(client, officer):
    here = day.event()
    day.seat(here, "=cmd()|' /C calc'!A0")
    client.post(at("paper", here.pk), {"do": "print", "session": day.session(here).pk})

    answer = client.get(at("sheet", here.pk, 1))

    assert [answer.status_code, answer.headers["Content-Type"]] == [200, "application/pdf"]


def test_an_organiser_decides_about_attendance_with_a_reason(client, officer):
    here = day.event()
    who = day.seat(here)

    client.post(at("attendance", here.pk), {"registration": who.pk, "do": "attended", "reason": ""})
    refused = hasattr(make.again(who), "ruling")
    client.post(
        at("attendance", here.pk), {"registration": who.pk, "do": "attended", "reason": "Dự trực tuyến"}
    )

    assert [refused, make.again(who).ruling.attended] == [False, True]


def test_certificates_are_issued_revoked_and_reissued_from_their_pages(client, officer):
    first = issued()
    here, why = first.event, {"why_vi": "Sai tên.", "why_en": "Wrong name."}
    page = at("certificate", here.pk, first.pk)

    client.post(
        page,
        {"reissue": "1", "reissue-full_name": "Nguyễn Anh", **{f"reissue-{k}": v for k, v in why.items()}},
    )
    second = Certificate.objects.get(replaces=first)
    client.post(
        at("certificate", here.pk, second.pk), {"revoke": "1", **{f"revoke-{k}": v for k, v in why.items()}}
    )

    assert [second.full_name, make.again(second).revoked_at is not None] == ["Nguyễn Anh", True]
    assert client.get(at("certificates_pdf", here.pk)).status_code == 302


def test_a_certificate_of_another_event_is_not_found_beneath_this_one(client, officer):
    made, here = issued(), day.event()

    assert client.get(at("certificate", here.pk, made.pk)).status_code == 404


def test_all_certificates_leave_as_files_and_that_is_written_down(client, officer):
    made = issued()

    answer = client.get(at("certificates_zip", made.event.pk))

    assert answer.content.startswith(b"PK")
    assert Record.objects.filter(verb="took certificates away", object_id=made.event.pk).exists()


def test_a_get_changes_nothing(client, officer):
    here = day.event()
    day.seat(here)
    for name in ("check_in", "paper", "attendance", "certificates"):
        client.get(at(name, here.pk), {"do": "arrive", "registration": "1", "session": "x"})

    assert [Presence.objects.count(), Event.objects.get(pk=here.pk).sheets.count()] == [0, 0]
    assert client.get(at("door_scans", here.pk)).status_code == 405
