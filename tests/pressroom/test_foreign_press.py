"""The desk for foreign press: asked in either language, followed by code and link, answered by letter, kept step by step."""

import pytest
from django.urls import reverse

from portal.accounts.refusal import Refused
from portal.mailing.models import Delivery
from portal.web.public_forms import stamp
from pressroom.actions import foreign_press
from pressroom.models import ForeignPressRequest
from pressroom.rules.links import FOREIGN_PRESS
from tests import make
from tests.make import NOON
from tests.pressroom import press

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    person = press.officer()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def asking(client, address: str = "/en/press/foreign-press/", **said):
    fields = {
        "kind": "interview", "subject": "Vocational training", "first_day": "2026-12-01", "last_day": "2026-12-05",
        "places": "Ha Noi", "people": "2", "full_name": "Jane Doe", "outlet_name": "World Wire",
        "email": "jane@wire.example", "language": "en", "consent": "on", "stamp": stamp(), "website": "",
    } | said  # fmt: skip
    return client.post(address, {name: value for name, value in fields.items() if value is not None})


class TestAsking:
    @pytest.mark.parametrize("address", ["/en/press/foreign-press/", "/vi/bao-chi/bao-chi-nuoc-ngoai/"])
    def test_it_can_be_asked_in_both_languages(self, client, address):
        assert client.get(address).status_code == 200
        assert asking(client, address).status_code == 302

        request = ForeignPressRequest.objects.get()
        assert (request.state, request.steps.count()) == ("received", 1)
        assert request.code in Delivery.objects.get().message.text

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [("kind", "x"), ("last_day", "2026-11-01"), ("first_day", "tomorrow"), ("people", "0"), ("people", "9" * 30),
         ("consent", None), ("stamp", ""), ("email", "x@"), ("country", "999999"), ("subject", "x" * 9000)],
    )  # fmt: skip
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, client, name, wrong):
        answer = asking(client, **{name: wrong})

        assert answer.status_code == 200
        assert "field__error" in answer.text
        assert "World Wire" in answer.text
        assert not ForeignPressRequest.objects.exists()

    def test_a_machine_is_answered_like_anybody_and_not_kept(self, client):
        assert asking(client, website="x").status_code == 302

        assert not ForeignPressRequest.objects.exists()

    def test_what_comes_too_often_is_not_kept_and_says_so(self, client):
        answers = [asking(client).status_code for _ in range(12)]

        assert (answers, ForeignPressRequest.objects.count()) == ([302] * 10 + [429] * 2, 10)

    def test_days_may_be_written_the_vietnamese_way(self, client):
        asking(client, first_day="01/12/2026", last_day="05/12/2026")

        assert ForeignPressRequest.objects.get().last_day.isoformat() == "2026-12-05"


