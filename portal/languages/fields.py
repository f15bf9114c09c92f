"""Text columns that hold normalised Unicode whichever way they are written."""

import json
from typing import Any

from django.db import models

from portal.languages.folding import normalise


class UnescapedJSON(json.JSONEncoder):
    """For JSON columns of long texts: escaped, most letters of Vietnamese would take six bytes each."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class PlainLine(models.CharField):
    """One line of text: NFC, no control characters, white space collapsed."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value if value is None else " ".join(normalise(value).split())

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value


class PlainText(models.TextField):
    """Text of several lines: NFC, no control characters."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value if value is None else normalise(value).strip()

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value
