"""What came back: to look at, and of automatic replies to decide what becomes of the post."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from portal.mailing.actions import answering
from portal.mailing.forms import ReplyForm
from portal.mailing.models import Returned


@admin.register(Returned)
class ReturnedAdmin(admin.ModelAdmin):
    """Every returned letter; its page is `reply`. Automatic replies wait for a person."""

    list_display = ["recipient", "email", "meaning", "proposed", "at", "decision"]
    list_filter = ["kind", "says", "decision", ("seen_at", admin.EmptyFieldListFilter)]
    list_select_related = ["delivery"]
    list_per_page = 50
    search_fields = ["delivery__email", "delivery__name", "proposed"]
    ordering = ["-pk"]
    actions = ["nothing_to_do"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Returned]:
        return super().get_queryset(request).shown_to(request.user)

    @admin.display(description=_("recipient"), ordering="delivery__name")
    def recipient(self, returned: Returned) -> str:
        return returned.delivery.name or returned.delivery.email

    @admin.display(description=_("address"), ordering="delivery__email")
    def email(self, returned: Returned) -> str:
        return returned.delivery.email

    @admin.display(description=_("says"), ordering="says")
    def meaning(self, returned: Returned) -> str:
        return returned.get_says_display() or f"{returned.get_kind_display()} {returned.status}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Returned | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Returned | None = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return reply(request, object_id)

    @admin.action(description=_("Nothing to do"), permissions=["view"])
    def nothing_to_do(self, request: HttpRequest, chosen: QuerySet[Returned]) -> None:
        for each in chosen.to_do():
            answering.nothing_to_do(each, by=request.user, now=timezone.now())


def reply(request: HttpRequest, pk: str) -> HttpResponse:
    """One returned letter with its words and, while it waits, the three decisions."""
    found = get_object_or_404(
        Returned.objects.shown_to(request.user).select_related(
            "delivery__message", "delivery__mailing", "seen_by"
        ),
        pk=pk if pk.isdecimal() else None,
    )
    decision: Any = request.POST.get("decision", "")
    form = ReplyForm(request.POST or None, reply=found, decision=decision)
    if decision in Returned.Decision.values and form.is_valid():
        try:
            _decide(request, found, decision, form.cleaned_data)
            messages.success(
                request, _("Decided: %(decision)s.") % {"decision": Returned.Decision(decision).label}
            )
            return redirect("admin:mailing_returned_changelist")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return staff_page(request, "mailing/reply.html", {
        "title": found.delivery.email, "reply": found, "form": form, "opts": Returned._meta,
        "may_change": request.user.has_perm("directory.change_post"),
    })  # fmt: skip


def _decide(request: HttpRequest, found: Returned, decision: Any, said: dict[str, Any]) -> None:
    by, now, note = request.user, timezone.now(), said["note"]
    if decision == Returned.Decision.NOTHING:
        answering.nothing_to_do(found, by=by, now=now, note=note)
        return
    if not request.user.has_perm("directory.change_post"):
        raise PermissionDenied
    if decision == Returned.Decision.NEW_ADDRESS:
        answering.give_address(
            found, said["email"], said["posts"], holder=said["holder"], note=note, by=by, now=now
        )
    elif decision == Returned.Decision.LEFT:
        answering.leave_empty(found, said["posts"], note=note, by=by, now=now)
