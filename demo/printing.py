"""Prints the works of the demonstration's shelf anew: `python demo/printing.py` sets files/*.md as PDF.

Their text is the little of Markdown that it needs: a title, headings, paragraphs, lists.
"""

import os
import sys
from html import escape
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from demo.folder import read  # noqa: E402
from portal import printing  # noqa: E402


def html_of(lines: list[str]) -> str:
    """The text after the title as our cleaned rich text."""
    paragraphs = [
        list(each) for filled, each in groupby(lines, key=lambda line: bool(line.strip())) if filled
    ]
    return "".join(_block(paragraph) for paragraph in paragraphs)


def _block(paragraph: list[str]) -> str:
    first = paragraph[0]
    if first.startswith("## "):
        return f"<h2>{escape(first[3:])}</h2>" + (_block(paragraph[1:]) if paragraph[1:] else "")
    if first.startswith(("- ", "1. ")):
        kind = "ul" if first.startswith("- ") else "ol"
        return (
            f"<{kind}>"
            + "".join(f"<li>{escape(line.partition(' ')[2])}</li>" for line in paragraph)
            + f"</{kind}>"
        )
    return f"<p>{escape(' '.join(paragraph))}</p>"


def main() -> None:
    for path in sorted((FOLDER / "files").glob("*.md")):
        title, *lines = path.read_text(encoding="utf-8").splitlines()
        language = path.stem.rpartition("-")[2]
        particulars = {
            "title": title.removeprefix("# "),
            "language": language,
            "author": read("identity.toml")["identity"][f"ministry_{language}"],
            "publisher": read("identity.toml")["identity"][f"ministry_{language}"],
            "body": printing.nodes(html_of(lines)),
            "day": [2026, 9, 1],
        }
        path.with_suffix(".pdf").write_bytes(printing.typeset(FOLDER / "work.typ", particulars))
        print(path.with_suffix(".pdf").name)


if __name__ == "__main__":
    main()
