"""What a briefing holds as records, aligned in both languages: row 7 of one language is row 7 of the other.

The programme is a list of        {"row": 7, "time": "09:00" or "", "text": …, "who": …}
A transcript is a list of         {"row": 7, "is": "statement" | "question" | "answer", "who": …, "text": paragraphs}
    `who` of a question is its outlet; of a statement or an answer, who speaks.
"""

import re
from typing import Any

from portal.languages.fields import Record, Records
from portal.languages.folding import normalise

STATEMENT, QUESTION, ANSWER = "statement", "question", "answer"
LONGEST_LINE, LONGEST_TEXT, MOST_ROWS = 300, 12_000, 400
_HOUR = re.compile(r"([01]?\d|2[0-3])[:h]([0-5]\d)")


class Programme(Records):
    """The column of a programme; see the module for what a record says."""

    def cleaned(self, record: Record) -> Record:
        return {
            "row": _row(record["row"]), "time": _hour(record.get("time")), "text": _line(record.get("text")),
            "who": _line(record.get("who")),
        }  # fmt: skip

    def lines(self, record: Record) -> list[str]:
        return [line for line in (record["time"], record["text"], record["who"]) if line]


class Transcript(Records):
    """The column of a transcript; see the module for what a record says."""

    def cleaned(self, record: Record) -> Record:
        if record["is"] not in {STATEMENT, QUESTION, ANSWER}:
            raise ValueError(f"no such row: {record['is']!r}")
        return {
            "row": _row(record["row"]), "is": record["is"], "who": _line(record.get("who")),
            "text": normalise(str(record.get("text") or "")).strip()[:LONGEST_TEXT],
        }  # fmt: skip

    def lines(self, record: Record) -> list[str]:
        return [line for line in (record["who"], record["text"]) if line]


def says_something(record: Record) -> bool:
    """A row without words stands in no language."""
    return bool(record.get("text") or record.get("who"))


def _row(value: Any) -> int:
    number = int(value)
    if not 0 < number < 100_000:
        raise ValueError(f"no such row: {value!r}")
    return number


def _line(value: Any) -> str:
    return " ".join(normalise(str(value or "")).split())[:LONGEST_LINE]


def _hour(value: Any) -> str:
    """ "9:00", "09h00" and "09:00" are "09:00"; what is no hour is none."""
    found = _HOUR.fullmatch(str(value or "").strip())
    return f"{int(found[1]):02}:{found[2]}" if found else ""
