"""Filters of the lists of publishable things."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.editorial.models import Edition, State
from portal.search.models import Entry


def editions_of_row(queryset: QuerySet) -> QuerySet[Edition]:
    """The editions of the row a query stands on."""
    return Edition.objects.filter(
        content_type=ContentType.objects.get_for_model(queryset.model), object_id=OuterRef("pk")
    )


class StateFilter(admin.SimpleListFilter):
    """State in one language."""

    language: ClassVar[str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in State.values:
            return queryset
        return queryset.filter(
            Exists(editions_of_row(queryset).filter(language=self.language, state=self.value()))
        )


class VietnameseState(StateFilter):
    title, parameter_name, language = _("Vietnamese"), "vi", "vi"


class EnglishState(StateFilter):
    title, parameter_name, language = _("English"), "en", "en"


class TruthFilter(admin.SimpleListFilter):
    """Where the translation stands, as far as readers are concerned."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("outdated", _("out of date")), ("missing", _("original published, translation not"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        kind = ContentType.objects.get_for_model(queryset.model)
        if self.value() == "outdated":
            told = Entry.objects.filter(
                content_type=kind, object_id=OuterRef("pk"), translation__outdated=True
            )
            return queryset.filter(Exists(told))
        if self.value() == "missing":
            editions = editions_of_row(queryset)
            original = editions.filter(is_source=True, state=State.PUBLISHED)
            translated = editions.filter(is_source=False, first_published_at__isnull=False)
            return queryset.filter(Exists(original), ~Exists(translated))
        return queryset


class MineFilter(admin.SimpleListFilter):
    """What I began or wrote in last."""

    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("mine"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "mine":
            return queryset
        written = editions_of_row(queryset).filter(writer=request.user)
        return queryset.filter(Q(created_by=request.user) | Exists(written))
