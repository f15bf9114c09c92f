"""Accreditation inside: rounds with their quotas, requests with their files, badges, the gate."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltranslation.admin import TranslationAdmin

from portal.history.actions import note
from portal.languages.dates import short_day
from portal.languages.truncation import truncate
from pressroom.actions import accreditation
from pressroom.admin.columns import day, moment
from pressroom.admin.days import PossibleDays
from pressroom.admin.gate import badge, badges, check_in, gate, gate_csv, gate_printed
from pressroom.admin.registers import Register
from pressroom.admin.steps import Button, WithSteps
from pressroom.models import (
    AccreditationFile,
    AccreditationRequest,
    AccreditationRound,
    OutletQuota,
)

State = AccreditationRequest.State


class QuotaInline(admin.TabularInline):
    model = OutletQuota
    extra = 0
    autocomplete_fields = ["outlet"]


@admin.register(AccreditationRound)
class AccreditationRoundAdmin(PossibleDays, TranslationAdmin):
    list_display = [
        "title",
        day("first_day", _("first day")),
        "place",
        moment("closes_at", _("requests until")),
        "waiting",
        "accepted",
        "came",
    ]
    list_per_page = 50
    inlines = [QuotaInline]
    autocomplete_fields = ["briefing"]
    view_on_site = False
    change_form_template = "admin/pressroom/round_change.html"
    change_list_template = "admin/pressroom/register.html"
    fieldsets = [
        (None, {"fields": [("title_vi", "title_en"), ("place_vi", "place_en"), ("first_day", "last_day"), "briefing"]}),
        (_("Requests"), {"fields": [("opens_at", "closes_at"), ("seats_per_outlet", "keep_files_for"),
                                    ("terms_vi", "terms_en")]}),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        def counted(**state: Any) -> Count:
            return Count("requests", filter=Q(**state), distinct=True)

        return (
            super()
            .get_queryset(request)
            .annotate(
                waiting_count=counted(requests__state__in=["received", "checked"]),
                accepted_count=counted(requests__state="accepted"),
                came_count=counted(requests__checked_in_at__isnull=False),
            )
        )

    @admin.display(description=_("to decide"))
    def waiting(self, round_: AccreditationRound) -> int:
        return round_.waiting_count

    @admin.display(description=pgettext_lazy("request", "accepted"))
    def accepted(self, round_: AccreditationRound) -> int:
        return round_.accepted_count

    @admin.display(description=_("came in"))
    def came(self, round_: AccreditationRound) -> int:
        return round_.came_count

    def get_urls(self) -> list[Any]:
        staff = self.admin_site.admin_view
        own = [
            path("<int:pk>/gate/", staff(gate), name="pressroom_accreditation_gate"),
            path("<int:pk>/gate.csv", staff(gate_csv), name="pressroom_accreditation_gate_csv"),
            path("<int:pk>/gate.pdf", staff(gate_printed), name="pressroom_accreditation_gate_pdf"),
            path("<int:pk>/badges.pdf", staff(badges), name="pressroom_accreditation_badges"),
            path("badge/<str:code>/", staff(badge), name="pressroom_accreditation_badge"),
            path("badge/<str:code>/check-in/", staff(check_in), name="pressroom_accreditation_check_in"),
        ]
        return [*own, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        accreditation.save_round(obj, by=request.user, now=timezone.now())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        offered = super().get_actions(request)
        offered.pop("delete_selected", None)
        return offered

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Taken out only while nobody has asked."""
        return obj is not None and not obj.requests.exists() and super().has_delete_permission(request, obj)


class RequestForm(forms.ModelForm):
    """What the press office may put right; the rest stands as it was sent."""

    class Meta:
        model = AccreditationRequest
        fields = [
            "outlet", "journalist", "role", "phone", "card_kind", "card_number", "card_issuer", "card_valid_until",
            "equipment",
        ]  # fmt: skip

    def _post_clean(self) -> None:
        """The form’s own words for what the action would refuse: here nothing typed is lost."""
        super()._post_clean()
        kept = AccreditationRequest.objects.select_related("round").get(pk=self.instance.pk)
        if reason := accreditation.reason_against(kept, self.instance):
            self.add_error(None, reason)


