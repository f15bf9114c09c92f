"""Who gets a file, and with what words around it."""

import pytest
from django.utils import timezone

from news.models import Article
from portal.editorial.actions import take_step
from portal.library import access, actions, renditions, tasks
from portal.library.models import Asset
from tests import make
from tests.library import samples
from tests.make import HOUR, NOON

pytestmark = pytest.mark.django_db


def added(content: bytes | None = None, name: str = "anh.jpg") -> Asset:
    return actions.add_asset(samples.uploaded(content or samples.photograph(), name), by=None, now=NOON)


def made_public(asset: Asset, role: str = "cover") -> Article:
    """The asset placed in an article that everybody can read since an hour ago."""
    earlier = timezone.now() - HOUR
    item = make.article(now=earlier, english=False)
    make.placed(item, asset, role)
    return make.published(item, now=earlier)


def addresses(asset: Asset) -> list[str]:
    return [
        asset.get_absolute_url(),
        f"/files/{asset.uuid}/320.webp",
        f"/files/{asset.uuid}/320.avif",
        f"/files/{asset.uuid}/card.jpg",
    ]


@pytest.fixture
def picture() -> Asset:
    return added()


def test_nothing_is_public_until_something_published_uses_it(client, picture):
    assert [client.get(address).status_code for address in addresses(picture)] == [404] * 4


def test_a_draft_does_not_make_its_pictures_public(client, picture):
    make.placed(make.article(), picture, "cover")

    assert [client.get(address).status_code for address in addresses(picture)] == [404] * 4


def test_a_published_article_makes_its_pictures_public(client, picture):
    made_public(picture)

    answers = [client.get(address) for address in addresses(picture)]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert [answer.headers["Content-Type"] for answer in answers] == [
        "image/jpeg", "image/webp", "image/webp", "image/jpeg",
    ]  # fmt: skip
    for answer in answers:
        assert answer.headers["Cache-Control"] == "public, max-age=60, s-maxage=0, must-revalidate"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "Set-Cookie" not in answer.headers
        assert len(b"".join(answer.streaming_content)) > 100


def test_a_retracted_article_hides_its_files_at_once(client, picture):
    item = made_public(picture)

    take_step(item, "retract", language="vi", by=None, now=timezone.now(), note="Sai số liệu.")

    assert [client.get(address).status_code for address in addresses(picture)] == [404] * 4


def test_a_file_waits_for_the_hour_of_its_article(client, picture):
    item = make.article(now=NOON, english=False)
    make.placed(item, picture, "cover")
    make.scheduled(item, at=timezone.now() + HOUR, now=timezone.now() - HOUR)

    assert client.get(picture.get_absolute_url()).status_code == 404
    assert access.is_public(picture, timezone.now() + 2 * HOUR)


def test_staff_see_what_is_not_public_and_nobody_keeps_it(client, picture):
    client.force_login(make.reporter())

    answers = [client.get(address) for address in addresses(picture)]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}


def test_a_public_file_sent_within_a_session_is_for_that_person_only(client, picture):
    made_public(picture)
    client.force_login(make.reporter())

    assert client.get(picture.get_absolute_url()).headers["Cache-Control"] == "private, no-cache"


def test_staff_without_the_permission_see_nothing_private(client, picture):
    client.force_login(make.person())

    assert client.get(picture.get_absolute_url()).status_code == 404


def test_someone_who_lacks_the_second_factor_is_nobody(client, picture, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(make.reporter())

    assert client.get(picture.get_absolute_url()).status_code == 404


def test_an_unchanged_file_is_not_sent_twice(client, picture):
    made_public(picture)

    for address in addresses(picture):
        etag = client.get(address).headers["ETag"]
        again = client.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
        assert "must-revalidate" in again.headers["Cache-Control"]


def test_a_known_tag_opens_nothing(client, picture):
    answer = client.get(picture.get_absolute_url(), headers={"If-None-Match": f'"{picture.uuid.hex}"'})

    assert answer.status_code == 404


def test_head_and_ranges_are_answered(client, picture):
    made_public(picture)

    head = client.head(picture.get_absolute_url())
    part = client.get(picture.get_absolute_url(), headers={"Range": "bytes=0-9"})

    assert (head.status_code, int(head.headers["Content-Length"])) == (200, picture.size)
    assert (part.status_code, len(b"".join(part.streaming_content))) == (200, picture.size)


def test_files_are_only_read(client, picture):
    made_public(picture)

    assert client.post(picture.get_absolute_url()).status_code == 405


def test_a_document_is_downloaded_under_its_own_name(client):
    content = samples.docx()
    document = added(content, "Thông cáo báo chí số 12 (bản cuối).DOCX")
    made_public(document, "attachment")

    answer = client.get(document.get_absolute_url())

    assert document.get_absolute_url().endswith("/thong-cao-bao-chi-so-12-ban-cuoi.docx")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="thong-cao-bao-chi-so-12-ban-cuoi.docx"; '
        "filename*=UTF-8''Th%C3%B4ng%20c%C3%A1o%20b%C3%A1o%20ch%C3%AD%20s%E1%BB%91%2012%20"
        "%28b%E1%BA%A3n%20cu%E1%BB%91i%29.DOCX"
    )
    assert b"".join(answer.streaming_content) == content


