"""What goes wrong is said in the reader's language, by a page that leans on nothing that may be broken."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.urls import path

from portal.urls import *  # noqa: F403 - the real addresses, and three that fail
from portal.urls import urlpatterns as real


def _boom(request):
    raise OperationalError("the database is away")


def _forbidden(request):
    raise PermissionDenied


urlpatterns = [path("vi/boom/", _boom), path("en/boom/", _boom), path("vi/forbidden/", _forbidden),
               path("en/forbidden/", _forbidden), *real]  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.test_errors")]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/vi/khong-co/", 404, "Không tìm thấy"),
        ("/en/nowhere/", 404, "not found"),
        ("/vi/forbidden/", 403, "quyền"),
        ("/en/forbidden/", 403, "permission"),
    ],
)
def test_a_refusal_speaks_the_readers_language(client, address, status, said):
    response = client.get(address)

    assert response.status_code == status
    assert said.lower() in response.content.decode().lower()
    assert f'<html lang="{address[1:3]}"' in response.content.decode()


@pytest.mark.parametrize("address", ["/vi/boom/", "/en/boom/"])
def test_a_broken_page_says_sorry_in_both_languages_without_the_database(
    client, address, django_assert_num_queries
):
    client.raise_request_exception = False

    response = client.get(address)

    page = response.content.decode()
    assert response.status_code == 500
    assert "database is away" not in page
    assert 'lang="vi"' in page
    assert 'lang="en"' in page


def test_a_host_that_is_not_ours_is_refused(client):
    response = client.get("/vi/", HTTP_HOST="evil.example")

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/vi/tin%00tuc/", "/vi/?page=%00", "/vi/tin-tuc/%ED%A0%80/", "/vi/" + "9" * 400 + "/"]
)
def test_addresses_no_database_could_look_up_are_refused_kindly(client, address):
    response = client.get(address)

    assert response.status_code in {400, 404}
    assert len(response.content) > 500


def test_a_form_sent_from_nowhere_says_that_nothing_is_lost():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "<h1" in response.content.decode()


def test_every_public_page_forbids_what_it_does_not_need(client):
    policy = client.get("/vi/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert client.get("/vi/").headers["Permissions-Policy"]


def test_readiness_says_what_is_wrong(client):
    from portal.editorial import clock
    from tests.make import NOON

    assert client.get("/readyz").json()["problems"]["clock"] == "the clock has never run"
    clock.seen(NOON)
    assert "last seen" in client.get("/readyz").json()["problems"]["clock"]
    assert client.get("/healthz").status_code == 200
