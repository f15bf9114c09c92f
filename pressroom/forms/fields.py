"""What several forms of the press room ask in the same way."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from portal.search.models import Topic


class BeatsField(forms.ModelMultipleChoiceField):
    """Topics readers know of in the page's language, and those chosen before."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"queryset": Topic.objects.none(), "required": False, **kwargs})

    @staticmethod
    def offered(now: datetime, chosen: Collection[int] = ()) -> QuerySet[Topic]:
        announced = Topic.objects.announced(now, get_language() or "vi").values("pk")
        return Topic.objects.filter(Q(pk__in=announced) | Q(pk__in=chosen)).exclude(title="")
