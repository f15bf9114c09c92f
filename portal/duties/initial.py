"""The limits and reports the portal is delivered with: what the laws said when this release was made."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


def load(limits: Any) -> None:
    """Add the limits not known yet; what an administrator has changed stays."""
    for said in _rows("limits.tsv"):
        limits.objects.get_or_create(duty=said.pop("duty"), valid_from=said.pop("valid_from"), defaults=said)


def load_report_rules(rules: Any) -> None:
    """Add the rules of yearly reports not known yet."""
    for said in _rows("report_rules.tsv"):
        rules.objects.get_or_create(
            report=said.pop("report"), valid_from=said.pop("valid_from"), defaults=said
        )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield row | {"name": row["name_vi"], "citation": row["citation_vi"]}


def load_holidays(holidays: Any) -> None:
    """Add the days not known yet. Those of lunar Tet are set by the Government for each year: an administrator adds them."""
    with (_DATA / "holidays.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            holidays.objects.get_or_create(day=row.pop("day"), defaults=row | {"name": row["name_vi"]})
