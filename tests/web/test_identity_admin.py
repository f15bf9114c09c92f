"""The page of the site's identity and its menus."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_the_place_of_a_menu_item_is_not_called_like_the_place_of_an_article(client):
    site = make.identity()
    client.force_login(make.person(superuser=True))

    page = client.get(f"/admin/web/siteidentity/{site.pk}/change/").content.decode()

    assert "Vị trí" in page
    assert "Địa danh" not in page
