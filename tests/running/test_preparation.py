"""What is made ready before the portal is served."""

import os

import pytest

from portal.web.serving import preparation


def test_a_folder_without_the_right_to_write_is_refused_in_one_line(tmp_path):
    folder = tmp_path / "var"
    folder.mkdir(mode=0o555)

    with _nobodys_rights(), pytest.raises(preparation.Unprepared) as refused:
        preparation.claim(folder)

    assert str(refused.value) == f"The folder {folder} cannot be written to (Permission denied)."


def test_a_folder_is_free_again_once_its_portal_has_ended(tmp_path):
    preparation.claim(tmp_path).close()

    with preparation.claim(tmp_path) as claimed:
        assert claimed.name == str(tmp_path / "serving.lock")


def test_a_claimed_folder_names_the_process_that_serves_it(tmp_path):
    with preparation.claim(tmp_path), pytest.raises(preparation.Unprepared, match=f"process {os.getpid()}"):
        preparation.claim(tmp_path)


def test_the_queue_begins_empty(tmp_path):
    taken = preparation.empty_queue(tmp_path)
    for message in (tmp_path / "1.celery.msg", taken / "2.celery.msg"):
        message.write_text("{}")

    preparation.empty_queue(tmp_path)

    assert list(tmp_path.rglob("*.msg")) == []


class _nobodys_rights:
    """Root may write anywhere; nobody may not."""

    def __enter__(self) -> None:
        self._before = os.geteuid()
        if self._before == 0:
            os.seteuid(65534)

    def __exit__(self, *exception: object) -> None:
        os.seteuid(self._before)
