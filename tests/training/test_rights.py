"""What participants may ask of us: to see all that is kept, to have it, to have it erased; on their page and on paper."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from portal.history.models import Record
from portal.languages.dates import vietnamese_day
from tests import make
from tests.make import DAY, HOUR
from tests.training import office
from training.actions import rights
from training.models import Certificate, Presence, Registration, RightsRequest, Session
from training.rules.links import OWN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _identity():
    make.identity()


@pytest.fixture
def mine():
    """Somebody with a certificate of an old event and a seat at one to come, under one address."""
    today = vietnamese_day(timezone.now())
    old = office.event(begins_on=today - timedelta(days=40), title_en="The old course")
    came = office.registration(
        old, "Xylophonia An", email="an@unit.example", phone="0912 345 678", needs="Ăn chay"
    )
    office.present(came, office.session(old))
    office.certificate(came)
    coming = office.event(begins_on=today + timedelta(days=9), held=False, capacity=1)
    now = timezone.now()
    return office.registration(coming, "Xylophonia An", email="an@unit.example", now=now)


def address(view: str, registration, language: str = "en") -> str:
    with override(language):
        return reverse(f"training:{view}", args=[OWN.token(registration)])


def test_everything_kept_under_the_address_is_read_on_one_page(client, mine):
    said = client.get(address("own_data", mine)).content.decode()

    for words in ("The old course", "0912 345 678", "Ăn chay", "Certificates", "Attendance", "Tôi đồng ý."):
        assert words in said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_taken_away_as_json(client, mine, language):
    answer = client.get(address("own_data_json", mine, language))

    data = json.loads(answer.content)
    assert {each["full_name"] for each in data["registrations"]} == {"Xylophonia An"}
    assert len(data["attendance"]) == len(data["certificates"]) == 1
    assert "no-store" in answer.headers["Cache-Control"]


def test_nobody_else_s_is_among_it(client, mine):
    office.registration(mine.event, "Bình Khác", state="waiting")

    assert "Bình Khác" not in client.get(address("own_data", mine)).content.decode()


def test_opening_the_page_erases_nothing_and_a_tick_is_asked(client, mine):
    client.get(address("own_erase", mine))
    answer = client.post(address("own_erase", mine))

    assert "tick that you are sure" in answer.content.decode()
    assert Registration.objects.filter(full_name="Xylophonia An").count() == 2


def test_erased_nothing_says_who_it_was_and_what_was_certified_stays(client, mine):
    answer = client.post(address("own_erase", mine), {"sure": "yes"})

    assert answer.status_code == 302
    assert not Registration.objects.exclude(full_name="", email="", phone="", needs="", consent="").exists()
    assert Certificate.objects.get().full_name == "Xylophonia An"
    assert Presence.objects.count() == 1
    said = "".join(f"{each.title} {each.note} {each.details}" for each in Record.objects.all())
    assert "ylophonia" not in said
    assert "an@unit" not in said


def test_a_seat_given_up_goes_to_whoever_waits(client, mine):
    now = timezone.now()
    Session.objects.create(event=mine.event, begins_at=now + 9 * DAY, ends_at=now + 9 * DAY + HOUR)
    waits = office.registration(mine.event, state="waiting", now=now)

    rights.erase(mine, by=None, now=now)

    states = {each.pk: each.state for each in Registration.objects.filter(event=mine.event)}
    assert states == {mine.pk: "cancelled", waits.pk: "offered"}


def test_the_link_ends_with_the_address(client, mine):
    link = address("own_data", mine)
    rights.erase(mine, by=None, now=timezone.now())

    assert client.get(link).status_code == 404


def test_erasing_twice_is_erasing_once(mine):
    now = timezone.now()
    rights.erase(mine, by=None, now=now)
    before = Record.objects.count()

    rights.erase(mine, by=None, now=now + HOUR)

    assert Record.objects.filter(verb="erased").count() == 2
    assert Record.objects.count() >= before


@pytest.mark.parametrize("token", ["x", "x" * 3000, "a:b:c"])
@pytest.mark.parametrize("view", ["own_data", "own_data_json", "own_erase"])
def test_forged_links_lead_nowhere(client, view, token):
    with override("en"):
        path = reverse(f"training:{view}", args=["TOKEN"]).replace("TOKEN", token)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("view", ["own_data", "own_data_json"])
def test_what_is_only_read_takes_no_post(client, mine, view):
    assert client.post(address(view, mine)).status_code == 405


class TestOnPaper:
    @pytest.fixture
    def desk(self, desk_of):
        return desk_of(office.officer(language="en"))

    def note(self, desk, mine, kind="erase", **said):
        day = {"received_on": vietnamese_day(timezone.now()).isoformat()}
        posted = {"registration": mine.pk, "kind": kind, "reference": "12/CV", **day, **said}
        return desk.post(reverse("admin:training_rights"), posted)

    @pytest.mark.parametrize("words", ["an@unit", "xylophonia an", "Xylophonia"])
    def test_the_person_is_found_by_address_or_name(self, desk, mine, words):
        said = desk.get(reverse("admin:training_rights"), {"q": words}).content.decode()

        assert said.count("Note the request") == 2

    def test_it_is_noted_looked_at_and_answered(self, desk, mine):
        self.note(desk, mine)
        request = RightsRequest.objects.get()

        held = desk.get(reverse("admin:training_rights_held", args=[request.pk])).content.decode()
        asked = desk.get(reverse("admin:training_rights_answer", args=[request.pk])).content.decode()
        assert "0912 345 678" in held
        assert "The old course" in asked
        assert Registration.objects.filter(full_name="Xylophonia An").count() == 2

        desk.post(reverse("admin:training_rights_answer", args=[request.pk]))
        request.refresh_from_db()
        assert request.answered_at is not None
        assert not Registration.objects.exclude(full_name="").exists()
        assert "ylophonia" not in desk.get(reverse("admin:training_rights")).content.decode()

    def test_to_see_erases_nothing(self, desk, mine):
        self.note(desk, mine, kind="see")
        desk.post(reverse("admin:training_rights_answer", args=[RightsRequest.objects.get().pk]))

        assert Registration.objects.filter(full_name="Xylophonia An").count() == 2

    @pytest.mark.parametrize(
        "said",
        [
            {"received_on": "2999-01-01"},
            {"received_on": "x"},
            {"kind": "x"},
            {"reference": "x" * 500},
            {"registration": "0"},
        ],
    )
    def test_what_is_wrong_is_refused(self, desk, mine, said):
        assert self.note(desk, mine, **said).status_code == 200
        assert not RightsRequest.objects.exists()

    def test_of_nobody_it_is_not_found(self, desk, mine):
        assert self.note(desk, mine, registration=999_999).status_code == 404
