"""A sheet above the form of a record: its state, what is known of it, and the buttons that move it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused

Deed = Callable[[Any, Any, datetime, str], Any]  # (thing, by, now, reason or answer)


@dataclass(frozen=True)
class Button:
    """What it says, the states it stands in, what it does; a grave one takes something away."""

    label: Any
    states: frozenset[Any]
    deed: Deed
    grave: bool = False


class WithSteps(ModelAdmin):
    """A ModelAdmin to inherit first. Its `buttons` are asked for by name; a refusal comes back in words."""

    buttons: dict[str, Button] = {}
    #: What the line beside the buttons is for.
    note_label: Any = ""
    change_form_template = "admin/pressroom/steps_change.html"

    def is_only_looked_at(self, thing: Any) -> bool:
        """Whether what is said in this one can be changed no more; its buttons may still move it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        over = obj is not None and self.is_only_looked_at(obj)
        return not over and super().has_change_permission(request, obj)

    def buttons_for(self, request: HttpRequest, thing: Any) -> list[tuple[str, Button]]:
        if not super().has_change_permission(request, thing):
            return []
        return [(name, button) for name, button in self.buttons.items() if thing.state in button.states]

    def facts(self, thing: Any) -> list[tuple[Any, Any]]:
        """What stands in the sheet under the state: label and value."""
        return []

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        own = path("<int:pk>/step/", self.admin_site.admin_view(self.step), name=name)
        return [own, *super().get_urls()]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What no form could know, because somebody was faster by a moment, is said above what stands now."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        thing = self.get_object(request, unquote(object_id))
        context = self.sheet(request, thing) if thing else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def sheet(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        """What the template is given beside the form."""
        return {
            "thing": thing,
            "facts": [(label, value) for label, value in self.facts(thing) if value],
            "buttons": self.buttons_for(request, thing),
            "note_label": self.note_label,
            "step_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_step", args=[thing.pk]),
        }

    def step(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One button of the sheet."""
        back = HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])
        )
        thing = get_object_or_404(self.get_queryset(request), pk=pk)
        if not super().has_change_permission(request, thing):
            raise PermissionDenied
        button = self.buttons.get(request.POST.get("step", ""))
        if request.method == "POST" and button:
            self._press(request, thing, button)
        return back

    def _press(self, request: HttpRequest, thing: Any, button: Button) -> None:
        try:
            button.deed(thing, request.user, timezone.now(), request.POST.get("note", ""))
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, _("Done: %(step)s.") % {"step": button.label}, messages.SUCCESS)

    def press_for_all(self, request: HttpRequest, chosen: QuerySet, name: str) -> None:
        """The same button for many rows of the list; each that refuses says why."""
        done = 0
        for thing in chosen:
            try:
                self.buttons[name].deed(thing, request.user, timezone.now(), "")
                done += 1
            except Refused as refusal:
                self.message_user(request, f"{thing}: {refusal}", messages.ERROR)
        if done:
            said = {"step": self.buttons[name].label, "number": done}
            self.message_user(request, _("Done: %(step)s (%(number)d).") % said, messages.SUCCESS)
