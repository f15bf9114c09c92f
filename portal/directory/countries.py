"""The names of countries, as the ministry writes them: the members of the United Nations, the Holy See, Palestine.

A country gets its row when the first organisation of it is imported, or by hand; from then on the row is what counts.
"""

import csv
from functools import cache
from pathlib import Path

from portal.directory.models import Country

_LIST = Path(__file__).parent / "data" / "countries.tsv"


@cache
def _names() -> dict[str, dict[str, str]]:
    with _LIST.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


def is_known(code: str) -> bool:
    return code in _names()


def named(code: str) -> Country:
    """A row not yet written, with both names; KeyError for a code the list does not know."""
    return Country(**_names()[code])
