"""Days and moments as columns of a list: short, in Viet Nam's hours, sorted by the field."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.utils.translation import get_language

from portal.languages.dates import short_day, short_moment


def day(name: str, label: Any) -> Callable[[Any], str]:
    """A column of days: "14/12/2018"."""

    @admin.display(description=label, ordering=name)
    def column(row: Any) -> str:
        value = getattr(row, name)
        return short_day(value, get_language() or "vi") if value else "–"

    return column


def moment(name: str, label: Any) -> Callable[[Any], str]:
    """A column of moments: "14/12/2018 11:32"."""

    @admin.display(description=label, ordering=name)
    def column(row: Any) -> str:
        value = getattr(row, name)
        return short_moment(value, get_language() or "vi") if value else "–"

    return column
