"""Text columns that hold normalised Unicode whichever way they are written."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

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


Record = dict[str, Any]


@dataclass(frozen=True)
class RecordPart:
    """One part of a record, as a form asks for it: a "text" of lines, or an input of that `kind` (text, tel, time …)."""

    name: str
    label: Any
    kind: str = "line"
    choices: Callable[[], Iterable[tuple[str, str]]] | None = None
    most: int = 2000


class Records(models.TextField):
    """A list of small records in one language, kept as canonical JSON text, so that it is content like any other text.

    Heirs say what a record may hold (`parts`, `cleaned`) and what of it is read (`lines`).
    """

    #: Of a record whose values are all short texts: its parts, from which the form is made. None: written elsewhere.
    parts: ClassVar[tuple[RecordPart, ...]] = ()

    def to_python(self, value: Any) -> Any:
        if value is None or value == "":
            return value
        try:
            records = json.loads(value) if isinstance(value, str) else value
            return written(self.cleaned(record) for record in records)
        except (TypeError, ValueError, KeyError, AttributeError) as problem:
            raise ValidationError(
                _("This is not a list of records: %(problem)s") % {"problem": problem}
            ) from problem

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value

    def cleaned(self, record: Record) -> Record:
        """What is kept of a record. Raises ValueError or KeyError for what is none."""
        if self.parts:
            return {part.name: _said(record, part) for part in self.parts}
        return {name: normalise(value) if isinstance(value, str) else value for name, value in record.items()}

    def lines(self, record: Record) -> list[str]:
        """What people read of a record."""
        return [value for value in record.values() if isinstance(value, str) and value]

    def words(self, value: str) -> str:
        """What people read of the whole, for comparing, proofreading and searching."""
        return "\n".join(line for record in read_records(value) for line in self.lines(record))


def _said(record: Record, part: RecordPart) -> str:
    text = normalise(str(record.get(part.name) or "")).strip()[: part.most]
    return text if part.kind == "text" else " ".join(text.split())


def read_records(value: str | None) -> list[Record]:
    """The records of a stored column."""
    return json.loads(value) if value else []


def written(records: Iterable[Record]) -> str:
    """Records as they are stored: "" for none."""
    kept = list(records)
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if kept else ""
