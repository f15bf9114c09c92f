"""Which characters the faces of printed matter can show: tried one by one, for `bin/print-fonts` and a test."""

import unicodedata

import typst

from portal.printing.setting import STANDARDS, faces

_MEASURED = [*range(0x21, 0x3000), *range(0xA640, 0xA6A0), *range(0xFB00, 0xFB07), 0xFFFD]


def measured() -> str:
    """The list, measured anew by trying each character."""
    able = sorted(
        _able([point for point in _MEASURED if unicodedata.category(chr(point)) not in {"Cc", "Cf", "Cn"}])
    )
    ranges: list[list[int]] = []
    for point in able:
        if ranges and point == ranges[-1][-1] + 1:
            ranges[-1][1:] = [point]
        else:
            ranges.append([point])
    return "".join("-".join(f"{end:04X}" for end in each) + "\n" for each in ranges)


def _able(points: list[int]) -> list[int]:
    if _sets("\n".join(map(chr, points))):
        return points
    half = len(points) // 2
    return _able(points[:half]) + _able(points[half:]) if half else []


def _sets(text: str) -> bool:
    source = b'#set document(title: "x")\n#set text(font: "Newsreader Text", lang: "en")\n#sys.inputs.text'
    try:
        typst.compile(
            source,
            font_paths=faces(),
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            sys_inputs={"text": text},
        )
    except typst.TypstError:
        return False
    return True