def test_text_is_declared_as_utf8(client):
    made_public(table := added("họ tên\n".encode(), "a.csv"), "attachment")

    assert client.get(table.get_absolute_url()).headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_pdf_is_never_opened_within_the_portal(client):
    made_public(document := added(samples.pdf(), "a.pdf"), "attachment")

    assert client.get(document.get_absolute_url()).headers["Content-Disposition"].startswith("attachment;")


def test_once_made_the_renditions_are_served(client, picture):
    made_public(picture)
    tasks.make_renditions()

    answer = client.get(f"/files/{picture.uuid}/640.avif")

    assert answer.headers["Content-Type"] == "image/avif"
    assert b"".join(answer.streaming_content) == renditions.rendition(picture, 640, "avif").read_bytes()


def test_a_width_beyond_the_picture_gives_its_widest(client):
    small = added(samples.image(size=(400, 300)))
    made_public(small)

    answer = client.get(f"/files/{small.uuid}/1600.webp")

    assert b"".join(answer.streaming_content) == renditions.rendition(small, 480, "webp").read_bytes()


def test_where_no_rendition_can_be_made_the_original_stands_in(client, picture, settings):
    made_public(picture)
    (settings.MEDIA_ROOT / "renditions").write_text("in the way of the folder")

    answer = client.get(f"/files/{picture.uuid}/640.webp")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert len(b"".join(answer.streaming_content)) == picture.size


def test_lost_bytes_are_not_found(client, picture):
    made_public(picture)
    picture.original.storage.delete(picture.original.name)

    assert [client.get(address).status_code for address in addresses(picture)] == [404] * 4


def test_in_production_nginx_sends_the_bytes(client, picture, settings):
    settings.X_ACCEL_PREFIX = "/protected/"
    made_public(picture)

    original = client.get(picture.get_absolute_url())
    small = client.get(f"/files/{picture.uuid}/320.webp")

    assert original.headers["X-Accel-Redirect"] == f"/protected/{picture.original.name}"
    assert (
        small.headers["X-Accel-Redirect"]
        == f"/protected/renditions/{picture.uuid.hex[:2]}/{picture.uuid}/320.webp"
    )
    assert original.content == small.content == b""
    assert renditions.rendition(picture, 320, "webp").exists()


def test_nginx_is_told_nothing_about_what_is_private(client, picture, settings):
    settings.X_ACCEL_PREFIX = "/protected/"

    assert "X-Accel-Redirect" not in client.get(picture.get_absolute_url()).headers


@pytest.mark.parametrize(
    "tail",
    [
        "other.jpg", "ANH.JPG", "anh.jpg/", "..%2f..%2fetc%2fpasswd", "../../etc/passwd", "%2e%2e/%2e%2e/x",
        "321.webp", "320.png", "0320.webp", "320.webp.html", "-320.webp", "card.png", "anh.jpg%0d%0aX: y",
        "a%ff.jpg", "é" * 300, "",
    ],
)  # fmt: skip
def test_strange_addresses_are_not_found(client, picture, tail):
    made_public(picture)

    assert client.get(f"/files/{picture.uuid}/{tail}").status_code == 404


@pytest.mark.parametrize("start", ["00000000-0000-0000-0000-000000000000", "x", "1", "../../media/originals"])
def test_strange_identifiers_are_not_found(client, start):
    assert client.get(f"/files/{start}/anh.jpg").status_code == 404


def test_a_document_has_no_renditions(client):
    made_public(document := added(samples.pdf(), "a.pdf"), "attachment")

    assert client.get(f"/files/{document.uuid}/320.webp").status_code == 404
    assert client.get(f"/files/{document.uuid}/card.jpg").status_code == 404


def test_a_public_file_costs_few_questions(client, picture, django_assert_max_num_queries):
    made_public(picture)
    client.get(picture.get_absolute_url())

    with django_assert_max_num_queries(3):
        client.get(picture.get_absolute_url())
