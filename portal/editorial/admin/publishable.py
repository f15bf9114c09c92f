"""The one base of every publishable thing's admin."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.options import csrf_protect_m
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from portal.editorial import actions, content, panels, placing, registry, timeline
from portal.editorial.actions.locking import lock
from portal.editorial.admin import columns, filters
from portal.editorial.admin.lists import PublishableList, matching
from portal.editorial.buttons import desk_url
from portal.editorial.forms import PublishableForm
from portal.editorial.forms.records import RecordsField
from portal.editorial.locks import part_of
from portal.editorial.models import Publishable
from portal.editorial.previews import entry_for_preview
from portal.editorial.sheet import field_names, shared_names, sheet_of
from portal.languages import LANGUAGES
from portal.languages.fields import Records

HISTORY_SHOWN = 8


class PublishableAdmin(TranslationAdmin):
    """Heirs name what is theirs: `shelf_columns`, `shelf_filters`, and Django's own lists of names."""

    shelf_columns: ClassVar[list[Any]] = []
    shelf_filters: ClassVar[list[Any]] = []
    #: Texts written on a page of their own; the sheet shows them to read.
    written_elsewhere: ClassVar[tuple[str, ...]] = ()

    form = PublishableForm
    change_form_template = "admin/editorial/change_form.html"
    change_list_template = "admin/editorial/change_list.html"
    list_per_page = 50
    empty_value_display = ""
    show_full_result_count = False
    search_fields = ["title_vi", "title_en"]
    search_help_text = _("Words of the headline in either language, with or without diacritics.")
    actions = None

    class Media:
        css = {"all": ["portal/ckeditor/portalfigure/picker.css"]}
        js = [
            forms.Script(f"portal/js/admin/{name}.js", type="module")
            for name in ("columns", "dialogs", "placements", "keeping")
        ]

    # The list.

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [columns.titles, columns.state_vi, columns.state_en, columns.truth, *self.shelf_columns]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [
            filters.MineFilter,
            filters.VietnameseState,
            filters.EnglishState,
            filters.TruthFilter,
            *self.shelf_filters,
        ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[PublishableList]:
        return PublishableList

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("editions")

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        return ["working_copy", *(self.list_select_related or [])]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return matching(queryset, search_term), False

    # The form.

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Publishable | None:
        """The row with its editions; locked until the answer is given when something is to be saved."""
        item = super().get_object(request, object_id, from_field)
        if item is None:
            return None
        if request.method == "POST":
            item = lock(item)
        prefetch_related_objects([item], "editions", "working_copy_of__editions")
        return item

    def get_fieldsets(self, request: HttpRequest, obj: Publishable | None = None) -> list[Any]:
        """All fields in one; how they lie on the page is the sheet's business."""
        texts = field_names(self.model, of_a_copy=obj is not None and obj.is_working_copy)
        names = [
            f"{name}_{language}"
            for name in texts
            if name not in self.written_elsewhere
            for language in LANGUAGES
        ]
        return [(None, {"fields": [*names, *shared_names(self.model)]})]

    def get_form(
        self, request: HttpRequest, obj: Publishable | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.person = request.user
        return form

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if isinstance(db_field, Records) and db_field.parts:
            kwargs |= {"form_class": RecordsField, "column": db_field}
        elif (
            isinstance(db_field, models.CharField)
            and not db_field.choices
            and (db_field.max_length or 0) > 200
        ):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField one-line"})
        elif db_field.name == "topics":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        elif isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
            field.help_text = ""
        if language := part_of(self.model, db_field.name):
            field.widget.attrs |= {"lang": language} if language in LANGUAGES else {}
        return field

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *,
        add: bool = False,
        obj: Publishable | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        form = context["adminform"].form
        sheet = sheet_of(form)
        context |= {
            "sheet": sheet,
            "may_save": bool(form.locks.open_parts),
            "media": context["media"] + form.media,
        }
        if obj is not None and not add:
            context |= self._workplace(request, self._as_it_stands(obj))
        context["title"] = self._title(obj)
        context["subtitle"] = None
        return super().render_change_form(request, context, add=add, obj=obj, **kwargs)

    def _title(self, obj: Publishable | None) -> Any:
        if obj is None:
            return _("New: %(kind)s") % {"kind": self.opts.verbose_name}
        return str(obj)

    def _as_it_stands(self, obj: Publishable) -> Publishable:
        """The row as it is in the database, whatever has been typed into the instance of a refused form."""
        item = (
            self.model._default_manager.select_related("created_by")
            .prefetch_related("editions", "working_copy_of__editions")
            .get(pk=obj.pk)
        )
        content.load([item])
        return item

    def _workplace(self, request: HttpRequest, item: Publishable) -> dict[str, Any]:
        """What stands around the sheet: panels, history, working copy, what may be done with the whole."""
        may_write = self.has_change_permission(request, item) and any(
            request.user.has_perm(f"editorial.write_{language}") for language in LANGUAGES
        )
        live = any(edition.was_public for edition in item.editions.all())
        return {
            "item": item,
            "kind": item._meta.label_lower,
            "panels": panels.panels_of(item, request.user, timezone.now()),
            "history": timeline.lines(item, most=HISTORY_SHOWN),
            "copy": None
            if item.is_working_copy
            else self.model._default_manager.filter(working_copy_of=item).first(),
            "may_open_copy": may_write and live and not item.is_working_copy,
            "may_discard_copy": may_write and item.is_working_copy,
            "may_discard_draft": may_write and not live and not item.is_working_copy,
            "previewed": registry.preview_of(self.model) is not None,
        }

    # Saving.

    def save_model(self, request: HttpRequest, obj: Publishable, form: PublishableForm, change: bool) -> None:
        if not change:
            obj.created_at, obj.created_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: PublishableForm, formsets: list[Any], change: bool
    ) -> None:
        """Children, then the version: a save that changed nothing keeps none."""
        form.save_m2m()
        item = form.instance
        if not change:
            actions.start(item, by=request.user, now=timezone.now())
        placing.place(item, form.placements.content() if form.placements.is_bound else None, form.locks)
        kept = actions.record_save(item, by=request.user, now=timezone.now())
        if change:
            renamed = any(name.startswith("slug_") for name in form.changed_data)
            self.message_user(
                request, _("Saved.") if kept or renamed else _("Nothing was changed."), messages.SUCCESS
            )

    def log_addition(self, request: HttpRequest, obj: Publishable, message: Any) -> None:
        """Told by the history of the portal, which is append-only."""

    def log_change(self, request: HttpRequest, obj: Publishable, message: Any) -> None:
        """Told by the history of the portal."""

    def response_add(
        self, request: HttpRequest, obj: Publishable, post_url_continue: str | None = None
    ) -> HttpResponse:
        self.message_user(request, _("The draft is kept."), messages.SUCCESS)
        return redirect(self._address(obj))

    def response_change(self, request: HttpRequest, obj: Publishable) -> HttpResponse:
        if "_save" in request.POST:
            return redirect("admin:index")
        return redirect(self._address(obj))

    def _address(self, obj: Publishable) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])

    # What is not done here.

    def has_delete_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """A draft nobody has seen is discarded, what was public is taken down: both on the desk."""
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        return redirect(desk_url("history", item))

    # The preview of what is typed.

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview_typed"
        typed = path(
            "<path:object_id>/preview/<str:language>/",
            self.admin_site.admin_view(self.preview_typed),
            name=name,
        )
        return [typed, *super().get_urls()]

    @csrf_protect_m
    def preview_typed(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        """The public page of what is in the form now. It is saved to look at it, and the saving is undone."""
        if request.method != "POST" or language not in LANGUAGES:
            raise Http404
        with transaction.atomic():
            response = self._preview_typed(request, object_id, language)
            transaction.set_rollback(True)
        return response

    def _preview_typed(self, request: HttpRequest, object_id: str, language: str) -> HttpResponse:
        item = self.get_object(request, unquote(object_id))
        if item is None or (preview := registry.preview_of(self.model)) is None:
            raise Http404
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        fields = self.get_fieldsets(request, item)[0][1]["fields"]
        form = self.get_form(request, item, change=True, fields=fields)(request.POST, instance=item)
        if not form.is_valid():
            return render(request, "editorial/preview_refused.html", {"form": form}, status=422)
        item = form.save()
        placing.place(item, form.placements.content() if form.placements.is_bound else None, form.locks)
        item = self._as_it_stands(item)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return preview(request, entry_for_preview(item, language, timezone.now()))
