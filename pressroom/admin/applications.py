"""Applications for our releases: read, accepted for an outlet of the directory, or refused with a reason."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from portal.directory.models import Organisation
from portal.languages.folding import fold
from pressroom.actions import applications
from pressroom.admin.columns import moment
from pressroom.admin.registers import Register
from pressroom.models import Journalist, JournalistApplication


class DecisionForm(forms.Form):
    outlet = forms.ModelChoiceField(
        label=_("Outlet of the directory"), required=False,
        queryset=Organisation.objects.filter(kind=Organisation.Kind.PRESS, is_active=True),
        widget=AutocompleteSelect(Journalist._meta.get_field("outlet"), admin.site),
        help_text=_("Proposed by its name, where one is called so. Add it to the directory when it is not there."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason of a refusal"), max_length=500, required=False,
        help_text=_("The applicant reads it, in the language chosen above."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )  # fmt: skip


@admin.register(JournalistApplication)
class JournalistApplicationAdmin(Register):
    list_display = [
        "full_name",
        "outlet_name",
        "role",
        "language",
        "frequency",
        moment("confirmed_at", _("confirmed")),
        "state",
    ]
    list_filter = ["state", "language"]
    search_help_text = _(
        "Words of the name, the outlet, the address or the card, with or without diacritics."
    )
    ordering = ["-confirmed_at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Nobody sees an application before its address has been confirmed."""
        return super().get_queryset(request).confirmed()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        application = get_object_or_404(
            self.get_queryset(request),
            pk=object_id if object_id.isdecimal() and len(object_id) < 19 else None,
        )
        form = DecisionForm(request.POST or None, initial={"outlet": _outlet_called(application.outlet_name)})
        if request.method == "POST" and form.is_valid() and self._decide(request, application, form):
            return redirect("admin:pressroom_journalistapplication_changelist")
        return staff_page(request, "pressroom/admin/application.html", {
            "title": application.full_name, "application": application, "form": form, "opts": self.opts,
            "may_decide": self.has_change_permission(request) and application.is_open,
            "beats": application.beats.all(),
            "alike": Journalist.objects.active().matching(application.full_name).select_related("outlet")[:5],
        })  # fmt: skip

    def _decide(self, request: HttpRequest, application: JournalistApplication, form: DecisionForm) -> bool:
        if not self.has_change_permission(request):
            raise PermissionDenied
        said, now = form.cleaned_data, timezone.now()
        try:
            if "refuse" in request.POST:
                applications.refuse(application, reason=said["reason"], by=request.user, now=now)
                messages.success(request, _t("Refused; the applicant is told why."))
            elif said["outlet"] is None:
                raise Refused(_t("Choose the outlet of the directory first."))
            else:
                applications.accept(application, outlet=said["outlet"], by=request.user, now=now)
                messages.success(request, _t("Accepted: from now on the journalist receives our releases."))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return False
        return True


def _outlet_called(name: str) -> Organisation | None:
    """The press outlet called so, when exactly one is."""
    press = Organisation.objects.active().filter(kind=Organisation.Kind.PRESS, folded__contains=fold(name))
    found = [each for each in press if fold(name) in {fold(each.name_vi or ""), fold(each.name_en or "")}]
    return found[0] if len(found) == 1 else None
