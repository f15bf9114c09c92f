"""An article of an old portal, brought in as a Vietnamese draft; all else of its page is kept in history."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from news.legacy_page import LegacyPage, read_page
from news.models import Article, Category
from portal.accounts.models import User
from portal.editorial.actions import Refused, start
from portal.history.actions import record
from portal.history.models import Record
from portal.languages.dates import vietnamese_day
from portal.languages.folding import normalise

IMPORTED = "imported"
LARGEST = 20 * 1024 * 1024
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Original:
    """The file an article comes from: its name, the SHA-256 of its bytes, and what was read in it."""

    name: str
    sha256: str
    page: LegacyPage


def read_original(path: Path) -> Original:
    """The file and the page found in it. Raises Refused for what cannot be opened or is too large."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as problem:
        raise Refused(_("The file cannot be read: %(reason)s.") % {"reason": problem.strerror}) from problem
    if len(raw) > LARGEST:
        raise Refused(_("The file has more than %(megabytes)d MB.") % {"megabytes": LARGEST // 1024**2})
    return Original(normalise(path.name), hashlib.sha256(raw).hexdigest(), read_page(raw, path.name))


def readable(page: LegacyPage) -> LegacyPage:
    """The page itself. Raises Refused when its text is in an old encoding: a person chooses to convert it."""
    if page.converted is None:
        return page
    raise Refused(
        _(
            "The text is in an old Vietnamese encoding (%(encoding)s). "
            "If the lines above read well, repeat with --convert."
        )
        % {"encoding": page.legacy}
    )


def converted(page: LegacyPage) -> LegacyPage:
    """The page in Unicode: converted when it was in an old encoding, itself otherwise."""
    return page.converted or page


def refuse_a_second_time(original: Original) -> None:
    """Raises Refused when the same bytes were imported before, into whatever article."""
    earlier = Record.objects.filter(verb=IMPORTED, details__sha256=original.sha256).order_by("-at").first()
    if earlier is None:
        return
    raise Refused(
        _(
            "This file was imported before, as “%(title)s” (number %(number)d). "
            "To import it once more, add --again."
        )
        % {"title": earlier.title, "number": earlier.object_id}
    )


def check(page: LegacyPage, *, by: User) -> None:
    """Raises Refused when no draft can be made of the page, or not by this person."""
    if not (by.is_active and by.has_perm("news.add_article") and by.has_perm("editorial.write_vi")):
        raise Refused(_("%(person)s may not write Vietnamese articles.") % {"person": by})
    if not page.body_html:
        raise Refused(" ".join(str(doubt) for doubt in page.warnings) or _("No article text was found."))


@transaction.atomic
def import_page(
    page: LegacyPage,
    *,
    by: User,
    category: Category,
    now: datetime,
    original: Original,
    event_on: date | None = None,
) -> Article:
    """A draft by `by`, with two lines of history: begun, and imported.

    `event_on` None takes the day of the page. What has no field in an article (captions, what was left out,
    doubts) is kept in the details of the record "imported". Raises Refused when the page makes no draft.
    """
    check(page, by=by)
    article = Article(
        title_vi=page.headline,
        standfirst_vi=page.standfirst,
        body_vi=page.body_html,
        source_vi=page.source,
        dateline_vi=page.place,
        byline=page.byline,
        event_on=event_on or (vietnamese_day(page.date) if page.date else None),
        category=category,
        created_at=now,
        created_by=by,
    )
    _check_lengths(article)
    article.save()
    start(article, by=by, now=now, why=_("imported from %(file)s") % {"file": original.name})
    record(
        article,
        IMPORTED,
        by=by,
        now=now,
        language="vi",
        note=original.name,
        sha256=original.sha256,
        encoding=page.encoding,
        date_text=page.date_text,
        captions=[asdict(caption) for caption in page.captions],
        left_out=[asdict(dropped) for dropped in page.dropped],
        doubts=[asdict(doubt) for doubt in page.warnings],
    )
    return article


def writers() -> list[User]:
    """Whoever a draft may be made for, by username."""
    allowed = User.objects.with_perm("editorial.write_vi", backend=MODEL_BACKEND)
    return [person for person in allowed.order_by("username") if person.has_perm("news.add_article")]


def _check_lengths(article: Article) -> None:
    """Old pages know no limits; a database does, and what it would cut off is refused instead."""
    try:
        article.clean_fields()
    except ValidationError as problem:
        fields = {name: article._meta.get_field(name).verbose_name for name in problem.message_dict}
        raise Refused(
            " ".join(f"{fields[name]}: {' '.join(said)}" for name, said in problem.message_dict.items())
        ) from problem
