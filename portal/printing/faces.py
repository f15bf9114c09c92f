"""The faces of printed matter, and the standards it keeps. Nothing of the machine it runs on is used."""

from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).resolve().parent / "fonts"

#: Kept for ever (PDF/A-2a) and read aloud (PDF/UA-1).
STANDARDS: list[Any] = ["a-2a", "ua-1"]

#: Our own faces, and behind them for a Greek or Cyrillic name, an arrow or a sign, those inside the typesetter.
FACES = typst.Fonts(
    include_system_fonts=False,
    include_embedded_fonts=True,
    font_paths=[str(FONTS)],
)