class TestTheWay:
    def test_each_step_is_kept_and_told_by_letter(self):
        request, by = press.desk_request(), press.officer()

        foreign_press.move(request, "in_hand", by=by, now=NOON)
        foreign_press.move(request, "arranged", answer="See you on Tuesday.", by=by, now=NOON)

        request.refresh_from_db()
        assert [each.state for each in request.steps.all()] == ["received", "in_hand", "arranged"]
        assert (request.state, request.assigned_to) == ("arranged", by)
        assert "See you on Tuesday." in Delivery.objects.latest("pk").message.text

    def test_what_needs_words_is_refused_without_them(self):
        request, by = press.desk_request(), press.officer()

        for state in ("asked_back", "arranged", "declined"):
            with pytest.raises(Refused):
                foreign_press.move(request, state, answer=" ", by=by, now=NOON)
        with pytest.raises(Refused):
            foreign_press.answer(request, "", by=by, now=NOON)

    def test_a_step_from_nowhere_is_refused(self):
        request, by = press.desk_request(), press.officer()
        foreign_press.move(request, "declined", answer="Sorry.", by=by, now=NOON)

        with pytest.raises(Refused):
            foreign_press.move(request, "arranged", answer="Yes.", by=by, now=NOON)

    def test_the_newsroom_follows_it_by_its_link(self, client):
        request = press.desk_request()
        foreign_press.move(request, "asked_back", answer="Which cameras?", by=press.officer(), now=NOON)

        page = client.get(f"/en/press/foreign-press/status/{FOREIGN_PRESS.token(request)}/")

        assert "Which cameras?" in page.text
        assert "no-store" in page.headers["Cache-Control"]

    def test_answers_are_words_and_no_markup(self, client):
        request = press.desk_request(subject="<script>alert(1)</script>")
        foreign_press.answer(request, "<img src=x onerror=alert(1)>", by=press.officer(), now=NOON)

        page = client.get(f"/en/press/foreign-press/status/{FOREIGN_PRESS.token(request)}/").text

        assert "<img src=x" not in page
        assert "<script>alert" not in page

    @pytest.mark.parametrize("token", ["x", "a:b:c", "W10:1xV7u8:aaaa", "%00", "a" * 900])
    def test_forged_links_lead_to_words_that_help(self, client, token):
        assert client.get(f"/en/press/foreign-press/status/{token}/").status_code in {400, 404}
        assert client.get(f"/en/press/accreditation/status/{token}/").status_code in {400, 404}

    def test_a_link_of_one_kind_opens_no_page_of_another(self, client):
        request, badge = press.desk_request(), press.badge()

        assert (
            client.get(f"/en/press/accreditation/status/{FOREIGN_PRESS.token(request)}/").status_code == 404
        )
        assert badge.pk == request.pk or badge


class TestTheDesk:
    def test_an_officer_answers_on_the_page(self, client, officer):
        request = press.desk_request()

        client.post(
            reverse("admin:pressroom_foreignpressrequest_step", args=[request.pk]),
            {"step": "arranged", "note": "All is arranged."},
        )

        assert make.again(request).state == "arranged"
        assert "All is arranged." in client.get(
            reverse("admin:pressroom_foreignpressrequest_change", args=[request.pk])
        ).text  # fmt: skip

    def test_one_entered_by_an_officer_begins_its_history(self, client, officer):
        client.post(reverse("admin:pressroom_foreignpressrequest_add"), {
            "kind": "visit", "people": "3", "first_day": "2026-12-01", "last_day": "2026-12-02", "places": "Huế",
            "subject": "Làng nghề", "full_name": "Jane Doe", "outlet_name": "World Wire", "language": "en", "email": "",
        })  # fmt: skip

        assert ForeignPressRequest.objects.get().steps.get().by == officer

    def test_open_ones_mine_and_those_in_the_country_are_found(self, client, officer):
        mine = press.desk_request(outlet_name="Mine")
        foreign_press.move(mine, "in_hand", by=officer, now=NOON)
        done = press.desk_request(outlet_name="Over")
        foreign_press.move(done, "withdrawn", by=officer, now=NOON)
        address = reverse("admin:pressroom_foreignpressrequest_changelist")

        shown = {way: client.get(address, {"open": way}).text for way in ("yes", "mine", "here")}

        assert ("Mine" in shown["yes"], "Over" in shown["yes"], "Mine" in shown["mine"]) == (
            True,
            False,
            True,
        )

    def test_it_stands_on_the_desk_of_the_press_office(self, client, officer):
        press.desk_request(outlet_name="World Wire")

        assert "World Wire" in client.get("/admin/").text

    @pytest.mark.parametrize("number", [2, 12])
    def test_the_list_costs_the_same_however_long_it_is(
        self, client, officer, number, django_assert_max_num_queries
    ):
        for _ in range(number):
            press.desk_request(country=make.country("JP"))
        address = reverse("admin:pressroom_foreignpressrequest_changelist")
        client.get(address)

        with django_assert_max_num_queries(12):
            client.get(address)

    def test_an_export_is_safe_and_written_down(self, client, officer):
        from portal.history.models import Record

        press.desk_request(subject="=1+1")

        answer = client.get(reverse("admin:pressroom_foreignpressrequest_csv"))

        assert "'=1+1" in answer.content.decode("utf-8-sig")
        assert Record.objects.filter(verb="exported", note="foreign-press", by=officer).exists()
