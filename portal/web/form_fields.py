"""What several public forms ask in the same way."""

from datetime import date
from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.languages.fields import PlainLine, PlainText
from portal.library.uploads import Inspected, inspect

EARLIEST, LATEST = 2000, 2100  # years: outside them somebody has mistyped
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]


class LineField(forms.CharField):
    """One line, as `PlainLine` keeps it."""

    def to_python(self, value: Any) -> str:
        return PlainLine().to_python(super().to_python(value))


class TextField(forms.CharField):
    """Several lines, as `PlainText` keeps them."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> str:
        return PlainText().to_python(super().to_python(value))


class DayField(forms.DateField):
    """A day, by the browser's calendar or written the Vietnamese way."""

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"input_formats": formats, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None:
            refuse_impossible_year(day)
        return day


def refuse_impossible_year(day: date, earliest: int = EARLIEST, latest: int = LATEST) -> None:
    """Raises ValidationError for a day, or a moment, nobody means: reckoning from it could leave the calendar."""
    if not earliest <= day.year <= latest:
        raise forms.ValidationError(_("Check the year: %(year)d."), params={"year": day.year})


class ScanField(forms.FileField):
    """A scan: judged by its bytes like every file of the library, and a picture or a PDF."""

    widget = forms.FileInput(attrs={"accept": ".pdf,image/jpeg,image/png,image/webp"})
    LARGEST = 10 * 1024 * 1024

    def clean(self, data: Any, initial: Any = None) -> Inspected | None:
        file: File | None = super().clean(data, initial)
        if not file:
            return None
        if file.size > self.LARGEST:
            raise forms.ValidationError(_("A scan may have at most 10 MB."))
        try:
            judged = inspect(file)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if judged.kind != "image" and judged.media_type != "application/pdf":
            raise forms.ValidationError(_("Send a picture or a PDF."))
        return judged
