"""The queue of an installation without Redis: kombu's folder of files, in which a message appears whole or not at all."""

from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

SCHEME = "folder"


class Channel(filesystem.Channel):
    """kombu writes into the very file that others look for: a worker that is quick reads an empty message, and dies of it."""

    def _put(self, queue: str, payload: dict[str, Any], **_options: Any) -> None:
        folder = Path(self.data_folder_out)
        name = f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        unfinished = folder / f".{name}"  # no queue has such a name, so nobody looks for it
        unfinished.write_bytes(dumps(payload).encode())
        unfinished.replace(folder / name)


class Transport(filesystem.Transport):
    Channel = Channel


TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
