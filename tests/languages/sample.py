"""The sample of Vietnamese text cases, `vi_text_sample.tsv`.

Columns kind, input, expected, note; `\\uXXXX` is written out, " || " parts arguments, " | " list items.
"""

import re
from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    kind: str
    input: str
    expected: str

    @property
    def arguments(self) -> list[str]:
        return self.input.split(" || ")


def cases() -> list[Case]:
    lines = (Path(__file__).parent / "vi_text_sample.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [_case(*line.split("\t")[:3]) for line in lines]


def _case(kind: str, given: str, expected: str) -> Case:
    written_out = re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), given)
    return Case(kind, written_out, expected)
