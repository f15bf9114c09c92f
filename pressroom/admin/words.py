"""What is said and written the same way from one day to another: patterns of numbers, the text about the ministry."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from portal.web.deleting import KeepsWhatIsUsed
from pressroom.models import Boilerplate, Pattern


class PatternForm(forms.ModelForm):
    def clean_pattern(self) -> Any:
        pattern = self.cleaned_data["pattern"]
        try:
            tells_them_apart = len({Pattern(pattern=pattern).written(each, 2026) for each in (7, 8)}) > 1
        except ValueError:
            tells_them_apart = False
        if not tells_them_apart:
            raise forms.ValidationError(_("Write the number as {no} or {no:02}, the year as {year}."))
        return pattern


@admin.register(Pattern)
class PatternAdmin(KeepsWhatIsUsed, admin.ModelAdmin):
    form = PatternForm
    list_display = ("pattern", "kind", "valid_from", "valid_until")
    list_filter = ("kind",)


@admin.register(Boilerplate)
class BoilerplateAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("valid_from", "valid_until", "text")
    fields = (("text_vi", "text_en"), ("valid_from", "valid_until"))
