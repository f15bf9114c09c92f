"""The shelf as its readers get it: an issue and its files, the archive, the feed, works with files and photos."""

from datetime import date

import pytest
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.editorial.actions import take_step
from publications import actions
from publications.models import Bulletin, Download, Publication
from tests import make
from tests.publications.pieces import corrected, english

pytestmark = pytest.mark.django_db
ISSUE = "/en/publications/bulletin/2026-3/"


@pytest.fixture(autouse=True)
def _site():
    make.identity()


def test_the_web_edition_shows_the_pinned_texts(client):
    article = english(title_en="Wages rise by 6 per cent", body_en="<p>By six.</p>")
    make.issue(article)
    corrected(article, title_en="Wages rise by 5 per cent", body_en="<p>By five.</p>")

    page = client.get(ISSUE).content.decode()

    assert "Wages rise by 6 per cent" in page
    assert "By six." in page
    assert "63" in page
    assert "Head of the Editorial Board" in page


def test_an_issue_is_nowhere_before_its_hour(client):
    item = actions.freeze(make.bulletin(english(title_en="Told early")), "en", by=None, now=make.NOON)
    make.scheduled(item, "en", at=timezone.now() + make.DAY, now=timezone.now())

    for path in (ISSUE, f"{ISSUE[:-1]}.pdf", f"{ISSUE[:-1]}.epub"):
        assert client.get(path).status_code == 404
    for path in ("/en/publications/", "/en/publications/bulletin/", "/en/publications/bulletin/feed.xml"):
        assert "third quarter" not in client.get(path).content.decode()


def test_a_language_without_an_edition_leads_to_the_other(client):
    make.issue(english())

    response = client.get("/vi/an-pham/ban-tin/2026-3/")

    assert response.status_code == 404
    assert ISSUE in response.content.decode()


def test_the_vietnamese_edition_has_contents_of_its_own(client):
    item = make.issue(english(title_en="English piece"))
    article = make.published(make.article(title_vi="Bài tiếng Việt"))
    actions.compose(item, "vi", [{"is": "piece", "of": make.reference(article)}], by=None, now=make.NOON)
    actions.freeze(item, "vi", by=None, now=make.NOON)
    make.published(make.again(item), "vi")

    page = client.get("/vi/an-pham/ban-tin/2026-3/").content.decode()

    assert "Bài tiếng Việt" in page
    assert "English piece" not in page


def test_the_archive_lists_issues_by_year_the_newest_first(client):
    licence = make.licence(valid_from=date(2025, 6, 1), valid_until=date(2026, 12, 31))
    for year, quarter, dated in (
        (2025, 3, date(2025, 10, 12)),
        (2025, 4, date(2026, 1, 12)),
        (2026, 1, date(2026, 4, 12)),
    ):
        make.issue(
            english(),
            year=year,
            quarter=quarter,
            dated=dated,
            licence=licence,
            title_en=f"Issue {year}-{quarter}",
        )

    page = client.get("/en/publications/bulletin/").content.decode()

    places = [page.index(f"Issue {name}") for name in ("2026-1", "2025-4", "2025-3")]
    assert places == sorted(places)


def test_the_feed_tells_of_issues(client):
    make.issue(english())

    response = client.get("/en/publications/bulletin/feed.xml")

    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert ISSUE in response.content.decode()


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF-"), ("epub", b"PK")])
def test_an_issue_can_be_kept(client, form, magic):
    make.issue(english())

    response = client.get(f"{ISSUE[:-1]}.{form}")

    assert b"".join(response.streaming_content)[: len(magic)] == magic
    assert "2026-q3-en" in response.headers["Content-Disposition"]


def test_files_are_counted_by_the_day_and_without_cookies(client):
    make.issue(english())

    for _ in range(2):
        client.get(f"{ISSUE[:-1]}.pdf")
    client.head(f"{ISSUE[:-1]}.pdf")

    [counted] = Download.objects.all()
    assert (counted.file, counted.count) == ("en.pdf", 2)
    assert client.cookies == {}


@pytest.mark.parametrize("path", ["2026-5/", "2026-3.exe", "0-0/", "2027-1/"])
def test_issues_that_are_none_are_not_found(client, path):
    make.issue(english())

    assert client.get(f"/en/publications/bulletin/{path}").status_code == 404


def test_a_retracted_issue_takes_its_files_with_it(client):
    item = make.issue(english())
    take_step(item, "retract", language="en", by=None, now=make.NOON, note="Printed in error.")

    assert client.get(ISSUE).status_code == 410
    assert client.get(f"{ISSUE[:-1]}.pdf").status_code == 404


