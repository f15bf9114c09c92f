"""Behind proxies, lock-out must count the reader's address: neither the proxy's nor one the reader wrote himself."""

import pytest

from portal.accounts.client_address import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "127.0.0.1"),
        (0, "9.9.9.9", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "9.9.9.9, 203.0.113.7", "203.0.113.7"),
        (2, "9.9.9.9, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "10.0.0.2", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_the_outermost_trusted_proxy_saw(rf, settings, proxies, forwarded, address):
    settings.PROXIES = proxies

    assert client_address(rf.get("/", HTTP_X_FORWARDED_FOR=forwarded)) == address
