"""The directory in the admin: lists of names; every change goes through the actions, which keep the history."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin, RelatedOnlyFieldListFilter
from django.contrib.admin.utils import unquote
from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from portal.accounts.refusal import Refused
from portal.directory import actions, views
from portal.directory.forms import PostForm
from portal.directory.models import Address, Country, Organisation, Post

BY_WORDS = _("Words of the names, the country or the address, with or without diacritics.")


class DirectoryAdmin(TranslationAdmin):
    """Found without diacritics, saved and taken out by the actions, never deleted in bulk."""

    search_fields = ["folded"]
    search_help_text = BY_WORDS
    list_per_page = 50
    view_on_site = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return queryset.matching(search_term), False

    def save_model(self, request: HttpRequest, row: Any, form: ModelForm, change: bool) -> None:
        actions.save(row, by=request.user, now=timezone.now())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        offered = super().get_actions(request)
        offered.pop("delete_selected", None)
        return offered

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is in use is kept, and the person is told what to do instead."""
        row = self.get_object(request, unquote(object_id))
        try:
            if request.method == "POST" and row and self.has_delete_permission(request, row):
                actions.remove(row, by=request.user, now=timezone.now())
                self.message_user(request, _("“%(name)s” was removed.") % {"name": row}, messages.SUCCESS)
                return redirect(f"admin:directory_{self.opts.model_name}_changelist")
            response = super().delete_view(request, object_id, extra_context)
            if row and (getattr(response, "context_data", None) or {}).get("protected"):
                raise actions.in_use(row)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(f"admin:directory_{self.opts.model_name}_change", object_id)
        return response


@admin.register(Country)
class CountryAdmin(DirectoryAdmin):
    list_display = ["name", "code", "national_day", "relations_since"]
    fields = ["code", ("name_vi", "name_en"), "national_day", "relations_since"]


class Posts(TranslationTabularInline):
    model = Post
    fields = ["title", "language", "is_general", "is_active", "address"]
    readonly_fields = ["address"]
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        return super().get_queryset(request).with_current_address()

    @admin.display(description=_("current address"))
    def address(self, post: Post) -> str:
        return str(post.current_address or "–") if post.pk else "–"


@admin.register(Organisation)
class OrganisationAdmin(DirectoryAdmin):
    list_display = ["name", "kind", "country", "posts_in_use", "is_active"]
    list_filter = ["kind", ("country", RelatedOnlyFieldListFilter), "posts__language", "is_active"]
    list_select_related = ["country"]
    fields = [("kind", "country"), ("name_vi", "name_en"), "is_active"]
    autocomplete_fields = ["country"]
    inlines = [Posts]

    def get_urls(self) -> list[URLPattern]:
        """With the pages of the whole directory."""
        staff = self.admin_site.admin_view
        pages = [
            path("import/", staff(views.upload), name="directory_import"),
            path("import/plan/", staff(views.import_plan), name="directory_import_plan"),
            path("export.csv", staff(views.export), {"extension": "csv"}, name="directory_export_csv"),
            path("export.xlsx", staff(views.export), {"extension": "xlsx"}, name="directory_export_xlsx"),
            path("review/", staff(views.review), name="directory_review"),
        ]
        return [*pages, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        in_use = Count("posts", filter=Q(posts__is_active=True), distinct=True)
        return super().get_queryset(request).annotate(posts_in_use=in_use)

    @admin.display(description=_("posts"), ordering="posts_in_use")
    def posts_in_use(self, organisation: Organisation) -> int:
        return organisation.posts_in_use

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        for post in formset.save(commit=False):
            actions.save(post, by=request.user, now=timezone.now())
        formset.save_m2m()


class AddressHistory(admin.TabularInline):
    """The addresses the post has had, to read only."""

    model = Address
    verbose_name_plural = _("addresses so far")
    fields = readonly_fields = ["readable_email", "holder", "since", "left_on", "note"]
    extra = 0
    can_delete = False

    @admin.display(description=_("e-mail"))
    def readable_email(self, address: Address) -> str:
        return address.readable_email

    def has_add_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Post | None = None) -> bool:
        return request.user.has_perm("directory.view_post") or request.user.has_perm("directory.change_post")


@admin.register(Post)
class PostAdmin(DirectoryAdmin):
    form = PostForm
    list_display = ["organisation", "title", "address", "language", "is_active"]
    list_display_links = ["organisation", "title"]
    list_filter = [
        "organisation__kind",
        ("organisation__country", RelatedOnlyFieldListFilter),
        "language",
        "is_general",
        "is_active",
    ]
    fieldsets = [
        (None, {"fields": ["organisation", ("title_vi", "title_en"), ("salutation_vi", "salutation_en")]}),
        (None, {"fields": ["language", "is_general", "is_active"]}),
        (_("Current address"), {"fields": ["email", "holder", "note"]}),
    ]
    autocomplete_fields = ["organisation"]
    inlines = [AddressHistory]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        return super().get_queryset(request).with_current_address()

    @admin.display(description=_("current address"))
    def address(self, post: Post) -> str:
        return str(post.current_address or "–")

    def get_inlines(self, request: HttpRequest, obj: Post | None) -> list[type[ModelAdmin]]:
        return self.inlines if obj else []

    def save_model(self, request: HttpRequest, post: Post, form: PostForm, change: bool) -> None:
        super().save_model(request, post, form, change)
        by, now = request.user, timezone.now()
        if form.is_leaving and form.current:
            actions.leave_post(form.current, by=by, now=now, note=form.cleaned_data["note"])
        elif form.is_new_address:
            email, holder = form.cleaned_data["email"], form.cleaned_data["holder"]
            note = form.cleaned_data["note"]
            actions.change_address(post, email, holder=holder, by=by, now=now, note=note)