@admin.register(AccreditationRequest)
class AccreditationRequestAdmin(Register, WithSteps):
    form = RequestForm
    list_display = [
        "full_name",
        "outlet_shown_here",
        "event",
        day("card_valid_until", _("valid until")),
        day("received_at", _("received")),
        "state",
        moment("checked_in_at", _("came in")),
    ]
    list_filter = ["state", ("round", RelatedOnlyFieldListFilter), ("outlet", RelatedOnlyFieldListFilter)]
    list_select_related = ["round", "outlet"]
    search_help_text = _(
        "Words of the name, the outlet, the address, the card or the code, with or without diacritics."
    )
    autocomplete_fields = ["outlet", "journalist"]
    fieldsets = [
        (None, {"fields": ["outlet", "journalist", ("role", "phone"), "equipment"]}),
        (
            _("Press card or permit"),
            {"fields": [("card_kind", "card_number"), ("card_issuer", "card_valid_until")]},
        ),
    ]
    actions = ["mark_checked", "give_badges", "let_wait"]
    note_label = _("Reason; of a refusal the person reads it")
    buttons = {
        "check": Button(
            _("Papers are in order"), frozenset({State.RECEIVED}),
            lambda thing, by, now, why: accreditation.check(thing, by=by, now=now, why=why),
        ),
        "accept": Button(
            _("Give a badge"), frozenset({State.CHECKED, State.WAITING}),
            lambda thing, by, now, why: accreditation.accept(thing, by=by, now=now, why=why),
        ),
        "wait": Button(
            _("Waiting list"), frozenset({State.CHECKED}),
            lambda thing, by, now, why: accreditation.put_on_waiting_list(thing, by=by, now=now, why=why),
        ),
        "reopen": Button(
            _("Look at it again"), frozenset({State.REFUSED, State.ACCEPTED, State.WAITING}),
            lambda thing, by, now, why: accreditation.reopen(thing, by=by, now=now, why=why),
        ),
        "refuse": Button(
            _("Refuse"), frozenset(State) - {State.REFUSED},
            lambda thing, by, now, why: accreditation.refuse(thing, by=by, now=now, why=why), grave=True,
        ),
    }  # fmt: skip

    @admin.display(description=_("outlet"), ordering="outlet__name_vi")
    def outlet_shown_here(self, request: AccreditationRequest) -> str:
        return request.outlet_shown

    @admin.display(description=_("event"), ordering="round__first_day")
    def event(self, request: AccreditationRequest) -> str:
        return truncate(str(request.round), 60)

    def facts(self, thing: Any) -> list[tuple[Any, Any]]:
        left = accreditation.seats_left(thing.round, thing.outlet_id) if thing.outlet_id else None
        return [
            (_("event"), f"{thing.round}, {short_day(thing.round.first_day, 'vi')}"),
            (_("outlet as written"), thing.outlet_name),
            (_("badges left for the outlet"), "" if left is None else str(left)),
            (_("e-mail"), thing.email),
            (_("code"), thing.code),
            (_("reason"), thing.reason),
            (_("files"), _file_links(thing)),
        ]

    def is_only_looked_at(self, thing: Any) -> bool:
        return thing.is_erased

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        file = path(
            "file/<int:pk>/", self.admin_site.admin_view(self.file), name="pressroom_accreditation_file"
        )
        return [file, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        accreditation.describe(obj, by=request.user, now=timezone.now())

    def file(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """A scan, for whoever decides; who looked at it is written down."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        found = get_object_or_404(AccreditationFile.objects.filter(purged_at=None), pk=pk)
        try:
            content = found.content.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        note(found.request, "opened a file", by=request.user, now=timezone.now(), file=found.pk)
        response = FileResponse(content, content_type=found.media_type)
        response.headers["Content-Disposition"] = "inline"
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    @admin.action(description=_("Papers are in order"), permissions=["change"])
    def mark_checked(self, request: HttpRequest, chosen: QuerySet) -> None:
        self.press_for_all(request, chosen, "check")

    @admin.action(description=_("Give a badge"), permissions=["change"])
    def give_badges(self, request: HttpRequest, chosen: QuerySet) -> None:
        self.press_for_all(request, chosen, "accept")

    @admin.action(description=_("Waiting list"), permissions=["change"])
    def let_wait(self, request: HttpRequest, chosen: QuerySet) -> None:
        self.press_for_all(request, chosen, "wait")


def _file_links(request: AccreditationRequest) -> Any:
    return format_html_join(mark_safe("<br>"), "{}", ((_file_link(file),) for file in request.files.all()))


def _file_link(file: AccreditationFile) -> Any:
    if file.purged_at:
        return _("%(file)s: deleted on %(day)s") % {"file": file, "day": short_day(file.purged_at, "vi")}
    url = reverse("admin:pressroom_accreditation_file", args=[file.pk])
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', url, file)
