"""What only those see who may see the thing itself: their records are in nobody else's history, their shelves in no
administrator's keeping."""

from django.db.models import Model

_models: list[type[Model]] = []


def register(*models: type[Model]) -> None:
    """For an `AppConfig.ready`."""
    _models.extend(model for model in models if model not in _models)


def models() -> tuple[type[Model], ...]:
    return tuple(_models)
