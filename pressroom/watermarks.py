"""The mark of a copy, invisible in its text: whoever passes the text on passes the number of the copy on.

Between the first two words of each run of text stand a beginning, sixteen bits and an end, as characters without a width.
"""

import re

BEGIN, ZERO, ONE = "\u2060", "\u200c", "\u200d"
BITS = 16
_MARK = re.compile(f"{BEGIN}([{ZERO}{ONE}]{{{BITS}}}){BEGIN}")
_RUN = re.compile(r"(?<=>)[^<>]*?\S (?=\S)[^<>]*(?=<)")


def mark_of(number: int) -> str:
    """The mark of a copy by its number; numbers come round after 65,536."""
    bits = f"{number % 2**BITS:0{BITS}b}"
    return BEGIN + bits.replace("0", ZERO).replace("1", ONE) + BEGIN


def marked_text(text: str, number: int) -> str:
    """A line of text with the mark in its first space."""
    return re.sub(r"(?<=\S) (?=\S)", f" {mark_of(number)}", text, count=1)


def marked_html(html: str, number: int) -> str:
    """HTML with the mark in each run of text that has two words; tags and their attributes stay as they are."""
    return _RUN.sub(lambda run: marked_text(run[0], number), html)


def numbers_in(text: str) -> set[int]:
    """The numbers of copies (of their last sixteen bits) a text was taken from."""
    return {int(bits.replace(ZERO, "0").replace(ONE, "1"), 2) for bits in _MARK.findall(text)}
