"""Retention periods: those of all events here, those of one event on its organisers' page too."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin

from portal.web.deleting import KeepsWhatIsUsed
from training.models import RetentionRule


@admin.register(RetentionRule)
class RetentionRuleAdmin(KeepsWhatIsUsed, TranslationAdmin):
    """Those of all events. One may be changed and none taken away: what has no period is kept for ever."""

    list_display = ("what", "days", "citation")
    fields: ClassVar[list[str | tuple[str, ...]]] = ["what", "days", ("citation_vi", "citation_en")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RetentionRule]:
        return super().get_queryset(request).filter(event=None)

    def has_delete_permission(self, request: HttpRequest, obj: RetentionRule | None = None) -> bool:
        return False
