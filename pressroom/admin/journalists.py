"""Journalists in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from portal.web.deleting import KeepsWhatIsUsed
from pressroom.models import Journalist, Spokesperson


@admin.register(Journalist)
class JournalistAdmin(KeepsWhatIsUsed, admin.ModelAdmin):
    list_display = ("full_name", "outlet", "language", "state", "card_valid_until")
    list_select_related = ("outlet",)
    autocomplete_fields: ClassVar[list[str]] = ["outlet"]


@admin.register(Spokesperson)
class SpokespersonAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display: ClassVar[Any] = ("person", "matter", "since", "until")
    autocomplete_fields: ClassVar[list[str]] = ["person"]
