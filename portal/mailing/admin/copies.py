"""What went out: to look at; a person decides what no machine can."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.mailing.actions import sending
from portal.mailing.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    """Every copy. Nothing can be changed but what is uncertain: a person decides about it."""

    list_display = [
        "email",
        "name",
        "message",
        "state",
        "reason",
        "reply",
        "attempts",
        "queued_at",
        "answered_at",
    ]
    list_filter = ["state", "stage"]
    list_select_related = ["message"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["email", "name"]
    ordering = ["-pk"]
    actions = ["it_arrived", "send_it_again"]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup == "mailing__id__exact" or super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).shown_to(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mailing.send_mailing")

    @admin.action(description=_("Uncertain: it arrived"), permissions=["decide"])
    def it_arrived(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        self._decide(request, chosen, arrived=True)

    @admin.action(description=_("Uncertain: send it again"), permissions=["decide"])
    def send_it_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        self._decide(request, chosen, arrived=False)

    def _decide(self, request: HttpRequest, chosen: QuerySet[Delivery], *, arrived: bool) -> None:
        for delivery in chosen:
            try:
                sending.decide(delivery, arrived=arrived, by=request.user, now=timezone.now())
            except Refused as refusal:
                self.message_user(request, f"{delivery.email}: {refusal}", messages.ERROR)
