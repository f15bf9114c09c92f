"""What only those see who may see the thing itself: their records are in nobody else's history, their shelves in no
administrator's keeping."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from portal.accounts.seeing import may_see

Kept = Callable[[Any, datetime], QuerySet]

_models: list[type[Model]] = []
_rows: dict[type[Model], Kept] = {}


def register(*models: type[Model]) -> None:
    """For an `AppConfig.ready`."""
    _models.extend(model for model in models if model not in _models)


def register_rows(model: type[Model], kept_from: Kept) -> None:
    """For an `AppConfig.ready`: of a kind that many see, `kept_from(person, now)` gives the things one person may not."""
    _rows[model] = kept_from


def models() -> tuple[type[Model], ...]:
    return tuple(_models)


def hidden_from(person: Any) -> list[int]:
    """The content types of whatever the person may not see: to leave out of lists that tell of things of any kind."""
    return [ContentType.objects.get_for_model(model).pk for model in _models if not may_see(person, model)]


def recorded(person: Any, now: datetime) -> Q:
    """Rows about things of any kind, by `content_type` and `object_id`, that the person may not see."""
    kinds = Q(content_type__in=hidden_from(person))
    for model, kept_from in _rows.items():
        kind = ContentType.objects.get_for_model(model)
        kinds |= Q(content_type=kind, object_id__in=kept_from(person, now).values("pk"))
    return kinds
