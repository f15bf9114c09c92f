"""A worker of its own process, as Celery would run one: delivers until nothing is due, then ends."""

import os
import time
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.utils import timezone  # noqa: E402

from portal.mailing import delivering, ways  # noqa: E402

if __name__ == "__main__":
    delivering.deliver_waiting(
        ways.connect, now=timezone.now, sleep=time.sleep, until=timezone.now() + timedelta(minutes=5)
    )
