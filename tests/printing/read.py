"""What a finished PDF says of itself, read by somebody else's reader."""

import io
from typing import Any

from pypdf import PdfReader


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes, page: int | None = None) -> str:
    """The text of a page, or of all, with single spaces and no hyphens at line ends."""
    pages = reader(pdf).pages
    chosen = pages if page is None else [pages[page]]
    text = " ".join(each.extract_text() for each in chosen)
    return " ".join(text.split())


def millimetres(pdf: bytes) -> set[tuple[int, int]]:
    return {
        (round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4))
        for page in reader(pdf).pages
    }


def tags(pdf: bytes) -> list[str]:
    """The structure, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]).lstrip("/"))
            if "/K" in node:
                walk(node["/K"])

    walk(reader(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


def descriptions(pdf: bytes) -> list[str]:
    """The alternative texts of the pictures."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                found.append(str(node.get("/Alt", "")))
            if "/K" in node:
                walk(node["/K"])

    walk(reader(pdf).trailer["/Root"]["/StructTreeRoot"])
    return found


def faces(pdf: bytes) -> dict[str, bool]:
    """Every face used, and whether it is embedded."""
    found = {}
    for page in reader(pdf).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"]
            name = str(inner["/BaseFont"]).partition("+")[2]
            found[name] = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return found


def links(pdf: bytes) -> set[str]:
    return {
        annotation.get_object()["/A"]["/URI"]
        for page in reader(pdf).pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    }


def lowest(pdf: bytes, size: float) -> float:
    """How far above the foot of its page the lowest letter of that size stands, in millimetres."""
    heights: list[float] = []

    def look(text: str, page: list[float], matrix: list[float], _font: Any, points: float) -> None:
        if text.strip() and abs(abs(matrix[0] * page[0] * points) - size) < 0.05:
            heights.append(matrix[4] * page[1] + matrix[5] * page[3] + page[5])

    for page in reader(pdf).pages:
        page.extract_text(visitor_text=look)
    return min(heights) / 72 * 25.4
