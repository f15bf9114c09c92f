"""What all forms of the press room keep to: nothing typed is lost, what is kept has room, days are possible ones."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts import limits
from portal.mailing.models import Subscriber
from portal.web.public_forms import stamp
from pressroom.forms.briefings import AskedForm, PlanForm, SeatsForm
from pressroom.forms.enquiries import AskForm, FollowUpForm, UnitAnswerForm
from pressroom.forms.foreign_press import ForeignPressForm
from pressroom.models import (
    AccreditationRequest,
    AccreditationRound,
    ForeignPressRequest,
    JournalistApplication,
)
from tests import make
from tests.pressroom import briefings, press
from tests.pressroom.test_accreditation import asking

pytestmark = pytest.mark.django_db
#: One letter that Unicode's composed form (NFC) writes as two.
GROWS = "\u0958"


def exhaust(what: str) -> None:
    """Somebody in the same network has used up the hour."""
    for _ in range(30):
        limits.may_ask(what, "127.0.0.1", 1)


class TestTooManyFromOneNetwork:
    """The page says so, is no success, and holds what was typed; nothing is kept."""

    def test_who_asks_for_our_releases(self, client):
        exhaust("press application")

        answer = press.applying(client, full_name="Trần Thu Hà")

        assert (answer.status_code, "Trần Thu Hà" in answer.text) == (429, True)
        assert not JournalistApplication.objects.exists()

    def test_a_foreign_newsroom(self, client):
        exhaust("foreign press")
        said = {
            "kind": "interview", "subject": "Vocational training", "first_day": "2027-01-01", "last_day": "2027-01-02",
            "places": "Ha Noi", "people": 1, "full_name": "Jane Doe", "outlet_name": "W", "email": "j@w.example",
            "language": "en", "consent": "on", "stamp": stamp(), "website": "",
        }  # fmt: skip

        answer = client.post(reverse("pressroom:foreign_press"), said)

        assert (answer.status_code, "Vocational training" in answer.text) == (429, True)
        assert not ForeignPressRequest.objects.exists()

    def test_who_wants_a_badge(self, client):
        now = timezone.now()
        day = now.date() + timedelta(days=9)
        of = press.round_(opens_at=now - make.DAY, closes_at=now + make.DAY, first_day=day, last_day=day)
        exhaust("press accreditation")

        answer = asking(client, of, full_name="Lê Minh Anh")

        assert (answer.status_code, "Lê Minh Anh" in answer.text) == (429, True)
        assert not AccreditationRequest.objects.exists()

    def test_who_wants_a_seat(self, client):
        day = timezone.now().date() + timedelta(days=30)
        item = briefings.announced(now=timezone.now() - make.DAY, when=briefings.exact(day), kind="ad_hoc")
        exhaust("briefing seat")

        answer = client.post(
            reverse("pressroom:seat", args=[item.pk]), {"email": "lan@bao.example", "stamp": stamp()}
        )

        assert (answer.status_code, "lan@bao.example" in answer.text) == (429, True)

    def test_who_signs_up_for_a_list(self, client):
        wanted = make.mailing_list()
        exhaust("mailing sign-up")
        said = {
            "email": "lan@bao.example",
            "language": "vi",
            "lists": [wanted.pk],
            "consent": "on",
            "stamp": stamp(),
        }

        answer = client.post(reverse("mailing:sign_up"), said)

        assert (answer.status_code, "lan@bao.example" in answer.text) == (429, True)
        assert not Subscriber.objects.exists()


class TestRoom:
    @pytest.mark.parametrize(
        ("form", "name", "most"),
        [
            (AskForm, "asked_by", 120), (AskForm, "outlet_name", 200), (AskForm, "phone", 40), (AskForm, "subject", 200),
            (AskForm, "question", 4000), (FollowUpForm, "question", 4000), (UnitAnswerForm, "name", 160),
            (UnitAnswerForm, "answer", 20_000), (AskedForm, "question", 2000),
        ],
    )  # fmt: skip
    def test_a_text_is_measured_as_it_is_kept(self, form, name, most):
        assert name in form({name: GROWS * most}).errors
        assert name not in form({name: GROWS * (most // 2)}).errors

    @pytest.mark.parametrize("form", [AskForm, FollowUpForm, AskedForm])
    def test_what_nobody_can_see_is_no_question(self, form):
        assert "question" in form({"question": "\u200b \x0b"}).errors


class TestPossibleDays:
    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_of_a_briefing(self, day):
        said = {"kind": "regular", "precision": "exact", "day": day, "begins": "00:00", "ends": "01:00"}

        assert "day" in PlanForm(said).errors

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
    def test_until_which_seats_are_asked_for(self, moment):
        assert "asks_until" in SeatsForm({"outlet_cap": "1", "asks_until": moment}).errors

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_of_a_visit(self, day):
        assert "first_day" in ForeignPressForm({"first_day": day}).errors

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_of_an_event_the_press_is_accredited_to(self, client, settings, day):
        settings.REQUIRE_SECOND_FACTOR = False
        client.force_login(press.officer(), backend="django.contrib.auth.backends.ModelBackend")
        said = {
            "title_vi": "Họp báo", "place_vi": "Hà Nội", "first_day": day, "last_day": day, "opens_at_0": day,
            "opens_at_1": "00:00", "closes_at_0": day, "closes_at_1": "00:01", "seats_per_outlet": "2",
            "keep_files_for": "30", "quotas-TOTAL_FORMS": "0", "quotas-INITIAL_FORMS": "0",
        }  # fmt: skip

        answer = client.post(reverse("admin:pressroom_accreditationround_add"), said)

        assert answer.status_code == 200
        assert not AccreditationRound.objects.exists()
