"""The themes the portal is delivered with."""

import csv
from pathlib import Path
from typing import Any

_THEMES = Path(__file__).parent / "data" / "themes.tsv"


def load_themes(themes: Any) -> None:
    """Add the themes not known yet; what an administrator has changed stays."""
    with _THEMES.open(encoding="utf-8") as lines:
        for position, row in enumerate(csv.DictReader(lines, delimiter="\t"), 1):
            said = row | {"name": row["name_vi"], "citation": row["citation_vi"], "position": position}
            themes.objects.get_or_create(code=said.pop("code"), defaults=said)