def test_the_issue_needs_as_many_questions_for_twenty_pieces_as_for_two(client, django_assert_num_queries):
    for count, quarter in ((2, 1), (20, 2)):
        make.issue(
            *(english() for _ in range(count)), quarter=quarter, licence=make.licence(number=str(quarter))
        )
    for quarter in (1, 2):
        client.get("/en/")
        with django_assert_num_queries(4):
            client.get(f"/en/publications/bulletin/2026-{quarter}/?fresh={quarter}")


def brochure(**fields):
    return make.published(make.publication(**fields), "en")


def test_the_shelf_shows_works_and_issues_and_can_be_asked_for_a_form(client):
    make.issue(english())
    brochure(title_en="Working abroad safely")

    everything = client.get("/en/publications/").content.decode()
    brochures = client.get(f"/en/publications/?form={Publication.Form.BROCHURE}").content.decode()

    assert "third quarter" in everything
    assert "Working abroad safely" in everything
    assert "Working abroad safely" in brochures
    assert "third quarter" not in brochures


@pytest.mark.parametrize("query", ["form=x", "year=99999999999999999999", "form=-1&year=", "page=zzz"])
def test_strange_questions_to_the_shelf_are_answered(client, query):
    assert client.get(f"/en/publications/?{query}").status_code in {200, 404}


def test_a_year_narrows_the_shelf(client):
    brochure(year=2024, title_en="Of the year before")
    brochure(year=2026, title_en="Of this year")

    page = client.get("/en/publications/?year=2024").content.decode()

    assert "Of the year before" in page
    assert "Of this year" not in page


def test_a_work_offers_the_file_in_the_readers_language_first(client):
    item = brochure()

    page = client.get(item.get_absolute_url("en")).content.decode()

    assert page.index("in English") < page.index("in Vietnamese")
    assert "Free to copy with the source" in page


def test_a_file_of_a_work_is_counted_and_handed_out(client):
    item = brochure()
    placed = item.placements.get(role="file_en")

    response = client.get(f"/en/publications/file/{item.pk}/{placed.asset.uuid}/", follow=True)

    assert response.status_code == 200
    assert Download.objects.get().count == 1
    assert "Fetched once" in client.get(item.get_absolute_url("en")).content.decode()


def test_files_of_a_work_not_published_are_not_there(client):
    item = make.publication()
    placed = item.placements.get(role="file_en")

    assert client.get(f"/en/publications/file/{item.pk}/{placed.asset.uuid}/").status_code == 404


def photo_book(**fields):
    item = make.publication(form=Publication.Form.PHOTO_BOOK, title_en="A year in pictures", **fields)
    for number in range(1, 4):
        make.placed(
            item,
            make.picture(f"{number}.jpg"),
            "photo",
            caption_en=f"Page {number}",
            caption_vi=f"Trang {number}",
        )
    return make.published(make.again(item), "en")


def test_a_photo_book_shows_every_caption_in_both_languages(client):
    page = client.get(photo_book().get_absolute_url("en")).content.decode()

    for number in (1, 2, 3):
        assert f"Page {number}" in page
        assert f"Trang {number}" in page


def test_a_photo_book_is_leafed_through_page_by_page(client):
    address = photo_book().get_absolute_url("en")

    second = client.get(f"{address}2/").content.decode()

    assert f'href="{address}1/"' in second
    assert f'href="{address}3/"' in second
    assert client.get(f"{address}4/").status_code == 404
    assert client.get(f"{address}0/").status_code == 404


def test_a_photo_book_without_photos_is_not_submitted():
    item = make.publication(form=Publication.Form.PHOTO_BOOK)

    with pytest.raises(Refused):
        take_step(item, "submit", language="en", by=None, now=make.NOON)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"licence": None}, "giấy phép"),
        ({"dated": date(2027, 2, 1)}, "27/GP-XBBT"),
        ({"responsible_en": ""}, "chịu trách nhiệm"),
    ],
)
def test_what_the_law_asks_of_a_bulletin_is_asked(fields, said):
    item = actions.freeze(make.bulletin(english(), **fields), "en", by=None, now=make.NOON)

    with pytest.raises(Refused, match=said):
        take_step(item, "submit", language="en", by=None, now=make.NOON)


def test_an_issue_longer_than_its_licence_allows_is_not_submitted():
    short = make.licence(page_cap=1)
    item = actions.freeze(make.bulletin(english(), licence=short), "en", by=None, now=make.NOON)

    with pytest.raises(Refused, match="giấy phép cho phép 1 trang"):
        take_step(item, "submit", language="en", by=None, now=make.NOON)


def test_one_quarter_has_one_bulletin():
    from django.db import IntegrityError, transaction

    make.bulletin()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.bulletin(licence=None)
    assert Bulletin.objects.count() == 1
