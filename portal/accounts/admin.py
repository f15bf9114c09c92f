"""Staff and units in the admin. Accounts are closed, not deleted: what people did keeps their name."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static import admin as otp_static_admin
from django_otp.plugins.otp_totp import admin as otp_totp_admin
from django_otp.plugins.otp_totp.models import TOTPDevice
from modeltranslation.admin import TranslationAdmin

from portal.accounts import actions
from portal.accounts.forms import GivenPasswordForm, NewStaffForm, StaffForm
from portal.accounts.models import AccountEvent, Unit, User
from portal.accounts.refusal import Refused

FOR_SUPERUSERS = ["is_superuser", "user_permissions"]
MOMENTS = ["last_login", "date_joined", "password_changed_at", "password_must_change"]

# Second factors are set up by their owners and taken away by the actions below, which keep the account's history.
for devices in (otp_static_admin.StaticDevice, otp_totp_admin.TOTPDevice):
    admin.site.unregister(devices)


@admin.register(Unit)
class UnitAdmin(TranslationAdmin):
    list_display = ["name", "code", "parent", "head"]
    list_select_related = ["parent", "head"]
    search_fields = ["name_vi", "name_en", "code"]
    autocomplete_fields = ["parent", "head"]


class AccountEvents(admin.TabularInline):
    """What happened to this account, to read only."""

    model = AccountEvent
    fk_name = "user"
    fields = readonly_fields = ["at", "verb", "by", "note"]
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccountEvent]:
        return super().get_queryset(request).select_related("by")

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return request.user.has_perm("accounts.view_user") or request.user.has_perm("accounts.change_user")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = StaffForm
    add_form = NewStaffForm
    add_form_template = None
    change_password_form = GivenPasswordForm
    list_display = [
        "username",
        "full_name",
        "unit",
        "roles",
        "language",
        "second_factor",
        "last_login",
        "is_active",
    ]
    list_select_related = ["unit"]
    list_filter = ["is_active", "groups", "unit", "language", "is_superuser"]
    search_fields = ["username", "full_name", "pen_name", "email"]
    autocomplete_fields = ["unit"]
    filter_horizontal = ["user_permissions"]
    readonly_fields = MOMENTS
    inlines = [AccountEvents]
    actions = ["close_accounts", "reopen_accounts", "forget_second_factors"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["full_name", "pen_name", "email", "unit", "language"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "groups", "is_superuser", "user_permissions"]}),
        (_("Moments"), {"fields": MOMENTS}),
    ]
    add_fieldsets = [(None, {"fields": [*NewStaffForm.Meta.fields, "password1", "password2"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        device = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return (
            super()
            .get_queryset(request)
            .prefetch_related("groups")
            .annotate(with_second_factor=Exists(device))
        )

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(sorted(group.name for group in user.groups.all()))

    @admin.display(description=_("second factor"), boolean=True, ordering="with_second_factor")
    def second_factor(self, user: User) -> bool:
        return user.with_second_factor

    def get_inlines(self, request: HttpRequest, obj: User | None) -> list[type[admin.TabularInline]]:
        return self.inlines if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Only a superuser makes superusers or hands out single rights."""
        fields = list(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else [*fields, *FOR_SUPERUSERS]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody but a superuser changes a superuser, or resets their password."""
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj and actions.last_superuser_refusal(obj):
            return False
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Accounts are closed in bulk, never deleted in bulk."""
        offered = super().get_actions(request)
        offered.pop("delete_selected", None)
        return offered

    def save_model(self, request: HttpRequest, user: User, form: ModelForm, change: bool) -> None:
        """Opening, closing and reopening go through their actions, which keep the account's history."""
        if not change:
            user.is_staff = True
            super().save_model(request, user, form, change)
            actions.record(user, AccountEvent.Verb.OPENED, by=request.user, now=timezone.now())
            actions.demand_new_password(user, by=request.user, now=timezone.now())
            return
        active = user.is_active
        if "is_active" in form.changed_data:
            user.is_active = form.initial["is_active"]
        super().save_model(request, user, form, change)
        if "is_active" in form.changed_data:
            step = actions.reopen_account if active else actions.close_account
            step(user, by=request.user, now=timezone.now())

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool) -> None:
        before = _role_names(form.instance)
        super().save_related(request, form, formsets, change)
        after = _role_names(form.instance)
        if before != after:
            actions.record(
                form.instance,
                AccountEvent.Verb.ROLES_CHANGED,
                by=request.user,
                now=timezone.now(),
                note=_difference(before, after),
            )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """A password given by somebody else is for one sign-in; one's own is changed on one's own page."""
        if id == str(request.user.pk):
            return redirect("admin:password_change")
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            actions.demand_new_password(User.objects.get(pk=id), by=request.user, now=timezone.now())
        return response

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who has left a trace stays: say so, instead of listing tables."""
        try:
            response = super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            return self._keep(request, object_id)
        if getattr(response, "context_data", None) and response.context_data.get("protected"):
            return self._keep(request, object_id)
        return response

    def _keep(self, request: HttpRequest, object_id: str) -> HttpResponse:
        self.message_user(
            request,
            _("This account has left traces and cannot be deleted. Close it instead: untick “Active”."),
            messages.ERROR,
        )
        return redirect(reverse("admin:accounts_user_change", args=[object_id]))

    @admin.action(description=_("Close the selected accounts"), permissions=["change"])
    def close_accounts(self, request: HttpRequest, users: QuerySet[User]) -> None:
        closed = [user for user in users if self._done(request, user, actions.close_account)]
        self._say(
            request,
            ngettext("%(count)d account was closed.", "%(count)d accounts were closed.", len(closed)),
            len(closed),
        )

    @admin.action(description=_("Reopen the selected accounts"), permissions=["change"])
    def reopen_accounts(self, request: HttpRequest, users: QuerySet[User]) -> None:
        reopened = [user for user in users if self._done(request, user, actions.reopen_account)]
        self._say(
            request,
            ngettext("%(count)d account is open again.", "%(count)d accounts are open again.", len(reopened)),
            len(reopened),
        )

    @admin.action(
        description=_("Remove the second factor of those who lost phone and codes"), permissions=["change"]
    )
    def forget_second_factors(self, request: HttpRequest, users: QuerySet[User]) -> None:
        freed = [user for user in users if self._done(request, user, actions.forget_second_factor)]
        self._say(
            request,
            ngettext(
                "%(count)d person signs in with the password alone and then chooses a new one.",
                "%(count)d people sign in with the password alone and then choose a new one.",
                len(freed),
            ),
            len(freed),
        )

    def _done(self, request: HttpRequest, user: User, action: Any) -> bool:
        """Do it to one account; a refusal is told and does not stop the rest."""
        if not self.has_change_permission(request, user):
            self.message_user(
                request, _("Only a superuser may change a superuser’s account."), messages.ERROR
            )
            return False
        try:
            action(user, by=request.user, now=timezone.now())
        except Refused as refusal:
            self.message_user(request, f"{user}: {refusal.reason}", messages.ERROR)
            return False
        return True

    def _say(self, request: HttpRequest, message: str, count: int) -> None:
        if count:
            self.message_user(request, message % {"count": count}, messages.SUCCESS)


def _may_touch(request: HttpRequest, user: User | None) -> bool:
    return user is None or request.user.is_superuser or not user.is_superuser


def _difference(before: set[str], after: set[str]) -> str:
    """What was given and what was taken, as "+approver, −writer"."""
    given = [f"+{name}" for name in sorted(after - before)]
    taken = [f"−{name}" for name in sorted(before - after)]
    return ", ".join(given + taken)


def _role_names(user: User) -> set[str]:
    return set(Group.objects.filter(user=user).values_list("name", flat=True))
