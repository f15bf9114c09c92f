"""Two at once about one embargo: copies given while it is called off, copies given twice."""

import pytest
from django.utils import timezone

from portal.editorial.actions import take_step
from portal.editorial.effects import do_waiting
from pressroom.actions import embargoes
from pressroom.models import Copy
from tests import make
from tests.editorial.test_attacks import race
from tests.make import HOUR, MINUTE, NOON
from tests.pressroom import releases

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_copy_given_while_the_embargo_is_called_off_does_not_outlive_it():
    item, officer, holder = (
        releases.embargoed(at=NOON + HOUR),
        make.person("press officer"),
        releases.journalist(),
    )
    releases.terms()

    race(
        lambda: embargoes.give(item, "vi", [holder], by=officer, now=NOON),
        lambda: take_step(item, "lift_embargo", language="vi", by=None, now=NOON + MINUTE, note="Bỏ."),
    )
    do_waiting(timezone.now() + MINUTE)

    assert make.again(item).edition("vi").state == "approved"
    assert not Copy.objects.standing().exists()


def test_two_officers_giving_the_same_journalist_a_copy_give_one():
    item, officer, holder = (
        releases.embargoed(at=NOON + HOUR),
        make.person("press officer"),
        releases.journalist(),
    )
    releases.terms()

    ends = race(*(lambda: embargoes.give(item, "vi", [holder], by=officer, now=NOON) for _each in range(3)))

    assert (ends, Copy.objects.count()) == (["done"] * 3, 1)
