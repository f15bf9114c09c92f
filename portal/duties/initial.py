"""The limits the portal is delivered with: what the laws said when this release was made."""

import csv
from pathlib import Path
from typing import Any

_LIMITS = Path(__file__).parent / "data" / "limits.tsv"


def load(limits: Any) -> None:
    """Add the limits not known yet; what an administrator has changed stays."""
    with _LIMITS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            said = row | {"name": row["name_vi"], "citation": row["citation_vi"]}
            limits.objects.get_or_create(
                duty=said.pop("duty"), valid_from=said.pop("valid_from"), defaults=said
            )
