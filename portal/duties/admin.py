from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from portal.duties.models import Holiday, Limit, ReportRule
from portal.web.deleting import KeepsWhatIsUsed


@admin.register(Limit)
class LimitAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("name", "amount", "unit", "citation", "valid_from", "valid_until")
    list_filter = ("duty",)
    fields = (
        "duty", ("name_vi", "name_en"), ("citation_vi", "citation_en"), ("amount", "unit"), ("valid_from", "valid_until"),
    )  # fmt: skip


@admin.register(ReportRule)
class ReportRuleAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("name", "citation", "begins", "ends", "due", "valid_from")
    list_filter = ("report",)
    fields = (
        "report", ("name_vi", "name_en"), ("citation_vi", "citation_en"), ("begins", "ends", "due"), "valid_from",
    )  # fmt: skip


@admin.register(Holiday)
class HolidayAdmin(TranslationAdmin):
    list_display = ("day", "name")
    date_hierarchy = "day"
    fields = ("day", ("name_vi", "name_en"))
