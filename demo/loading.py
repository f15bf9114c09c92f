"""Loading: the whole demonstration in one transaction, its stories told together in their order of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from demo.days import days_for
from demo.directory import fill_directory
from demo.folder import pieces
from demo.house import furnish
from demo.mail import mail_deeds
from demo.people import engage
from demo.pictures import Library
from demo.press.desk import OPENED, Desk
from demo.press.telling import press_deeds
from demo.shelf import Shelf, fill_licences
from demo.stories import Deed, Story
from demo.training.telling import training_deeds
from news.models import Article, Category
from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.editorial import effects
from portal.editorial.models import Effect, Notice
from portal.search.models import Topic

#: The library is filled so long before the press room opens: nothing here was published earlier.
PICTURES_FIRST = timedelta(days=1)
#: Notices older than this have been read, but for those of work that still waits for its writer.
READ_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class Loaded:
    """What was loaded, and by how many days its dates were moved."""

    articles: int
    pictures: int
    people: int
    days_moved: int


@transaction.atomic
def load(now: datetime) -> Loaded | None:
    """Fill an empty portal; answers None, and does nothing, where somebody has an account already.

    Raises Refused in production, OSError and `folder.Unsound` when the folder `demo/` is not whole.
    """
    if settings.PRODUCTION:
        raise Refused(_("The demonstration has public passwords: it is never loaded in production."))
    if User.objects.exists():
        return None
    told = pieces()
    days = days_for(told, now)
    staff = engage(now)
    categories, topics = furnish()
    first = days.moment(OPENED)
    fill_directory(by=staff.first("duty editor"), now=first - PICTURES_FIRST)
    fill_licences(days)
    library = Library(by=staff.first("editor"), now=first - PICTURES_FIRST)
    stories = [Story(piece, staff, library, days) for piece in told]
    rows = _set_rows(stories, categories, topics)
    shelf = Shelf(staff, library, days, articles=rows, topics=topics)
    desk = Desk(staff, library, days, topics)
    deeds = [
        *shelf.deeds(),
        *mail_deeds(staff, days),
        *press_deeds(desk),
        *training_deeds(staff, library, days, topics),
    ]
    _tell([*(deed for story in stories for deed in story.deeds()), *deeds])
    Notice.objects.filter(at__lt=now - READ_AFTER).exclude(verb="return").update(read_at=F("at"))
    return Loaded(len(stories), len(library.pictures), User.objects.count(), days.shift.days)


def _set_rows(
    stories: list[Story], categories: dict[str, Category], topics: dict[str, Topic]
) -> dict[str, Article]:
    """The rows of all articles by key, oldest first, before any story: they name one another as related."""
    rows: dict[str, Article] = {}
    for story in sorted(stories, key=lambda story: story.deeds()[0][0]):
        rows[story.piece.key] = story.begin(categories[story.piece.fields["category"]])
    for story in stories:
        row, fields = rows[story.piece.key], story.piece.fields
        row.related.set([rows[key] for key in fields.get("related", [])])
        row.topics.set([topics[key] for key in fields["topics"]])
    return rows


def _tell(deeds: Iterable[Deed]) -> None:
    """All that happened, in its order of time."""
    for at, do in sorted(deeds, key=lambda deed: deed[0]):
        do(at)
        # What follows a step is queued with the hour of the machine; here the step has an hour of its own.
        if Effect.objects.filter(done_at=None).update(queued_at=at, due_at=at):
            effects.do_waiting(at)
