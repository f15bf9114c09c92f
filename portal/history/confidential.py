"""What only those see who may see the thing itself: their records are in nobody else's history, their shelves in no
administrator's keeping."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from portal.accounts.seeing import may_see

_models: list[type[Model]] = []


def register(*models: type[Model]) -> None:
    """For an `AppConfig.ready`."""
    _models.extend(model for model in models if model not in _models)


def models() -> tuple[type[Model], ...]:
    return tuple(_models)


def hidden_from(person: Any) -> list[int]:
    """The content types of whatever the person may not see: to leave out of lists that tell of things of any kind."""
    return [ContentType.objects.get_for_model(model).pk for model in _models if not may_see(person, model)]
