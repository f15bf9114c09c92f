"""Reading an old page: find the article in it and account for every line that is not."""

import re
from dataclasses import replace
from pathlib import PurePath
from typing import cast

from news.legacy_page import article, dating, furniture, lines, markup
from news.legacy_page.page import Doubt, LegacyPage
from portal.languages import legacy
from portal.languages.folding import normalise
from portal.languages.legacy import Encoding
from portal.languages.lint import lint

LONGEST = 1_000_000
_HTML_NAMES = (".htm", ".html", ".xhtml", ".mht", ".mhtml", ".aspx", ".php")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_BINARY_SHARE = 0.05
_EXCERPT = 80


def read_page(raw: bytes, filename: str) -> LegacyPage:
    """The article in a saved page or a plain text, as far as it can be told; never fails.

    `raw` is the file as it lies there, in any encoding; `filename` may hold its year or its day.
    """
    text, encoding = legacy.decode(raw)
    if _is_binary(text):
        return LegacyPage(encoding=encoding, warnings=[Doubt("not_text")])
    if encoding in legacy.ENCODINGS:
        page = _read(raw.decode("cp1252", "replace"), filename)
        page.legacy, page.converted = cast(Encoding, encoding), _read(text, filename)
    else:
        page = _read(text, filename)
        if page.legacy := legacy.detect(text[:LONGEST]):
            page.converted = _read(legacy.convert(text, page.legacy), filename)
    return _with_encoding(page, encoding)


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    return len(_NOT_TEXT.findall(sample)) > _BINARY_SHARE * len(sample)


def _with_encoding(page: LegacyPage, encoding: str) -> LegacyPage:
    page.encoding = encoding
    if page.converted:
        page.converted = replace(page.converted, encoding=encoding)
        page.warnings.insert(0, Doubt("legacy_encoding"))
    return page


def _read(text: str, filename: str) -> LegacyPage:
    page = LegacyPage()
    if len(text) > LONGEST:
        page.warnings.append(Doubt("too_long"))
        text = text[:LONGEST]
    found = _lines(normalise(text), filename)
    rest, dropped = furniture.without_furniture(found.lines)
    page.dropped = found.dropped + dropped
    article.fill(page, rest, found)
    _date_otherwise(page, found, filename)
    return page
