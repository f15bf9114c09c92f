"""The register of journalists: particulars, accreditation, duplicates, export and import."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import RelatedOnlyFieldListFilter, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.directory.emails import sendable
from portal.languages.dates import vietnamese_day
from pressroom.actions import journalists as actions
from pressroom.actions import rights
from pressroom.admin.columns import day, moment
from pressroom.admin.journalist_files import EXPORT_COLUMNS, import_journalists
from pressroom.admin.journalist_pairs import compare, duplicates
from pressroom.admin.registers import Register, exported
from pressroom.admin.steps import Button, WithSteps
from pressroom.models import CardReminder, Journalist

State = Journalist.State
VALID_UNTIL = day("card_valid_until", _("valid until"))
OPEN = frozenset({State.KNOWN, State.ACCREDITED, State.LAPSED})


class JournalistForm(forms.ModelForm):
    class Meta:
        model = Journalist
        fields = [
            "full_name", "given_name", "outlet", "role", "email", "phone", "language", "frequency", "beats",
            "card_kind", "card_number", "card_issuer", "card_valid_until", "note",
        ]  # fmt: skip
        widgets = {"beats": forms.CheckboxSelectMultiple}

    def clean_email(self) -> str:
        """Sendable, and of nobody else: the constraint looks at the state, which is not in this form."""
        try:
            email = sendable(self.cleaned_data["email"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if Journalist.objects.active().of_address(email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a journalist of this e-mail address already."))
        return email

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        given, full = said.get("given_name"), said.get("full_name")
        if given and full and not full.endswith(given):
            self.add_error("given_name", _("The full name does not end in this given name."))
        return said


class CardFilter(SimpleListFilter):
    """Cards that run out, by how soon."""

    title = _("card or permit")
    parameter_name = "card"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("soon", _("runs out within 30 days")),
            ("over", _("has run out")),
            ("none", _("no date known")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = vietnamese_day(timezone.now())
        ways: dict[str, dict[str, Any]] = {
            "soon": {"card_valid_until__gte": today, "card_valid_until__lte": today + timedelta(days=30)},
            "over": {"card_valid_until__lt": today},
            "none": {"card_valid_until": None},
        }
        return queryset.filter(**ways.get(self.value() or "", {}))


def _erase(journalist: Journalist, by: Any, now: Any, why: str) -> None:
    if not why.strip():
        raise Refused(_("Say how the person asked to be erased: the reason is kept."))
    rights.erase(journalist, now=now)


@admin.register(Journalist)
class JournalistAdmin(Register, WithSteps):
    form = JournalistForm
    list_display = ["full_name", "outlet", "role", "language", "frequency", VALID_UNTIL, "state"]
    list_filter = [
        "state", CardFilter, "language", "frequency", ("beats", RelatedOnlyFieldListFilter),
        ("outlet__country", RelatedOnlyFieldListFilter), "card_kind",
    ]  # fmt: skip
    list_select_related = ["outlet"]
    search_help_text = _(
        "Words of the name, the outlet, the address or the card, with or without diacritics."
    )
    autocomplete_fields = ["outlet"]
    fieldsets = [
        (None, {"fields": [("full_name", "given_name"), ("outlet", "role")]}),
        (_("Letters"), {"fields": [("email", "phone"), ("language", "frequency"), "beats"]}),
        (
            _("Press card or permit"),
            {"fields": [("card_kind", "card_number"), ("card_issuer", "card_valid_until")]},
        ),
        (None, {"fields": ["note"]}),
    ]
    actions = ["merge_two"]
    change_list_template = "admin/pressroom/journalist_list.html"
    note_label = _("Reason, when something ends")
    buttons = {
        "accredit": Button(
            _("Accredit"), frozenset({State.KNOWN, State.LAPSED}),
            lambda thing, by, now, why: actions.accredit(thing, by=by, now=now, why=why),
        ),
        "end": Button(
            _("End the accreditation"), frozenset({State.ACCREDITED, State.LAPSED}),
            lambda thing, by, now, why: actions.end_accreditation(thing, by=by, now=now, why=why), grave=True,
        ),
        "close": Button(
            _("Close the record"), OPEN, lambda thing, by, now, why: actions.close(thing, by=by, now=now, why=why),
            grave=True,
        ),
        "reopen": Button(
            _("Open the record again"), frozenset({State.CLOSED}),
            lambda thing, by, now, why: actions.reopen(thing, by=by, now=now, why=why),
        ),
        "erase": Button(_("Erase personal data"), frozenset(State), _erase, grave=True),
    }  # fmt: skip

    def buttons_for(self, request: HttpRequest, thing: Any) -> list[tuple[str, Button]]:
        return [] if self.is_only_looked_at(thing) else super().buttons_for(request, thing)

    def is_only_looked_at(self, thing: Any) -> bool:
        return thing.is_erased or thing.merged_into_id is not None

    def facts(self, thing: Any) -> list[tuple[Any, Any]]:
        return [
            (_("merged into"), thing.merged_into),
            (
                _("agreed"),
                thing.consented_at and f"{vietnamese_day(thing.consented_at):%d/%m/%Y}: {thing.consent}",
            ),
        ]

    def get_urls(self) -> list[Any]:
        staff = self.admin_site.admin_view
        own = [
            path("duplicates/", staff(duplicates), name="pressroom_journalist_duplicates"),
            path("compare/<int:first>-<int:second>/", staff(compare), name="pressroom_journalist_compare"),
            path("import/", staff(import_journalists), name="pressroom_journalist_import"),
            path("export.csv", staff(self.export), {"extension": "csv"}, name="pressroom_journalist_csv"),
            path("export.xlsx", staff(self.export), {"extension": "xlsx"}, name="pressroom_journalist_xlsx"),
        ]
        return [*own, *super().get_urls()]

    def save_model(self, request: HttpRequest, journalist: Journalist, form: Any, change: bool) -> None:
        actions.save(journalist, by=request.user, now=timezone.now())

    def export(self, request: HttpRequest, extension: str) -> HttpResponse:
        return exported(self, request, "journalists", extension, _rows)

    @admin.action(description=_("Merge these two"), permissions=["change"])
    def merge_two(self, request: HttpRequest, chosen: QuerySet[Journalist]) -> HttpResponse | None:
        two = sorted(chosen.values_list("pk", flat=True)[:3])
        if len(two) != 2:
            self.message_user(request, _t("Choose exactly two records."), messages.ERROR)
            return None
        return redirect("admin:pressroom_journalist_compare", *two)


def _rows(journalists: QuerySet[Journalist]) -> Iterator[Iterable[str]]:
    """Columns as the import reads them, and what it does not read."""
    yield list(EXPORT_COLUMNS)
    for each in journalists.select_related("outlet").prefetch_related("beats"):
        yield [
            each.full_name, each.email, each.outlet.name_en or "", each.outlet.name_vi or "", each.phone, each.role,
            each.language, each.card_kind, each.card_number, each.card_issuer,
            each.card_valid_until.isoformat() if each.card_valid_until else "", each.frequency,
            "; ".join(topic.title_vi or "" for topic in each.beats.all()), each.state,
        ]  # fmt: skip


@admin.register(CardReminder)
class CardReminderAdmin(admin.ModelAdmin):
    """Cards that run out: seen, or led on to the journalist."""

    list_display = [
        "journalist",
        day("valid_until", _("valid until")),
        "days_before",
        moment("at", _("told")),
        moment("seen_at", _("seen")),
    ]
    list_filter = [("seen_at", admin.EmptyFieldListFilter)]
    list_select_related = ["journalist__outlet"]
    list_per_page = 50
    actions = ["seen"]
    change_list_template = "admin/pressroom/register.html"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        reminder = get_object_or_404(CardReminder, pk=object_id if object_id.isdecimal() else None)
        return redirect(reverse("admin:pressroom_journalist_change", args=[reminder.journalist_id]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Seen"), permissions=["change"])
    def seen(self, request: HttpRequest, chosen: QuerySet[CardReminder]) -> None:
        actions.mark_seen(chosen, now=timezone.now())
