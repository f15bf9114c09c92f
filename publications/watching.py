"""Watching pinned pieces: whoever made an issue is told when a text in it has been corrected or taken down."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType

from portal.editorial import effects
from portal.editorial.models import Edition
from portal.languages import LANGUAGES
from publications import pins
from publications.models import Bulletin, Sending

#: So long after it was sent a correction still concerns those who got a letter.
REMEMBERED = timedelta(days=2 * 365)

#: Verbs of the notices: of an issue nobody has yet, and of one that was mailed.
BEFORE, AFTER = "pinned text changed", "text sent was wrong"


def tell_of_changes(now: datetime) -> int:
    """Queue a notice for each pinned piece found wrong, once for each of its versions. Answers how many are wrong."""
    wanted = [*_before_readers(), *_after_sending(now)]
    effects.queue_many(wanted)
    return len(wanted)


def _before_readers() -> Iterator[effects.Wanted]:
    """Issues still on somebody's desk."""
    kind = ContentType.objects.get_for_model(Bulletin)
    editions = Edition.objects.filter(content_type=kind, first_published_at=None, language__in=LANGUAGES)
    languages: dict[int, list[str]] = {}
    for pk, language in editions.values_list("object_id", "language"):
        languages.setdefault(pk, []).append(language)
    for bulletin in Bulletin.objects.filter(pk__in=languages).select_related("working_copy_of"):
        for language in languages[bulletin.pk]:
            records = bulletin.records(language)
            titles = {each["of"]: each["title"] for each in records if each["is"] == "piece"}
            yield from _wrong(bulletin, language, pins.versions_in(records), titles, verb=BEFORE)


def _after_sending(now: datetime) -> Iterator[effects.Wanted]:
    for sending in Sending.objects.filter(corrects=None, composed_at__gt=now - REMEMBERED).select_related(
        "bulletin"
    ):
        yield from _wrong(sending.bulletin, sending.language, sending.pieces, {}, verb=AFTER)


def _wrong(
    bulletin: Bulletin, language: str, pinned: dict[str, int], titles: dict[str, str], *, verb: str
) -> Iterator[effects.Wanted]:
    for key, standing in pins.standings(pinned, language).items():
        if standing.is_wrong:
            note = "; ".join([titles.get(key) or key, *standing.notes])
            particulars = {"verb": verb, "by": None, "note": note[:500]}
            named = f"{verb}:{key}:{standing.version}:{standing.state}"
            yield "tell_contributors", bulletin.root, language, named, particulars
