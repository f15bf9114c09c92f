"""Three hundred people, twenty seats, one moment: real clients before the real server, on PostgreSQL only."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from django.utils import timezone

from portal.languages.dates import vietnamese_day
from portal.mailing.models import Delivery
from tests import make
from tests.journeys.arrangement import HOST, Arrangement
from tests.training import events
from training.actions.arrangements import arrange
from training.models import Registration
from training.rules.seats import positions

pytestmark = [pytest.mark.production, pytest.mark.django_db(transaction=True)]
PEOPLE, SEATS, AT_ONCE = 300, 20, 60
STAMP = re.compile(r'name="stamp" value="([^"]+)"')
SECRET = "a" * 32


def post(portal: Arrangement, path: str, client: int, said: dict[str, str]) -> int:
    """The status of the answer to a form, as a browser behind an address of its own sends it through nginx."""
    asked = HTTPConnection("127.0.0.1", portal.port, timeout=120)
    headers = {
        "Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": f"198.51.{client // 250}.{client % 250}",
        "Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{HOST}{path}",
        "Cookie": f"__Secure-csrftoken={SECRET}; __Host-csrftoken={SECRET}; csrftoken={SECRET}",
    }  # fmt: skip
    asked.request("POST", path, urlencode(said | {"csrfmiddlewaretoken": SECRET}), headers)
    status = asked.getresponse().status
    asked.close()
    return status


def all_at_once(deeds) -> list[int]:
    with ThreadPoolExecutor(AT_ONCE) as clients:
        return list(clients.map(lambda deed: deed(), deeds))


def link_in(letter: Delivery) -> str:
    return urlsplit(next(word for word in letter.message.text.split() if word.startswith("http"))).path


def test_of_three_hundred_people_twenty_have_seats_and_the_rest_wait_in_order(portal):
    now = timezone.now()
    day = vietnamese_day(now) + timedelta(days=25)
    event = events.announced(sessions=(events.session(day),), now=now - make.HOUR)
    arrange(event, capacity=SEATS, by=None, now=now)
    portal.start_web()
    form = f"/en/training/{event.pk}/register/"
    stamp = STAMP.search(portal.page(form)[1])[1]

    asked = all_at_once(
        lambda number=number: post(
            portal, form, number,
            {"full_name": f"Person {number}", "email": f"person{number}@unit.example", "unit_name": "A unit",
             "language": "en", "consent": "on", "stamp": stamp},
        )
        for number in range(PEOPLE)
    )  # fmt: skip
    letters = list(Delivery.objects.filter(key__startswith="training-confirm:").select_related("message"))
    confirmed = all_at_once(
        lambda letter=letter, number=number: post(portal, link_in(letter), number, {})
        for number, letter in enumerate(letters)
    )

    assert [set(asked), set(confirmed)] == [{302}, {302}]
    people = Registration.objects.filter(event=event)
    assert people.filter(state="seated").count() == SEATS
    waiting = list(people.waiting().values_list("pk", flat=True))
    assert len(waiting) == PEOPLE - SEATS == len(letters) - SEATS
    assert [positions(event, now)[pk] for pk in waiting] == list(range(1, PEOPLE - SEATS + 1))
    told = {
        int(letter.key.split(":")[1]): int(re.search(r"number (\d+)", letter.message.text)[1])
        for letter in Delivery.objects.filter(key__startswith="training-waiting:").select_related("message")
    }
    assert [told[pk] for pk in waiting] == list(range(1, PEOPLE - SEATS + 1))
    assert "Traceback" not in portal.said()
