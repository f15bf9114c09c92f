"""Until its hour nothing anywhere says that a text under embargo exists; at its hour every surface has it.

The surfaces are found by crawling: whatever a reader can reach from the front door, and every address of a feed, a list
or a search that the portal names without a number in it.
"""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.translation import override

from portal.editorial import effects
from portal.editorial.actions import take_step
from portal.editorial.models import Edition
from portal.languages.dates import vietnamese_day
from portal.search.models import Entry, ReadSide
from pressroom.models.numbers import Number
from pressroom.rules import links
from tests import make
from tests.make import DAY, HOUR, MINUTE
from tests.pressroom import crawling, releases

pytestmark = pytest.mark.django_db
#: A word nothing else says, in both languages.
WORD = "Xylophonia"
_DAY = re.compile(r"/(\d{4})-(\d{2})-(\d{2})/")
_LEFT_OUT = ("/admin/", "/static/", "/healthz", "/readyz")


def fixed_addresses() -> set[str]:
    """Every public address without a number, a name or a token in it, in both languages."""
    found = set()
    for language in ("vi", "en"):
        with override(language):
            found |= {f"/{path}" for path in _fixed(get_resolver().url_patterns, "", language)}
    return found


def _fixed(patterns, before, language):
    for each in patterns:
        path = before + str(each.pattern)
        if "<" in path or "(" in path or "^" in path:
            continue
        if isinstance(each, URLResolver):
            yield from _fixed(each.url_patterns, path, language)
        elif isinstance(each, URLPattern):
            yield path


def is_far_day(path: str) -> bool:
    """A calendar has no end: of its days those around today are looked at."""
    found = _DAY.search(path)
    return bool(found) and abs(date(*map(int, found.groups())) - vietnamese_day(timezone.now())) > 3 * DAY


def crawl(client: Client) -> dict[str, str]:
    """Address → what it answers, of everything a reader can reach."""
    begin = sorted({"/", "/vi/", "/en/", *fixed_addresses()})
    return crawling.crawl(
        client, begin, left_out=lambda path: path.startswith(_LEFT_OUT) or is_far_day(path), most=600
    )


def leaks(pages: dict[str, str]) -> list[str]:
    return crawling.telling(pages, WORD)


@pytest.fixture
def item():
    """A release with everything a surface might tell: headline, cover, files, topic, quote, in both languages."""
    now = timezone.now()
    make.identity()
    releases.patterns()
    topic = make.topic()
    make.published(make.article(), "vi", "en", now=now - DAY)
    make.published(releases.release(now=now), "vi", "en", now=now - HOUR)
    draft = releases.release(
        now=now, title_vi=f"{WORD} ra mắt", title_en=f"{WORD} launched", standfirst_vi=f"Về {WORD}.",
        standfirst_en=f"On {WORD}.",
    )  # fmt: skip
    draft.topics.set([topic])
    asset = make.document(f"{WORD.lower()}.pdf", f"%PDF-1.4 {WORD}".encode())
    make.placed(draft, make.picture(f"{WORD.lower()}.jpg"), "cover")
    make.placed(draft, asset, "attachment", title_vi=f"Tệp {WORD}", title_en=f"{WORD} file")
    item = releases.embargoed(make.again(draft), "vi", "en", at=now + DAY, now=now)
    effects.do_waiting(timezone.now() + MINUTE)
    return item


def come_true(item) -> None:
    """Its hour comes: what time would do, the rows are told."""
    now = timezone.now() - timedelta(seconds=5)
    Edition.objects.of(item).update(publish_at=now)
    Entry.objects.about(item).update(visible_from=now)
    Entry.objects.about(item).first().in_topics.update(visible_from=now)
    for entry in Entry.objects.about(item):
        entry.in_topics.update(visible_from=now)
    Number.objects.filter(object_id=item.pk).update(hour=now)
    ReadSide.objects.update(version=99)


def addresses_of(item) -> list[str]:
    """The addresses somebody might guess."""
    files = [placed.asset for placed in item.placements.all()]
    return [
        *(item.get_absolute_url(language) for language in ("vi", "en")),
        f"/vi/bao-chi/thong-cao/{item.pk}/", f"/en/press/releases/{item.pk}/",
        f"/vi/bao-chi/thong-cao/{item.pk}.pdf", f"/en/press/releases/{item.pk}.pdf",
        f"/vi/bao-chi/thong-cao/{item.pk}.json", f"/en/press/releases/{item.pk}.json",
        *(f"/files/{asset.uuid}/{asset.filename}" for asset in files),
        *(f"/files/{asset.uuid}/card.jpg" for asset in files),
    ]  # fmt: skip


def test_before_its_hour_no_surface_knows_of_it(client, item):
    pages = crawl(client)

    assert len(pages) > 60
    assert leaks(pages) == []


def test_before_its_hour_no_guessed_address_tells_it_from_one_that_never_was(client, item):
    for address in addresses_of(item):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert WORD.lower() not in answer.content.decode().lower(), address


def test_a_holder_of_a_copy_gives_no_other_reader_anything(client, item):
    """A copy in another browser changes no page of this one, and no cache keeps it."""
    copy = releases.accepted(item, now=timezone.now())
    holder = Client()
    assert holder.get(f"/vi/bao-chi/truoc-gio/{links.COPY.token(copy)}/").status_code == 200

    assert leaks(crawl(client)) == []


def test_at_its_hour_every_surface_has_it_though_the_clock_is_dead(client, item):
    come_true(item)

    told = leaks(crawl(client))

    for surface in (
        "/vi/", "/en/", "/vi/bao-chi/", "/en/press/", "/vi/bao-chi/thong-cao/", "/en/press/releases/feed.xml",
        "/vi/bao-chi/feed.xml", "/vi/bao-chi/changes.json", item.get_absolute_url("vi"), item.get_absolute_url("en"),
        f"/vi/bao-chi/thong-cao/{item.pk}.pdf",
    ):  # fmt: skip
        assert surface in told or surface.endswith(".pdf"), surface
    assert client.get(f"/vi/bao-chi/thong-cao/{item.pk}.pdf").status_code == 200
    for placed in item.placements.all():
        assert client.get(f"/files/{placed.asset.uuid}/{placed.asset.filename}").status_code == 200


def test_called_off_it_is_nowhere_again(client, item):
    for language in ("vi", "en"):
        take_step(
            make.again(item), "lift_embargo", language=language, by=None, now=timezone.now(), note="Hoãn."
        )
    effects.do_waiting(timezone.now() + MINUTE)

    assert leaks(crawl(client)) == []
    assert not Entry.objects.about(item).exists()
