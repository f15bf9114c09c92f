"""Journalists from a file: chosen, shown line by line, brought in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from portal.directory.reading import MOST_BYTES, Table, read
from pressroom.actions.importing import carry_out
from pressroom.rules.journalist_rows import COLUMNS, REQUIRED, plan

EXPORT_COLUMNS = (*COLUMNS, "frequency", "beats", "state")
MOST_LINES = 5_000
SALT = "pressroom journalists file"
HOLDS = 3600  # seconds between seeing the plan and carrying it out


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=_(
            "CSV or TSV in UTF-8, or an Excel workbook (.xlsx); up to 5,000 lines. "
            "Nothing is changed before you have seen what would happen."
        ),
    )  # fmt: skip
    table: Table

    def clean_file(self) -> File:
        file = self.cleaned_data["file"]
        try:
            self.table = read(file.read(MOST_BYTES + 1), columns=COLUMNS, required=REQUIRED)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if len(self.table.lines) > MOST_LINES:
            raise forms.ValidationError(_("The file has more than %(rows)d lines.") % {"rows": MOST_LINES})
        return file


def import_journalists(request: HttpRequest) -> HttpResponse:
    """A file shows its plan; the plan, sent back signed, is carried out."""
    if not request.user.has_perm("pressroom.add_journalist"):
        raise PermissionDenied
    if "signed" in request.POST:
        return _carry_out(request)
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"title": _("Import journalists"), "form": form, "columns": COLUMNS}
    if form.is_valid():
        lines = form.table.lines
        planned = plan(lines)
        context |= {
            "lines": planned, "doing": sum(line.does_something for line in planned), "left_out": form.table.left_out,
            "signed": signing.dumps([request.user.pk, lines], salt=SALT, compress=True),
        }  # fmt: skip
    return staff_page(request, "pressroom/admin/import.html", context)


def _carry_out(request: HttpRequest) -> HttpResponse:
    try:
        person, lines = signing.loads(request.POST["signed"], salt=SALT, max_age=HOLDS)
        if person != request.user.pk:
            raise signing.BadSignature
        done = carry_out([(number, cells) for number, cells in lines], by=request.user, now=timezone.now())
    except (signing.BadSignature, ValueError):
        messages.error(request, _("This plan is out of date. Choose the file once more."))
        return redirect("admin:pressroom_journalist_import")
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:pressroom_journalist_import")
    said = ngettext("%(lines)d line was imported.", "%(lines)d lines were imported.", done)
    messages.success(request, said % {"lines": done})
    return redirect("admin:pressroom_journalist_changelist")
