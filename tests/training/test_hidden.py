"""No surface of the workplace tells staff of other roles who takes part: the admin is crawled as each of them."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.editorial import effects
from portal.history.actions import note
from portal.mailing import letters
from portal.mailing.actions import sending
from portal.mailing.models import Delivery, Returned
from tests import make
from tests.make import MINUTE
from tests.training import office
from training.actions import rights, writing
from training.models import Quota

pytestmark = pytest.mark.django_db
#: A word nothing else says: of names, addresses, needs.
WORD = "xylophonia"
MOST = 700
WORDS = {
    f"{field}_{language}": "Lớp tập huấn."
    for field in ("standfirst", "audience")
    for language in ("vi", "en")
}
OTHERS = (
    "reporter", "editor", "translator", "approver-vi", "approver-en", "publisher", "duty editor",
    "head of the editorial board", "administrator", "press officer", "spokesperson",
)  # fmt: skip
_LINK = re.compile(r"""\s(?:href|src|action)=["']([^"'#]+)""")
_LEFT_OUT = ("/admin/logout", "/admin/jsi18n", "/static/", "/files/")


@pytest.fixture
def somebody():
    """A participant with everything a surface might tell: letters, a mailing, a bounce, a request, a unit, a quota."""
    make.identity()
    now, officer = timezone.now(), office.officer()
    unit = office.unit()
    event = make.published(office.event(held=False, capacity=9, now=now, **WORDS), "vi", "en", now=now)
    quota = Quota.objects.create(event=event, name_vi="A", name_en="A", seats=2, focal_name=f"{WORD} Đầu mối",
                                 focal_email=f"focal@{WORD}.example")  # fmt: skip
    quota.units.add(unit)
    person = office.registration(
        event, f"Nguyễn {WORD.title()} An", email=f"an@{WORD}.example", unit=unit, quota=quota, needs=f"{WORD} chay", now=now
    )  # fmt: skip
    office.present(person)
    office.certificate(person)
    note(person, "got a seat", by=officer, now=now)
    rights.take_in(person, "see", reference="1", received_at=now, by=officer, now=now)
    copy = letters.post(
        f"training-seat:{person.pk}", to=person.email, name=person.full_name, language="vi", now=now,
        template="mailing/mails/already", context={"lists": []},
    )  # fmt: skip
    sending.approve(
        writing.begin_mailing(event, ["seated"], language="vi", by=officer, now=now), by=make.head(), now=now
    )
    Returned.objects.create(delivery=copy, at=now, kind="bounce", words=f"{WORD} unknown", digest="x")
    writing.begin_mailing(event, ["seated"], language="vi", by=officer, now=now)
    effects.do_waiting(now + MINUTE)
    return person


def crawl(client: Client, *further: str) -> dict[str, str]:
    """Address → what it answers, of everything below /admin/ a person reaches by links; lists as they open, unfiltered."""
    waiting, seen = ["/admin/", *further], {}
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        if path in seen or not path.startswith("/admin/") or path.startswith(_LEFT_OUT):
            continue
        answer = client.get(path)
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(
            "utf-8", "replace"
        )
        seen[path] = text if answer.status_code == 200 else ""
        assert answer.status_code < 500, path
        for link in map(unescape, _LINK.findall(seen[path])):
            target = urlsplit(urljoin(f"http://testserver{path}", link))
            if target.netloc == "testserver" and target.path not in seen:
                waiting.append(target.path)
    return seen


def guessed(person) -> list[str]:
    """Addresses somebody might type."""
    event = person.event_id
    return [
        reverse("admin:training_desk"), reverse("admin:training_no_shows"), reverse("admin:training_office", args=[event]),
        f"{reverse('admin:training_rights')}?q={WORD}", reverse("admin:training_rights_held", args=[1]),
        reverse("admin:training_rights_answer", args=[1]), f"/admin/mailing/delivery/?q={WORD}", "/admin/mailing/returned/",
        f"/admin/history/record/?q={WORD}", f"/admin/desk/training.event/{event}/history/",
        *(f"/admin/mailing/delivery/{copy.pk}/change/" for copy in Delivery.objects.all()),
        f"/admin/mailing/returned/{Returned.objects.get().pk}/change/",
        f"/admin/directory/organisation/{person.unit_id}/change/", f"/admin/directory/organisation/{person.unit_id}/delete/",
        f"/admin/training/event/{event}/change/", f"/admin/training/event/{event}/delete/",
        f"/admin/training/registration/{person.pk}/change/", f"/admin/training/registration/?q={WORD}",
    ]  # fmt: skip


@pytest.mark.parametrize("role", OTHERS)
def test_staff_of_other_roles_find_no_participant_anywhere(desk_of, somebody, role):
    pages = crawl(desk_of(make.person(role)), *guessed(somebody))

    told = [
        path
        for path, text in pages.items()
        if WORD in text.lower().replace(f"q={WORD}", "").replace(f'"{WORD}"', "")
    ]
    assert told == []
    assert len(pages) > 5


def test_the_training_officer_does(desk_of, somebody):
    pages = crawl(desk_of(office.officer()), *guessed(somebody))

    assert any(f"an@{WORD}" in text.lower() for text in pages.values())


@pytest.mark.parametrize("role", OTHERS)
def test_nor_may_they_do_anything_with_them(desk_of, somebody, role):
    desk = desk_of(make.person(role))
    event = somebody.event_id

    answers = [
        desk.post(
            reverse("admin:training_office", args=[event]), {"do": "export", "purpose": "x", "form": "csv"}
        ),
        desk.post(
            reverse("admin:training_office", args=[event]),
            {"do": "letter", "states": ["seated"], "language": "vi"},
        ),
        desk.post(
            reverse("admin:training_rights"),
            {"registration": somebody.pk, "kind": "erase", "received_on": "2026-01-01"},
        ),
        desk.post(reverse("admin:training_rights_answer", args=[1])),
    ]

    assert {answer.status_code for answer in answers} == {403}


def test_strangers_are_sent_to_the_door(client, somebody):
    for path in guessed(somebody):
        assert client.get(path).status_code == 302, path
