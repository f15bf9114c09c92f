"""Deleting what is in use: refused in words that name the uses, never with a failure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.seeing import and_unseen, may_see

NAMED = 5


@dataclass(frozen=True)
class Uses:
    """What refers to a row and would lose it: named for whoever may see it, counted for whoever may not."""

    names: list[str]
    unseen: int

    def __bool__(self) -> bool:
        return bool(self.names or self.unseen)

    def __str__(self) -> str:
        return "; ".join(and_unseen(self.names, self.unseen))


def uses_of(row: models.Model, person: User, *, most: int = NAMED) -> Uses:
    """“article: Tập huấn …”, at most `most` of each kind. Rows without a page of their own count where nothing else does."""
    names, unseen, inner = [], 0, 0
    for users in _users_of(row):
        if may_see(person, users.model):
            names += [f"{user._meta.verbose_name}: {user}" for user in users[:most]]
        elif admin.site.is_registered(users.model):
            unseen += users.count()
        else:
            inner += users.count()
    return Uses(names, unseen or (0 if names else inner))


def _users_of(row: models.Model) -> Iterator[models.QuerySet]:
    """What keeps a row from being deleted, kind by kind."""
    for relation in row._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation) or relation.concrete:
            continue
        if relation.many_to_many or getattr(relation, "on_delete", None) in {models.PROTECT, models.RESTRICT}:
            yield relation.related_model._base_manager.filter(**{relation.field.name: row})


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
        if row is not None and (uses := uses_of(row, request.user)):
            return self._refuse(request, row, uses)
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ProtectedError, RestrictedError):
            return self._refuse(request, row, uses_of(row, request.user))

    def _refuse(self, request: HttpRequest, row: models.Model, uses: Uses) -> HttpResponse:
        self.message_user(
            request,
            _("“%(name)s” is still used and cannot be deleted. Used by: %(uses)s")
            % {"name": row, "uses": uses},
            messages.ERROR,
        )
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk]))
