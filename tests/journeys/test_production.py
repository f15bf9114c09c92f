"""The production arrangement at the hour of a release, while parts of it die. On PostgreSQL only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from news.models import Article
from portal.editorial.actions import open_working_copy, take_step
from portal.editorial.models import Edition, Effect, Notice, State
from portal.history.models import Record
from tests import make
from tests.journeys.arrangement import NOBODY, Arrangement, wait_until

pytestmark = [pytest.mark.production, pytest.mark.django_db(transaction=True)]

AHEAD = timedelta(seconds=8)  # readers must have time to look before the hour, even on a busy machine
LIST = "/vi/tin-tuc/"
OLD, NEW = "Thông báo tuyển lao động kỳ thi tháng 12", "Thông báo tuyển lao động kỳ thi tháng 12, bản sửa"
# When a worker died with the clock's task in hand, the next tick brings the merge ten seconds later.
MERGED_WITHIN_SECONDS = 45
LOOKS_AFTER = 5


@dataclass(frozen=True)
class Release:
    """Two things due at one second: an article readers never saw, and the working copy of one they know."""

    hour: datetime
    first: Article
    known: Article
    writer_pk: int

    def nothing_waits(self) -> bool:
        scheduled = Edition.objects.filter(state=State.SCHEDULED).exists()
        return not scheduled and not Effect.objects.filter(done_at=None).exists()


def prepared() -> tuple[Article, Article, int]:
    """Both things approved, and their writer; what preparing them set off is done."""
    before, writer, reader = timezone.now() - make.HOUR, make.reporter(), make.approver()
    shelf = make.category()
    first = make.approved(make.article(by=writer, now=before, category=shelf), now=before, reader=reader)
    known = make.article(by=writer, now=before, category=shelf, title_vi=OLD)
    known = make.published(known, now=before, reader=reader)
    copy = open_working_copy(known, by=writer, now=before)
    copy = make.changed(
        copy, by=writer, title_vi=NEW, change_kind_vi="update", change_note_vi="Thêm thời hạn nộp hồ sơ."
    )
    make.approved(copy, now=before, reader=reader)
    return first, known, writer.pk


def scheduled() -> Release:
    """The release, a few seconds ahead."""
    first, known, writer_pk = prepared()
    now = timezone.now()
    hour = now + AHEAD
    for item in (first, Article.objects.get(working_copy_of=known)):
        take_step(item, "schedule", language="vi", by=None, now=now, at=hour)
    return Release(hour, Article.objects.get(pk=first.pk), known, writer_pk)


@dataclass(frozen=True)
class Look:
    """What a reader had before them at one moment."""

    page: bool  # the first article opens
    listed: bool  # the list has it
    changed: bool  # the list has the new title of the article known before


NOTHING_YET = {Look(page=False, listed=False, changed=False)}


def watched(portal: Arrangement, release: Release) -> tuple[set[Look], set[Look]]:
    """What readers had: in answers complete before the hour, and to questions asked after it."""
    before: list[Look] = []
    after: list[Look] = []
    page = release.first.get_absolute_url("vi")
    while len(after) < LOOKS_AFTER:
        asked = timezone.now()
        status, (list_status, text) = portal.get(page), portal.page(LIST)
        answered = timezone.now()
        assert answered < release.hour + timedelta(seconds=60), "nobody answered for a minute"
        if NOBODY in {status, list_status}:
            continue  # the process that was to answer had just been killed
        assert (status in {200, 404}, list_status) == (True, 200), (status, list_status)
        look = Look(page=status == 200, listed=release.first.title_vi in text, changed=NEW in text)
        if answered < release.hour:
            before.append(look)
        elif asked >= release.hour:
            after.append(look)
    return set(before), set(after)


def is_out(looks: set[Look]) -> bool:
    """Every look had the first article; the working copy may still be on its way."""
    return all(look.page and look.listed for look in looks)


@pytest.mark.parametrize("victim", ["a worker", "a clock", "a web process"])
def test_a_release_is_whole_and_on_time_although_a_part_is_killed(portal, victim):
    portal.start_everything()
    release = scheduled()

    killings = {
        "a worker": lambda: portal.kill("worker-1"),
        "a clock": lambda: portal.kill("clock-1"),
        "a web process": portal.kill_web_process,
    }
    killings[victim]()
    before, after = watched(portal, release)
    wait_until(release.nothing_waits, "something was left undone", MERGED_WITHIN_SECONDS)

    assert before == NOTHING_YET
    assert is_out(after)
    assert NEW in portal.page(release.known.get_absolute_url("vi"))[1]
    assert NEW in portal.page(LIST)[1]
    assert not Article.objects.exclude(working_copy_of=None).exists()
    assert deeds_at_the_hour(release) == [(release.first.pk, 1), (release.known.pk, 1)]
    assert Edition.objects.filter(state=State.PUBLISHED, failed_at=None).count() == 2
    assert portal.get("/readyz") == 200


def deeds_at_the_hour(release: Release) -> list[tuple[int, int]]:
    """(thing, how often it was published at the hour), each time with one effect and one notice."""
    counted = []
    for thing in (release.first, release.known):
        records = Record.objects.about(thing).filter(verb="published", at__gte=release.hour)
        told = {"object_id": thing.pk, "language": "vi"}
        effects = Effect.objects.filter(particulars__verb="published", queued_at__gte=release.hour, **told)
        notices = Notice.objects.filter(verb="published", to=release.writer_pk, at__gte=release.hour, **told)
        assert records.count() == effects.count() == notices.count(), thing
        counted.append((thing.pk, records.count()))
    return counted


def test_without_any_clock_first_publications_are_seen_at_their_second(portal):
    portal.start_web()
    release = scheduled()

    before, after = watched(portal, release)

    assert before == NOTHING_YET
    assert is_out(after)
    status, text = portal.page("/readyz")
    assert status == 503
    assert "clock" in text
    assert Edition.objects.filter(state=State.SCHEDULED).count() == 2, "nobody was there to release them"


def test_without_redis_readers_are_served_on_time_and_readyz_says_what_is_missing(portal, redis):
    portal.start_everything()
    release = scheduled()

    redis.close()
    before, after = watched(portal, release)

    assert before == NOTHING_YET
    assert is_out(after)
    status, text = portal.page("/readyz")
    assert status == 503
    assert "redis" in text.lower() or "broker" in text.lower() or "cache" in text.lower(), text
