"""Reading an old page: find the article in it and account for every line that is not."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import cast

from news.legacy_page.article import Article, find_article
from news.legacy_page.dating import latest_year, named_day, stamp
from news.legacy_page.furniture import without_furniture
from news.legacy_page.lines import from_text
from news.legacy_page.markup import Markup, from_html, looks_like_html
from news.legacy_page.page import Doubt, LegacyPage
from portal.languages import legacy
from portal.languages.folding import normalise
from portal.languages.legacy import Encoding
from portal.languages.lint import lint
from portal.richtext.cleaning import clean
from portal.richtext.texts import plain_text
from portal.richtext.tidying import tidy
from portal.richtext.writing import write

LONGEST = 1_000_000
LARGEST = 3 * LONGEST
_HTML_NAMES = (".htm", ".html", ".xhtml", ".mht", ".mhtml", ".aspx", ".php")
_DOCUMENTS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_BINARY_SHARE = 0.05
_EXCERPT = 80


def read_page(raw: bytes, filename: str) -> LegacyPage:
    """The article in a saved page or a plain text, as far as it can be told; never fails.

    `raw` is the file as it lies there, in any encoding; `filename` may hold its year or its day.
    """
    raw = _beginning(raw)
    text, encoding = legacy.decode(raw)
    if raw.startswith(_DOCUMENTS + _PICTURES) or _is_binary(text):
        return LegacyPage(encoding=encoding, warnings=[Doubt("not_text")])
    if encoding in legacy.ENCODINGS:
        page = _read(raw.decode("cp1252", "replace"), filename)
        page.legacy, page.converted = cast(Encoding, encoding), _read(text, filename)
    else:
        page = _read(text, filename)
        page.legacy = legacy.detect(text[:LONGEST])
        if page.legacy:
            page.converted = _read(legacy.convert(text, page.legacy), filename)
    return _with_encoding(page, encoding)


def _beginning(raw: bytes) -> bytes:
    """As much of a file as is read, cut between two characters of UTF-8; `_read` then says that it is cut."""
    end = LARGEST
    while len(raw) > end and raw[end] & 0xC0 == 0x80 and end > LARGEST - 4:
        end -= 1
    return raw[:end]


def _is_binary(text: str) -> bool:
    sample = text[:20_000]
    return len(_CONTROL.findall(sample)) > _BINARY_SHARE * len(sample)


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
    text = normalise(text)
    found = from_html(text) if _is_html(text, filename) else Markup(from_text(text), [])
    lines, dropped = without_furniture(found.lines)
    article = find_article(lines, found.title)
    _fill(page, article)
    _date(page, article, found.published, filename)
    page.dropped = found.dropped + dropped + article.dropped
    page.warnings += _doubts(page, article)
    return page


def _is_html(text: str, filename: str) -> bool:
    return PurePath(filename.lower()).suffix in _HTML_NAMES or looks_like_html(text)


def _fill(page: LegacyPage, article: Article) -> None:
    page.headline = article.headline
    page.standfirst = article.standfirst
    page.byline = article.signature.byline
    page.source = article.signature.source or article.opening.source
    page.place = article.opening.place
    page.captions = article.captions
    page.body_html = clean(write(tidy(article.body)))


def _date(page: LegacyPage, article: Article, declared: str, filename: str) -> None:
    """The date on the page, else the one its head declares, else the one in the file's name."""
    on_page = article.stamp or (stamp(declared) if declared else None)
    year, day = named_day(filename)
    if on_page:
        page.date, page.date_text = on_page.published, on_page.text
    if page.date is None and day:
        page.date = day
        page.warnings.append(Doubt("date_from_filename"))
    if page.date:
        page.year = page.date.year
    else:
        page.year = year or latest_year(plain_text(page.body_html))


def _doubts(page: LegacyPage, article: Article) -> Iterator[Doubt]:
    if not page.headline:
        yield Doubt("headline_missing")
    yield from (Doubt("headline_uncertain", _excerpt(rival)) for rival in article.rivals)
    yield from _doubts_of_date(page, article)
    if not page.body_html:
        yield Doubt("body_missing")
    yield from (Doubt("caption_uncertain", _excerpt(caption)) for caption in article.uncertain_captions)
    findings = lint("\n".join((page.headline, page.standfirst, plain_text(page.body_html))))
    spoken_of = {(found.code, found.excerpt) for found in findings if found.code != "legacy-text"}
    yield from (Doubt(code, excerpt) for code, excerpt in sorted(spoken_of))


def _doubts_of_date(page: LegacyPage, article: Article) -> Iterator[Doubt]:
    chosen = article.stamp
    if page.date is None:
        yield Doubt("date_missing")
    if chosen and chosen.published is None:
        yield Doubt("date_unreadable", chosen.text)
    if chosen and chosen.weekday_differs:
        yield Doubt("weekday_mismatch", chosen.text)
    if chosen and article.stamp_above_headline:
        yield Doubt("date_above_headline", chosen.text)
    for other in article.other_stamps:
        if chosen and other.day != chosen.day:
            yield Doubt("dates_differ", other.text)


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rstrip() + "…"
