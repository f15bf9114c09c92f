"""`manage.py import_article`: makes drafts of pages saved from an old portal; shows what it understood."""

import logging
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from news import importing
from news.importing import Original
from news.legacy_page import LegacyPage
from news.models import Article, Category
from portal.accounts.models import User
from portal.editorial.actions import Refused
from portal.languages.dates import InvalidDate, parse_date, short_day, short_moment
from portal.languages.folding import normalise
from portal.richtext import paragraphs

log = logging.getLogger(__name__)

EXCERPT = 100
FIRST_LINES = 4


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for, the same for every file."""

    by: User
    category: Category
    event_on: date | None
    convert: bool
    again: bool
    dry_run: bool


class Command(BaseCommand):
    help = "Make Vietnamese drafts of articles in pages saved from an old portal (text or HTML)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="whose drafts they are")
        parser.add_argument("--category", required=True, metavar="KEY", help="the category they are put in")
        parser.add_argument(
            "--event-date", metavar="DATE", help="the day of the event, for one file: 5/10/2018"
        )
        parser.add_argument("--convert", action="store_true", help="convert texts in TCVN3, VNI or mojibake")
        parser.add_argument("--again", action="store_true", help="import files that were imported before")
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would be imported, change nothing"
        )

    def handle(self, *_args: Any, files: list[Path], **options: Any) -> None:
        wanted = Wanted(
            by=_person(options["by"]),
            category=_category(options["category"]),
            event_on=_event_on(options["event_date"], files),
            convert=options["convert"],
            again=options["again"],
            dry_run=options["dry_run"],
        )
        failed = sum(not self._is_imported(path, wanted) for path in files)
        if failed:
            raise CommandError(
                _("Not imported: %(failed)d of %(files)d files.") % {"failed": failed, "files": len(files)}
            )

    def _is_imported(self, path: Path, wanted: Wanted) -> bool:
        """Take one file; a refusal is told and stops none of the others."""
        self._say(self.style.MIGRATE_HEADING(normalise(path.name)))
        try:
            self._take(path, wanted)
        except Refused as refusal:
            self._say("  " + self.style.ERROR(_("Not imported: %(reason)s") % {"reason": refusal}))
            return False
        except Exception as problem:  # whatever one file does, the others are taken
            log.exception("import of %s", normalise(path.name))
            self._say("  " + self.style.ERROR(_("Not imported: %(reason)s") % {"reason": repr(problem)}))
            return False
        return True

    def _take(self, path: Path, wanted: Wanted) -> None:
        original = importing.read_original(path)
        page = self._page(original, wanted)
        for label, said in _understood(page):
            self._say(f"  {label + ':':<14} {said}")
        if not wanted.again:
            importing.refuse_a_second_time(original)
        if wanted.dry_run:
            importing.check(page, by=wanted.by)
            self._say("  " + _("Not imported: this was a dry run."))
            return
        article = importing.import_page(
            page,
            by=wanted.by,
            category=wanted.category,
            now=timezone.now(),
            original=original,
            event_on=wanted.event_on,
        )
        self._say("  " + self.style.SUCCESS(_made(article)))

    def _page(self, original: Original, wanted: Wanted) -> LegacyPage:
        """The page to import. One in an old encoding is shown as it would read, for a person to decide."""
        page = importing.converted(original.page)
        if wanted.convert or page is original.page:
            return page
        for line in [page.headline, *paragraphs(page.body_html)][:FIRST_LINES]:
            self._say(f"  | {_excerpt(line)}")
        return importing.readable(original.page)

    def _say(self, line: str) -> None:
        self.stdout.write(line)


def _person(username: str) -> User:
    if person := User.objects.active().filter(username=username).first():
        return person
    people = ", ".join(f"{writer.username} ({writer})" for writer in importing.writers())
    raise CommandError(
        _("There is no active account named %(username)s. Who may write Vietnamese: %(people)s.")
        % {"username": username, "people": people or "—"}
    )


def _category(key: str) -> Category:
    if category := Category.objects.filter(key=key).first():
        return category
    keys = ", ".join(f"{category.key} ({category})" for category in Category.objects.all())
    raise CommandError(
        _("There is no category with the key %(key)s. There are: %(keys)s.")
        % {"key": key, "keys": keys or "—"}
    )


def _event_on(written: str | None, files: list[Path]) -> date | None:
    if written is None:
        return None
    if len(files) > 1:
        raise CommandError(_("--event-date holds for one file: import the others by themselves."))
    try:
        return parse_date(written).day
    except InvalidDate as problem:
        raise CommandError(
            _("“%(written)s” is not a day. Write it like this: 5/10/2018.") % {"written": written}
        ) from problem


def _understood(page: LegacyPage) -> Iterator[tuple[str, str]]:
    """What was read, line by line: (what it is, what it says)."""
    texts = paragraphs(page.body_html)
    yield _("Headline"), page.headline or _("none found")
    yield _("Standfirst"), page.standfirst or _("none found: it must be written before the review")
    yield _("Date"), _date(page)
    yield _("Byline"), page.byline or _("none found")
    yield _("Source"), page.source or _("none found")
    yield _("Dateline"), page.place or _("none found")
    yield _("Paragraphs"), f"{len(texts)} – {_excerpt(texts[0])}" if texts else "0"
    for caption in page.captions:
        after = _("after paragraph %(number)d: %(text)s")
        yield _("Caption"), after % {"number": caption.after_paragraph_index, "text": caption.text}
    for dropped in page.dropped:
        yield _("Left out"), f"{_excerpt(dropped.line)} ({dropped.explanation})"
    for doubt in page.warnings:
        about = "" if not doubt.text or doubt.text in str(doubt) else f" “{doubt.text}”"
        yield _("Please check"), f"{doubt}{about}"


def _date(page: LegacyPage) -> str:
    """The day as understood, and as the page has it."""
    said = _day(page)
    return f"{said} ({_('written “%(text)s”') % {'text': page.date_text}})" if page.date_text else said


def _day(page: LegacyPage) -> str:
    language = get_language() or "vi"
    if isinstance(page.date, datetime):
        return short_moment(page.date, language)
    if page.date is not None:
        return short_day(page.date, language)
    return _("none found; the year may be %(year)s") % {"year": page.year} if page.year else _("none found")


def _made(article: Article) -> str:
    kept = _("Draft %(number)d made: %(address)s. Captions and lines left out are kept in its history.")
    address = reverse("admin:news_article_change", args=[article.pk])
    return kept % {"number": article.pk, "address": address}


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rstrip() + "…"
