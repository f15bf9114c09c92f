"""Events before their readers: lists, the calendar of a month, the page of one, calendars to subscribe to."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from portal.languages import LANGUAGES
from portal.search.models import Entry
from tests import make
from tests.make import NOON
from tests.training import events as ev
from training.actions import events as actions
from training.actions.events import PlacePlan
from training.models import Event
from training.when import When

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)
