"""Time limits of law are dated rows."""

from datetime import date, timedelta

import pytest

from portal.duties.models import Limit, limit_on
from tests import make

pytestmark = pytest.mark.django_db


def test_the_portal_is_delivered_with_the_limits_of_the_press():
    first = limit_on("first-statement", date(2026, 11, 20))

    assert first is not None
    assert first.after(make.NOON) - make.NOON == timedelta(hours=24)
    assert "244/2026" in first.citation_vi


def test_a_new_law_gives_another_limit_from_its_day_on():
    Limit.objects.create(
        duty="first-statement", name_vi="Mới", name_en="New", citation_vi="Luật", citation_en="Law",
        amount=12, unit="hours", valid_from=date(2027, 1, 1),
    )  # fmt: skip

    assert [limit_on("first-statement", day).amount for day in (date(2026, 12, 31), date(2027, 1, 1))] == [
        24,
        12,
    ]


def test_what_no_law_limits_is_never_due():
    assert limit_on("no-such-duty", date(2026, 11, 20)) is None


def test_months_end_on_the_day_of_the_same_number():
    limit = Limit(amount=3, unit="months")

    assert limit.after(make.NOON).date() == date(2027, 2, 20)
