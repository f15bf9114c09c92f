"""Deleting what is in use: refused in words that name the uses, never with a failure."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

NAMED = 5


def uses_of(row: models.Model, *, most: int = NAMED) -> list[str]:
    """What refers to a row and would lose it: “article: Tập huấn …”; at most `most` of each kind."""
    uses = []
    for relation in row._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation) or relation.concrete:
            continue
        if relation.many_to_many or getattr(relation, "on_delete", None) in {models.PROTECT, models.RESTRICT}:
            users = relation.related_model._base_manager.filter(**{relation.field.name: row})[:most]
            uses += [f"{user._meta.verbose_name}: {user}" for user in users]
    return uses


class KeepsWhatIsUsed(ModelAdmin):
    """A ModelAdmin to inherit first: no deleting in bulk, and none of what is in use."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        offered = super().get_actions(request)
        offered.pop("delete_selected", None)
        return offered

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if not self.has_delete_permission(
            request, row
        ):  # whoever may not delete it is not told by what it is used
            raise PermissionDenied
        if row is not None and (uses := uses_of(row)):
            return self._refuse(request, row, uses)
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ProtectedError, RestrictedError):
            return self._refuse(request, row, uses_of(row))

    def _refuse(self, request: HttpRequest, row: models.Model, uses: list[str]) -> HttpResponse:
        self.message_user(
            request,
            _("“%(name)s” is still used and cannot be deleted. Used by: %(uses)s")
            % {"name": row, "uses": "; ".join(uses)},
            messages.ERROR,
        )
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk]))
