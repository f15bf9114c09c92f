"""Where the faces of printed matter lie."""

from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts"
