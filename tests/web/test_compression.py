"""Pages travel compressed; files do not."""

import gzip

import pytest
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db
GZIP = {"accept-encoding": "gzip"}


def test_a_page_travels_compressed_to_whoever_can_read_that(client):
    plain, small = client.get("/vi/"), client.get("/vi/", headers=GZIP)

    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert "Accept-Encoding" in small.headers["Vary"]


def test_a_compressed_copy_is_known_again(client):
    etag = client.get("/vi/", headers=GZIP).headers["ETag"]

    assert client.get("/vi/", headers={**GZIP, "if-none-match": etag}).status_code == 304


def test_a_file_travels_as_it_is_so_that_parts_of_it_can_be_asked_for(client):
    earlier = timezone.now() - make.HOUR
    item, asset = make.article(now=earlier), make.document(content=b"%PDF-1.4\n" + b"%" * 5000 + b"\n%%EOF\n")
    make.placed(item, asset, "attachment")
    make.published(item, now=earlier)

    response = client.get(asset.get_absolute_url(), headers=GZIP)

    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
