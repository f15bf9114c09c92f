"""The press room's front page: in each language, what is newest, who speaks, whom to call, where to take it along."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from portal.languages.dates import vietnamese_day
from pressroom.actions import spokespersons
from pressroom.models import PressContact
from tests import make
from tests.make import DAY
from tests.pressroom import briefings, makers, releases

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])


@pytest.fixture(autouse=True)
def _ours():
    make.identity()
    releases.patterns()


def page(client, name: str, language: str, **asked: str) -> str:
    with override(language):
        return client.get(reverse(f"pressroom:{name}"), asked).text


@LANGUAGES
def test_the_newest_release_and_statement_stand_with_their_numbers(client, language):
    now = timezone.now() - DAY
    said = [
        make.published(each, "vi", "en", now=now)
        for each in (releases.release(now=now), releases.statement(now))
    ]

    shown = page(client, "landing", language)

    for each in said:
        assert each.get_absolute_url(language) in shown
        assert getattr(each, f"title_{language}") in shown
    assert "01/TCBC" in shown


@pytest.mark.parametrize(("language", "words"), [("vi", "còn 3 ngày"), ("en", "in 3 days")])
def test_the_next_briefing_is_counted_down_to(client, language, words):
    day = vietnamese_day(timezone.now()) + timedelta(days=3)
    coming = briefings.announced(when=briefings.exact(day), now=timezone.now() - DAY)

    shown = page(client, "landing", language)

    assert coming.get_absolute_url(language) in shown
    assert words in shown


@LANGUAGES
def test_who_speaks_and_whom_to_call_can_be_reached_from_it(client, language):
    now = timezone.now()
    speaker = makers.spokesperson(assigned_at=now - DAY, since=vietnamese_day(now))
    spokespersons.name_on_portal(speaker, by=None, now=now)
    PressContact.objects.create(
        name_vi="Phòng Báo chí", name_en="Press Office", phone="024 3826 0000", email="baochi@portal.example"
    )

    shown = page(client, "landing", language)

    for each in (
        speaker.person.full_name,
        speaker.phone,
        speaker.email,
        "024 3826 0000",
        "baochi@portal.example",
    ):
        assert each in shown


@LANGUAGES
def test_it_leads_to_every_room_of_the_press_and_to_its_feeds(client, language):
    shown = page(client, "landing", language)

    rooms = ("releases", "statements", "briefings", "answers", "ask", "apply", "accreditations", "foreign_press",
             "spokesperson", "contacts", "channels", "media_kit", "authentic", "feed", "changes")  # fmt: skip
    with override(language):
        assert [name for name in rooms if f'"{reverse(f"pressroom:{name}")}"' not in shown] == []


@LANGUAGES
def test_a_topic_narrows_the_releases_to_its_own(client, language):
    now, topic = timezone.now() - DAY, make.topic()
    ours, other = releases.release(now=now), releases.release(now=now)
    ours.topics.set([topic])
    for each in (ours, other):
        make.published(each, "vi", "en", now=now)

    shown = page(client, "releases", language, topic=str(topic.pk))

    assert getattr(ours, f"title_{language}") in shown
    assert getattr(other, f"title_{language}") not in shown


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 40, "' OR 1=1", "١"])
def test_a_topic_that_is_none_is_answered(client, asked):
    with override("vi"):
        assert client.get(reverse("pressroom:releases"), {"topic": asked}).status_code == 200
