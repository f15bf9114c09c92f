"""What reading an old page yields."""

import datetime
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.languages import lint
from portal.languages.legacy import Encoding

DOUBTS: dict[str, Promise] = {
    "not_text": _("This file is not a page of text."),
    "too_long": _("This page is too long; only its beginning was read."),
    "legacy_encoding": _("This page is in an old Vietnamese encoding: compare both readings and choose one."),
    "headline_missing": _("No headline was found."),
    "headline_uncertain": _("Another line could be the headline: “%(text)s”."),
    "date_missing": _("No date was found on this page: please enter it."),
    "date_unreadable": _("This date is not in the calendar or not complete: “%(text)s”."),
    "date_from_filename": _("The date was taken from the name of the file: please check it."),
    "dates_differ": _("Another date stands on this page: “%(text)s”."),
    "date_above_headline": _(
        "This date stands above the headline and may be the page's own clock: “%(text)s”."
    ),
    "weekday_mismatch": _("The weekday does not belong to this date: “%(text)s”."),
    "body_missing": _("No article text was found."),
    "caption_uncertain": _("This line was taken for a picture's caption: “%(text)s”."),
    **{code: message for code, message in lint.MESSAGES.items() if code != "legacy-text"},
}

REASONS: dict[str, Promise] = {
    "machinery": _("part of the page's machinery"),
    "menu": _("menu or navigation"),
    "clock": _("the page's own clock or hotline"),
    "section": _("name of the section"),
    "before": _("stands before the headline"),
    "after": _("stands after the article"),
    "related": _("list of other articles"),
    "ticker": _("several titles run together"),
    "repeated": _("repeats a line of the page"),
    "rating": _("rating, comments or sharing"),
    "footer": _("foot of the page"),
}


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture's caption and how many blocks of the body stand before it (0: it precedes them all)."""

    text: str
    after_paragraph_index: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that was left out of the article, and a key of REASONS."""

    line: str
    reason: str

    @property
    def explanation(self) -> Promise:
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something an editor should look at: a key of DOUBTS and the piece of text it is about."""

    code: str
    text: str = ""

    def __str__(self) -> str:
        return str(DOUBTS[self.code]) % {"text": self.text}


@dataclass(slots=True)
class LegacyPage:
    """An article as it was found; nothing is invented, what was not found is empty.

    `date` is a moment on the Vietnamese clock when an hour was written, else a day, else None; `date_text` is
    what the page says. Without a date, `year` is the one in the file's name or the latest one the text speaks
    of. `place` is the dateline's. `body_html` is clean rich text. `encoding` is the file's; `legacy` the old
    Vietnamese encoding its text is in, and `converted` the same page read after conversion, for the editor to
    choose: this page itself is never converted.
    """

    headline: str = ""
    standfirst: str = ""
    date: datetime.date | datetime.datetime | None = None
    date_text: str = ""
    year: int | None = None
    byline: str = ""
    source: str = ""
    place: str = ""
    captions: list[Caption] = field(default_factory=list)
    body_html: str = ""
    dropped: list[Dropped] = field(default_factory=list)
    warnings: list[Doubt] = field(default_factory=list)
    encoding: str = ""
    legacy: Encoding | None = None
    converted: "LegacyPage | None" = None
