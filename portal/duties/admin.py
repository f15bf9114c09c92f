from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from portal.duties.models import Limit
from portal.web.deleting import KeepsWhatIsUsed


@admin.register(Limit)
class LimitAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("name", "amount", "unit", "citation", "valid_from", "valid_until")
    list_filter = ("duty",)
    fields = (
        "duty", ("name_vi", "name_en"), ("citation_vi", "citation_en"), ("amount", "unit"), ("valid_from", "valid_until"),
    )  # fmt: skip
