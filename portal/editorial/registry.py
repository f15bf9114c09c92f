"""The publishable models, known to the platform only through this list, which each section fills in its apps.py."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType

from portal.editorial.models import Publishable

_models: list[type[Publishable]] = []


def register(model: type[Publishable]) -> None:
    """Called once for each publishable model, in its section's `AppConfig.ready`."""
    if model not in _models:
        _models.append(model)


def models() -> tuple[type[Publishable], ...]:
    """Every publishable model."""
    return tuple(_models)


def model_of(content_type_id: int) -> type[Publishable]:
    """The publishable model of a content type. Raises LookupError for any other."""
    for model in _models:
        if ContentType.objects.get_for_model(model).pk == content_type_id:
            return model
    raise LookupError(f"content type {content_type_id} is not publishable")


def by_kind() -> Iterator[tuple[ContentType, type[Publishable]]]:
    for model in _models:
        yield ContentType.objects.get_for_model(model), model
