"""A worker of its own process, as Celery would run one: does one kind of work until nothing is due, then ends."""

import os
import sys
import time
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.utils import timezone  # noqa: E402

from portal.mailing import delivering, ways  # noqa: E402
from portal.mailing.actions import addressing  # noqa: E402


def deliver() -> None:
    delivering.deliver_waiting(
        ways.connect, now=timezone.now, sleep=time.sleep, until=timezone.now() + timedelta(minutes=5)
    )


def address() -> None:
    addressing.address_waiting(now=timezone.now, until=timezone.now() + timedelta(minutes=5))


if __name__ == "__main__":
    {"deliver": deliver, "address": address}[sys.argv[1]]()
