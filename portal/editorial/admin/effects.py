"""What follows steps, in the admin: what failed, why, and another try."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.editorial import effects
from portal.editorial.models import Effect


class Fate(admin.SimpleListFilter):
    """Waiting, failing, given up or done."""

    title = _("what became of it")
    parameter_name = "fate"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("failing", _("failing")),
            ("given_up", _("given up")),
            ("waiting", _("waiting")),
            ("done", _("done")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "failing":
            return queryset.failing()
        if self.value() == "given_up":
            return queryset.filter(done_at=None).exclude(given_up_at=None)
        if self.value() == "waiting":
            return queryset.filter(done_at=None, attempts=0)
        return queryset.exclude(done_at=None) if self.value() == "done" else queryset


@admin.register(Effect)
class EffectAdmin(admin.ModelAdmin):
    """Read only, but for “try again”."""

    list_display = ["name", "key", "queued_at", "attempts", "due_at", "done_at", "given_up_at", "error"]
    list_filter = [Fate, "name"]
    list_per_page = 50
    ordering = ["-pk"]
    show_full_result_count = False
    actions = ["try_again"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Effect]:
        return super().get_queryset(request).shown_to(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Effect | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Effect | None = None) -> bool:
        return False

    def has_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("editorial.change_effect")

    @admin.action(description=_("Try again"), permissions=["again"])
    def try_again(self, request: HttpRequest, failed: QuerySet[Effect]) -> None:
        count = effects.try_again(failed, timezone.now())
        self.message_user(
            request,
            ngettext("%(count)d effect will be tried again.", "%(count)d effects will be tried again.", count)
            % {"count": count},
        )
