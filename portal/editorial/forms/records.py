"""A column of records as rows of a form: filled, emptied and put in order without a script."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from portal.languages.fields import Record, RecordPart, read_records, written

SPARE = 2


class RecordsWidget(forms.Widget):
    """One row for each record and some to spare. A row left empty is no record; `position` puts the rows in order."""

    def __init__(self, parts: tuple[RecordPart, ...], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.parts = parts

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        records = [*_readable(value), *({} for _spare in range(SPARE))]
        rows = [self._row(name, number, record) for number, record in enumerate(records)]
        attrs = self.build_attrs(self.attrs, attrs)
        return render_to_string("editorial/_records.html", {"rows": rows, "attrs": attrs})

    def _row(self, name: str, number: int, record: Record) -> dict[str, Any]:
        inputs = [
            {
                "name": f"{name}-{number}-{part.name}",
                "label": part.label,
                "kind": part.kind,
                "value": record.get(part.name, ""),
                "choices": list(part.choices()) if part.choices else [],
            }
            for part in self.parts
        ]
        return {"number": number, "position": f"{name}-{number}-position", "inputs": inputs}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        rows = list(self._rows_sent(data, name))
        if not rows:
            return data.get(name)
        rows.sort(key=lambda row: row[0])
        return written(record for _position, record in rows if any(record.values()))

    def _rows_sent(self, data: Any, name: str) -> Iterator[tuple[tuple[int, int], Record]]:
        number = 0
        while f"{name}-{number}-position" in data:
            said = str(data[f"{name}-{number}-position"])
            position = int(said) if said.isdecimal() and len(said) < 6 else number + 1
            yield (
                (position, number),
                {part.name: str(data.get(f"{name}-{number}-{part.name}", "")).strip() for part in self.parts},
            )
            number += 1

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-0-position" not in data

    def put(self, data: Any, name: str, value: str) -> None:
        """Let a sent form say this value instead of its rows."""
        number = 0
        while data.pop(f"{name}-{number}-position", None) is not None:
            number += 1
        data[name] = value


def _readable(value: Any) -> list[Record]:
    """The records of a stored or sent text; none of what is no list of records."""
    try:
        records = read_records(value)
    except ValueError:
        return []
    return [record for record in records if isinstance(record, dict)]


class RecordsField(forms.CharField):
    """The form field of a column of records; the column itself says what is wrong with a record."""

    def __init__(self, *, column: Any, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        kwargs["widget"] = RecordsWidget(column.parts)
        super().__init__(**kwargs)
        self.column = column

    def clean(self, value: Any) -> str:
        value = super().clean(value)
        try:
            return self.column.to_python(value) or ""
        except ValidationError as problem:
            raise ValidationError(problem.messages) from problem
