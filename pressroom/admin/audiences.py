"""The rule over journalists, edited on the page of the mailing list it fills."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.languages.numbers import number
from portal.mailing.admin.lists import add_rule
from pressroom.audiences import reached
from pressroom.models import Journalist, JournalistRule


class RuleForm(forms.ModelForm):
    class Meta:
        model = JournalistRule
        fields = ["accreditation", "card_kind", "language", "beats", "outlets", "countries"]
        widgets = {"beats": forms.CheckboxSelectMultiple}


class JournalistRuleInline(admin.StackedInline):
    model = JournalistRule
    form = RuleForm
    extra = 0
    max_num = 1
    fields = [
        ("accreditation", "card_kind", "language"), "beats", "outlets", "countries", "reached_today",
    ]  # fmt: skip
    autocomplete_fields = ["outlets", "countries"]
    readonly_fields = ["reached_today"]

    @admin.display(description=_("reaches today"))
    def reached_today(self, rule: JournalistRule) -> Any:
        """By language, because a mailing in one language reaches those who want it."""
        if rule.pk is None:
            return "–"
        wanted = (
            reached(rule).exclude(frequency=Journalist.Frequency.NEVER).values_list("language", flat=True)
        )
        found = list(wanted)
        return _("%(vietnamese)s in Vietnamese, %(english)s in English") % {
            "vietnamese": number(found.count("vi"), "vi"), "english": number(found.count("en"), "vi"),
        }  # fmt: skip


add_rule(JournalistRuleInline)
