"""The column of a written body: cleaned on every save, whoever saves."""

from typing import Any

from ckeditor.fields import RichTextField
from django.db import models

from portal.richtext.cleaning import clean


class RichText(RichTextField):
    """HTML of the small house subset (see `clean`); an editor's field, never trusted for that."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value if value is None else clean(value)

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value
