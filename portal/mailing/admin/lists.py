"""Whom lists reach, and who is left alone."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from portal.directory.models import Organisation
from portal.mailing.actions import suppressing
from portal.mailing.models import Interest, MailingList, Subscription, Suppression


class MailingListForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of organisation"), choices=Organisation.Kind.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        widgets = {"topics": forms.CheckboxSelectMultiple}


@admin.register(MailingList)
class MailingListAdmin(TranslationAdmin):
    form = MailingListForm
    list_display = ["title", "is_public", "subscribed", "position"]
    autocomplete_fields = ["countries", "posts", "left_out"]
    prepopulated_fields = {"slug": ("title",)}
    inlines: list[Any] = []  # rules of sections, see `add_rule`

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        confirmed = Count("subscriptions", filter=Q(subscriptions__state=Subscription.State.CONFIRMED))
        return super().get_queryset(request).annotate(confirmed=confirmed)

    @admin.display(description=_("confirmed subscribers"))
    def subscribed(self, mailing_list: MailingList) -> int:
        return mailing_list.confirmed

    def has_delete_permission(self, request: HttpRequest, obj: MailingList | None = None) -> bool:
        return False


def add_rule(inline: Any) -> None:
    """For a section's admin: the rule by which it fills a list (`audiences.register`) is edited on the list's own page."""
    if inline not in MailingListAdmin.inlines:
        MailingListAdmin.inlines.append(inline)


@admin.register(Interest)
class InterestAdmin(admin.ModelAdmin):
    """Which posts want to hear of which topics: what lists by topic are made from."""

    list_display = ["post", "topic"]
    list_filter = ["topic"]
    list_select_related = ["post__organisation", "topic"]
    search_fields = ["post__organisation__name_vi", "post__organisation__name_en"]
    autocomplete_fields = ["post"]


@admin.register(Suppression)
class SuppressionAdmin(admin.ModelAdmin):
    """Added by hand with a reason, lifted with a reason, never deleted."""

    list_display = ["email", "cause", "reason", "at", "lifted_at", "lifted_by", "lifted_why"]
    list_filter = ["cause", ("lifted_at", admin.EmptyFieldListFilter)]
    search_fields = ["email"]
    ordering = ["-pk"]
    fields = ["email", "reason"]
    actions = ["lift"]

    def has_change_permission(self, request: HttpRequest, obj: Suppression | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Suppression | None = None) -> bool:
        return False

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mailing.add_suppression")

    def save_model(self, request: HttpRequest, obj: Suppression, form: Any, change: bool) -> None:
        kept = suppressing.suppress(
            obj.email, cause=Suppression.Cause.BY_HAND, reason=obj.reason, by=request.user, now=timezone.now()
        )
        obj.pk = kept.pk

    @admin.action(description=_("Write to them again"), permissions=["lift"])
    def lift(self, request: HttpRequest, chosen: QuerySet[Suppression]) -> None:
        for suppression in chosen:
            suppressing.lift(suppression, why=str(_("by hand")), by=request.user, now=timezone.now())
