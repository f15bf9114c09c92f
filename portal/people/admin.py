"""The register of people: lists of names; every change goes through the actions, which keep the history."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseFormSet, ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from portal.languages.dates import vietnamese_day
from portal.people import actions
from portal.people.models import Office, Person
from portal.web.deleting import KeepsWhatIsUsed


class OfficeInline(TranslationTabularInline):
    model = Office
    extra = 0
    fields = ("title_vi", "title_en", "since", "until", "position")


@admin.register(Person)
class PersonAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("full_name", "office_today", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("folded",)
    search_help_text = _("Words of the name or the title, with or without diacritics.")
    autocomplete_fields: ClassVar[list[str]] = ["organisation"]
    inlines: ClassVar[list[Any]] = [OfficeInline]
    fields = (("full_name", "given_name", "address"), "organisation", ("biography_vi", "biography_en"))
    list_per_page = 50
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_offices()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return queryset.matching(search_term), False

    @admin.display(description=_("title today"))
    def office_today(self, person: Person) -> str:
        return str(person.office_on(vietnamese_day(timezone.now())) or "—")

    def save_model(self, request: HttpRequest, person: Person, form: ModelForm, change: bool) -> None:
        actions.save(person, by=request.user, now=timezone.now())

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseFormSet, change: bool) -> None:
        for office in formset.save(commit=False):
            actions.save_office(office, by=request.user, now=timezone.now())
        for office in formset.deleted_objects:
            office.delete()
