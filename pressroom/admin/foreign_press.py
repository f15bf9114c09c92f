"""The desk for foreign press: requests by state and period, their history, and the answers."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.languages.dates import vietnamese_day
from pressroom.actions import foreign_press
from pressroom.admin.columns import day
from pressroom.admin.registers import Register, exported
from pressroom.admin.steps import Button, WithSteps
from pressroom.models import ForeignPressRequest

State = ForeignPressRequest.State


class OpenFilter(SimpleListFilter):
    title = _("open")
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("open")), ("mine", _("mine")), ("here", _("in the country today"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "yes":
            return queryset.open()
        if self.value() == "mine":
            return queryset.open().filter(assigned_to=request.user)
        if self.value() == "here":
            return queryset.in_country_on(vietnamese_day(timezone.now()))
        return queryset


def _to(state: Any) -> Any:
    return lambda thing, by, now, words: foreign_press.move(thing, state, answer=words, by=by, now=now)


def _from(state: Any) -> frozenset[Any]:
    """The states from which this one can be reached."""
    return frozenset(source for source, targets in foreign_press.WAYS.items() if state in targets)


@admin.register(ForeignPressRequest)
class ForeignPressRequestAdmin(Register, WithSteps):
    list_display = [
        "code",
        "kind",
        "outlet_name",
        "country",
        day("first_day", _("first day")),
        day("last_day", _("last day")),
        "assigned_to",
        "state",
    ]
    list_filter = [
        OpenFilter, "state", "kind", ("assigned_to", RelatedOnlyFieldListFilter),
        ("country", RelatedOnlyFieldListFilter), "first_day",
    ]  # fmt: skip
    list_select_related = ["country", "assigned_to"]
    search_help_text = _(
        "Words of the name, the outlet, the places, the subject or the code, with or without diacritics."
    )
    autocomplete_fields = ["country", "journalist"]
    fieldsets = [
        (None, {"fields": ["assigned_to", ("kind", "people"), ("first_day", "last_day"), "places", "subject"]}),
        (_("Newsroom"), {"fields": [("full_name", "outlet_name"), ("country", "journalist"), ("email", "phone"),
                                    "language"]}),
    ]  # fmt: skip
    change_form_template = "admin/pressroom/foreign_press_change.html"
    change_list_template = "admin/pressroom/foreign_press_list.html"
    note_label = _("Answer to the newsroom: it goes out as a letter and stands on the page of the request")
    buttons = {
        "in_hand": Button(_("Take it in hand"), _from(State.IN_HAND), _to(State.IN_HAND)),
        "answer": Button(
            _("Only answer"), frozenset(State),
            lambda thing, by, now, words: foreign_press.answer(thing, words, by=by, now=now),
        ),
        "asked_back": Button(_("Ask the newsroom back"), _from(State.ASKED_BACK), _to(State.ASKED_BACK)),
        "arranged": Button(_("Arranged"), _from(State.ARRANGED), _to(State.ARRANGED)),
        "declined": Button(_("Decline"), _from(State.DECLINED), _to(State.DECLINED), grave=True),
        "withdrawn": Button(
            _("The newsroom has withdrawn it"), _from(State.WITHDRAWN), _to(State.WITHDRAWN), grave=True
        ),
    }  # fmt: skip

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An officer is one who works at this desk."""
        if db_field.name == "assigned_to":
            kwargs["queryset"] = User.objects.filter(is_active=True, groups__name="press officer").order_by(
                "full_name"
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def is_only_looked_at(self, thing: Any) -> bool:
        return thing.is_erased

    def sheet(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        return {
            **super().sheet(request, thing), "long_note": True, "history": thing.steps.select_related("by"),
        }  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        foreign_press.save(obj, by=request.user, now=timezone.now())

    def get_urls(self) -> list[Any]:
        staff = self.admin_site.admin_view
        own = [
            path(
                "export.csv",
                staff(self.export),
                {"extension": "csv"},
                name="pressroom_foreignpressrequest_csv",
            ),
            path(
                "export.xlsx",
                staff(self.export),
                {"extension": "xlsx"},
                name="pressroom_foreignpressrequest_xlsx",
            ),
        ]
        return [*own, *super().get_urls()]

    def export(self, request: HttpRequest, extension: str) -> HttpResponse:
        return exported(self, request, "foreign-press", extension, _rows)


def _rows(requests: QuerySet[ForeignPressRequest]) -> Iterator[Iterable[str]]:
    yield ["code", "kind", "state", "outlet", "country", "full_name", "email", "phone", "people", "from", "until",
           "places", "subject", "officer", "received"]  # fmt: skip
    for each in requests.select_related("country", "assigned_to"):
        yield [
            each.code, each.kind, each.state, each.outlet_name, each.country.code if each.country else "",
            each.full_name, each.email, each.phone, str(each.people), each.first_day.isoformat(),
            each.last_day.isoformat(), each.places, each.subject, str(each.assigned_to or ""),
            vietnamese_day(each.received_at).isoformat(),
        ]  # fmt: skip
