from typing import ClassVar

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from portal.web.deleting import KeepsWhatIsUsed
from pressroom.models import Spokesperson


@admin.register(Spokesperson)
class SpokespersonAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("person", "matter", "since", "until")
    autocomplete_fields: ClassVar[list[str]] = ["person"]
