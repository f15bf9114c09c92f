"""Where the portal listens, and how it says that it cannot."""

import pytest

from portal.web.serving import address


def test_nothing_set_means_this_machine_only():
    with address.listen({"PORT": "0"}) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert address.names(listener) == ["127.0.0.1"]


def test_an_address_of_the_sixth_version_is_written_in_brackets():
    with address.listen({"HOST": "::1", "PORT": "0"}) as listener:
        port = listener.getsockname()[1]
        assert address.url(listener) == f"http://[::1]:{port}/"
        assert address.names(listener) == ["[::1]"]


def test_a_portal_open_to_everybody_is_found_here_as_localhost_and_there_by_the_machines_name():
    with address.listen({"HOST": "0.0.0.0", "PORT": "0"}) as listener:
        assert address.url(listener) == f"http://localhost:{listener.getsockname()[1]}/"
        assert address.socket.gethostname() in address.names(listener)


@pytest.mark.parametrize("port", ["http", "-1", "65536", "8000 ", "８０００"])
def test_a_port_that_is_no_port_is_refused(port):
    with pytest.raises(address.Unusable, match="PORT must be a number from 1 to 65535"):
        address.listen({"PORT": port})


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_a_host_that_is_not_this_machine_is_refused(host):
    with pytest.raises(address.Unusable, match=f"HOST={host} is not an address of this machine"):
        address.listen({"HOST": host, "PORT": "0"})
