"""Organisers at their pages: seats, people, one person; who may see them; what they cost."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.mailing.models import Delivery
from tests import make
from tests.make import DAY
from tests.training import seats as st
from training.models import Event, Registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings):
    return signed_in(settings, "training officer")


def signed_in(settings, *roles, **fields):
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    person = make.person(*roles, language="en", **fields)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def to(name, event, *args):
    return reverse(f"admin:training_event_{name}", args=[event.pk, *args])


def hall(capacity=2, **fields):
    return st.hall(capacity, now=timezone.now(), **fields)


def registered(event, **fields):
    return st.registered(event, now=timezone.now(), **fields)


HALL = {
    "do": "arrange", "capacity": "5", "admission": "at_once", "offer_hours": "24", "attendance_percent": "80",
    "planned_qualifier": "about", "planned_count": "50", "opens_at": "", "closes_at": "",
}  # fmt: skip
GROUP = {
    "do": "group", "name_vi": "Các Sở", "name_en": "Provincial departments", "seats": "1", "kind": "province",
    "focal_name": "Trần Bình", "focal_email": "binh@don-vi.example", "focal_language": "vi",
}  # fmt: skip


@pytest.mark.parametrize(
    "role", ["reporter", "publisher", "press officer", "administrator", "head of the editorial board"]
)
def test_nobody_else_sees_who_comes(settings, role):
    event = hall()
    person = registered(event, full_name="Đặng Thị Tên Lạ")
    client = signed_in(settings, role)

    for address in (
        to("seats", event),
        to("people", event),
        to("people_add", event),
        to("person", event, person.pk),
    ):
        answer = client.get(address)
        assert answer.status_code in {302, 403, 404}
        assert "Tên Lạ" not in answer.content.decode()


class TestSeats:
    def test_are_arranged(self, desk):
        event = hall()

        desk.post(to("seats", event), HALL)

        event = Event.objects.get(pk=event.pk)
        assert [event.capacity, event.offer_hours, event.planned_count, event.planned_qualifier] == [
            5,
            24,
            50,
            "about",
        ]
        assert not event.gives_certificate

    def test_fewer_than_are_held_are_refused_with_who_and_what_was_typed_stands(self, desk):
        event = hall()
        people = [registered(event) for _each in range(2)]

        page = desk.post(to("seats", event), HALL | {"capacity": "1", "offer_hours": "77"}).content.decode()

        assert all(each.full_name in page for each in people)
        assert 'value="77"' in page
        assert Event.objects.get(pk=event.pk).capacity == 2

    @pytest.mark.parametrize(
        "wrong", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-13-01T00:00", "yesterday"]
    )
    def test_a_moment_that_cannot_be_meant_is_said(self, desk, wrong):
        event = hall()

        answer = desk.post(to("seats", event), HALL | {"closes_at": wrong})

        assert answer.status_code == 200
        assert Event.objects.get(pk=event.pk).closes_at is None

    def test_are_kept_for_a_group_whose_focal_point_is_asked(self, desk):
        event = hall()

        desk.post(to("seats", event), GROUP)
        quota = event.quotas.get()
        desk.post(to("seats", event), {"do": "ask", "group": quota.pk})

        assert [quota.seats, quota.kind, quota.name_en] == [1, "province", "Provincial departments"]
        assert Delivery.objects.filter(email="binh@don-vi.example").count() == 1

    def test_of_a_group_are_changed_and_it_is_removed(self, desk):
        event = hall()
        quota = st.group(event, 1, now=timezone.now())

        desk.post(f"{to('seats', event)}?group={quota.pk}", GROUP | {"seats": "2"})
        kept = event.quotas.get()
        desk.post(to("seats", event), {"do": "remove", "group": quota.pk})

        assert [kept.pk, kept.seats, event.quotas.count()] == [quota.pk, 2, 0]

    def test_a_group_of_another_event_is_not_found(self, desk):
        quota = st.group(hall(), 1, now=timezone.now())

        assert desk.get(f"{to('seats', hall())}?group={quota.pk}").status_code == 404
        assert desk.post(to("seats", hall()), {"do": "remove", "group": quota.pk}).status_code == 404


class TestPeople:
    def test_stand_in_the_order_of_given_names_and_are_found_without_diacritics(self, desk):
        event = hall(5)
        for name in ("Lê Văn Ấn", "Nguyễn Thị Bé", "Đỗ Văn Án", "Trần Thị An"):
            registered(event, full_name=name)

        page = desk.get(to("people", event)).content.decode()
        found = desk.get(to("people", event), {"q": "do van an"}).content.decode()

        places = [page.index(name) for name in ("Trần Thị An", "Đỗ Văn Án", "Lê Văn Ấn", "Nguyễn Thị Bé")]
        assert places == sorted(places)
        assert ["Đỗ Văn Án" in found, "Nguyễn Thị Bé" in found] == [True, False]

    def test_perhaps_the_same_are_shown_to_each_other(self, desk):
        event = hall(5)
        registered(event, full_name="Lê Thị Hòa", email="hoa1@don-vi.example")
        registered(event, full_name="LE THI HOA", email="hoa2@don-vi.example")

        page = desk.get(to("people", event)).content.decode()

        assert "perhaps the same: hoa2@don-vi.example" in page

    def test_are_approved_and_refused_together(self, desk):
        event = hall(5, admission="approved")
        people = [registered(event) for _each in range(3)]

        desk.post(to("people", event), {"do": "approve", "registration": [each.pk for each in people[:2]]})
        desk.post(
            to("people", event),
            {"do": "refuse", "registration": [people[2].pk], "reason": "Không đúng đối tượng."},
        )

        assert [st.state(each) for each in people] == ["seated", "seated", "refused"]

    def test_of_another_event_are_left_alone(self, desk):
        mine, other = hall(admission="approved"), hall(admission="approved")
        stranger = registered(other)

        desk.post(to("people", mine), {"do": "approve", "registration": [stranger.pk, "x", "9" * 30]})

        assert st.state(stranger) == "applied"
        assert desk.get(to("person", mine, stranger.pk)).status_code == 404

    def test_one_is_seated_put_first_offered_moved_and_cancelled(self, desk):
        event = hall(1)
        first, second = registered(event), registered(event)
        page = to("person", event, second.pk)

        refused = desk.post(page, {"do": "seat", "reason": "Diễn giả"}, follow=True).content.decode()
        unsaid = desk.post(page, {"do": "first", "reason": ""}, follow=True).content.decode()
        desk.post(to("person", event, first.pk), {"do": "cancel", "reason": "Trùng lịch."})
        desk.post(page, {"do": "seat", "reason": "Diễn giả"})

        assert "No seat is free." in refused
        assert unsaid
        assert [st.state(first), st.state(second)] == ["cancelled", "seated"]
        assert "Diễn giả" in desk.get(page).content.decode()

    def test_somebody_is_added_with_a_seat(self, desk):
        event = hall()
        said = {"full_name": "Lê An", "email": "an@don-vi.example", "unit_name": "Sở A", "language": "vi"}

        desk.post(to("people_add", event), said)

        assert event.registrations.get().state == "seated"

    @pytest.mark.parametrize("number", [20, 400])
    def test_cost_the_same_however_many(self, desk, number, django_assert_max_num_queries):
        event = hall(number // 2)
        st.group(event, 1, now=timezone.now())
        Registration.objects.bulk_create(
            Registration(
                event=event, full_name=f"Nguyễn Văn {each}", email=f"p{each}@x.example", email_key=f"p{each}@x.example",
                asked_at=timezone.now(), state_since=timezone.now(), confirmed_at=timezone.now(), unit_name="Sở A",
                queued_at=timezone.now() + each * DAY if each > number // 4 else None,
                state="waiting" if each > number // 4 else "seated",
            )
            for each in range(number)
        )  # fmt: skip
        desk.get(to("people", event))  # the session and its permissions

        with django_assert_max_num_queries(14):
            desk.get(to("people", event))
        with django_assert_max_num_queries(16):
            desk.get(to("seats", event))
