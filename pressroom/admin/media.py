from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from pressroom.models import MediaItem


@admin.register(MediaItem)
class MediaItemAdmin(TranslationAdmin):
    list_display = ("title", "licence", "is_offered", "position")
    raw_id_fields = ("asset",)
    fields = (
        "asset", ("title_vi", "title_en"), ("licence_vi", "licence_en"), ("credit_vi", "credit_en"), ("position", "is_offered"),
    )  # fmt: skip
