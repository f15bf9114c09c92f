"""The publishable models, known to the platform only through this list, filled by each section's apps.py."""

from collections.abc import Callable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from portal.editorial.models import Publishable
from portal.history import confidential
from portal.search.models import Entry

Preview = Callable[[HttpRequest, Entry], HttpResponse]

_models: list[type[Publishable]] = []
_previews: dict[type[Publishable], Preview] = {}
_lists: list[type[Model]] = []


def register(model: type[Publishable], preview: Preview | None = None) -> None:
    """Called once for each publishable model, in its section's `AppConfig.ready`.

    `preview(request, entry)` answers the section's public page of an entry that is written nowhere.
    """
    if model not in _models:
        _models.append(model)
        confidential.register(model)  # until it is public it is told of to those alone who may see its kind
    if preview is not None:
        _previews[model] = preview


def register_list(model: type[Model]) -> None:
    """A section's list beside publishable things that people go to every day: it stands in the head of the workplace."""
    if model not in _lists:
        _lists.append(model)


def lists() -> tuple[type[Model], ...]:
    return tuple(_lists)


def preview_of(model: type[Publishable]) -> Preview | None:
    """How the section shows an entry; None for a section without pages of its own."""
    return _previews.get(model)


def models() -> tuple[type[Publishable], ...]:
    """Every publishable model."""
    return tuple(_models)


def model_of(content_type_id: int) -> type[Publishable]:
    """The publishable model of a content type. Raises LookupError for any other."""
    for model in _models:
        if ContentType.objects.get_for_model(model).pk == content_type_id:
            return model
    raise LookupError(f"content type {content_type_id} is not publishable")


def model_called(kind: str) -> type[Publishable]:
    """The publishable model called "news.article". Raises LookupError for any other."""
    for model in _models:
        if model._meta.label_lower == kind:
            return model
    raise LookupError(f"{kind} is not publishable")


def by_kind() -> Iterator[tuple[ContentType, type[Publishable]]]:
    for model in _models:
        yield ContentType.objects.get_for_model(model), model
