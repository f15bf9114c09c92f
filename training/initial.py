"""The themes, questions, patterns and retention periods the portal is delivered with."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

_THEMES = Path(__file__).parent / "data" / "themes.tsv"
_QUESTIONS = Path(__file__).parent / "data" / "questions.tsv"
_RETENTION = Path(__file__).parent / "data" / "retention.tsv"


def load_themes(themes: Any) -> None:
    """Add the themes not known yet; what an administrator has changed stays."""
    with _THEMES.open(encoding="utf-8") as lines:
        for position, row in enumerate(csv.DictReader(lines, delimiter="\t"), 1):
            said = row | {"name": row["name_vi"], "citation": row["citation_vi"], "position": position}
            themes.objects.get_or_create(code=said.pop("code"), defaults=said)


def load_questions(questions: Any) -> None:
    """Add the questions of the survey not known yet."""
    with _QUESTIONS.open(encoding="utf-8") as lines:
        for position, row in enumerate(csv.DictReader(lines, delimiter="\t"), 1):
            said = {**row, "wave": int(row["wave"]), "words": row["words_vi"], "position": position}
            questions.objects.get_or_create(code=said.pop("code"), defaults=said)


def load_certificate_pattern(patterns: Any) -> None:
    """How certificates are numbered, unless somebody has said so already."""
    if not patterns.objects.exists():
        patterns.objects.create(pattern="{no:03}/{year}/GCN-BLĐTBXH", valid_from=date(2015, 1, 1))


def load_retention(rules: Any) -> None:
    """Add the periods for all events not known yet; what an administrator has changed stays."""
    with _RETENTION.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            said = row | {"citation": row["citation_vi"]}
            rules.objects.get_or_create(what=said.pop("what"), event=None, defaults=said)
