"""The queue of files: a message is read whole or not at all, however quick the reader."""

import threading
from queue import Empty

import pytest
from kombu import Connection

from portal.folder_queue import SCHEME

MESSAGES = 400


def channel(folder):
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
    }
    return Connection(f"{SCHEME}://", transport_options=options).channel()


def test_a_reader_that_never_rests_reads_every_message_whole(tmp_path):
    words = "x" * 20_000
    writer = threading.Thread(
        target=lambda: [
            channel(tmp_path)._put("celery", {"number": n, "words": words}) for n in range(MESSAGES)
        ]
    )
    reader, read = channel(tmp_path), []
    writer.start()
    while len(read) < MESSAGES:
        try:
            read.append(reader._get("celery"))
        except Empty:
            assert writer.is_alive() or any(tmp_path.glob("*.msg")) or len(read) == MESSAGES
    writer.join()

    assert sorted(message["number"] for message in read) == list(range(MESSAGES))
    assert {message["words"] for message in read} == {words}


def test_an_unfinished_message_is_nobodys(tmp_path):
    (tmp_path / ".1_a.celery.msg").write_bytes(b"")

    with pytest.raises(Empty):
        channel(tmp_path)._get("celery")
