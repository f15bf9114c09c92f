"""The grounds for refusing that the portal is delivered with."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"


def load_grounds(grounds: Any) -> None:
    """Add the grounds not known yet; what an administrator has changed stays."""
    for row in _rows("grounds.tsv"):
        said = row | {"words": row["words_vi"], "citation": row["citation_vi"]}
        grounds.objects.get_or_create(code=said.pop("code"), valid_from=said.pop("valid_from"), defaults=said)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines, delimiter="\t")
