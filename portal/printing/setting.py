"""A program of its own, run by `typesetting`: sets a sheet, or one after the other, and ends, and with it end its memory
and its time.

    python setting.py template.typ folder …      writes folder/finished.pdf; what is wrong is said on the error output

The typesetter remembers what it has set (70 MB for an issue) to set it again quickly. That serves us for the few turns a
sheet takes, and would fill a server's process for ever. Imports nothing of the portal: it must start at once.
"""

import json
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import typst

#: Kept for ever (PDF/A-2a) and read aloud (PDF/UA-1).
STANDARDS: list[Any] = ["a-2a", "ua-1"]
TURNS, ASKED = 12, 6  # how often it is set, how often one key may ask
ALL_ROOM = 10_000  # lines: as many as there are


@lru_cache(maxsize=1)
def faces() -> typst.Fonts:
    """Our own faces, and behind them for a Greek or Cyrillic name, an arrow or a sign, those inside the typesetter.

    Nothing of the machine it runs on is used.
    """
    own = Path(__file__).resolve().parent / "fonts"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(own)])


def settled(root: Path, template: str) -> tuple[bytes, list[str]]:
    """The PDF, set until nothing is too tight, and the typesetter's warnings.

    What has asked for room often, or late, is given all there is. Raises RuntimeError for what cannot be set.
    """
    room: dict[str, int] = {}
    asked: Counter[str] = Counter()
    for turn in range(1, TURNS + 1):
        (root / "room.json").write_text(json.dumps(room))
        setter = typst.Compiler(
            str(root / template), root=str(root), font_paths=faces(), ignore_system_fonts=True
        )
        wanted = json.loads(setter.query("<too-tight>", field="value"))
        tight = [(str(key), int(lines)) for key, lines in wanted if room.get(key, 0) < ALL_ROOM]
        if not tight or turn == TURNS:
            break
        for key, lines in tight:
            asked[key] += 1
            spent = asked[key] == ASKED or turn == TURNS - 1
            room[key] = ALL_ROOM if spent else room.get(key, 0) + lines
    pdf, warnings = setter.compile_with_warnings(format="pdf", pdf_standards=STANDARDS)
    return cast(bytes, pdf), [warning.message for warning in warnings]


def main(template: str, *folders: str) -> int:
    """Answers the exit status."""
    for folder in folders:
        try:
            pdf, warnings = settled(Path(folder), template)
        except RuntimeError as problem:
            print(problem, file=sys.stderr)
            return 1
        (Path(folder) / "finished.pdf").write_bytes(pdf)
        print(*warnings, sep="\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
