"""The library's part of the clock."""

import logging
from datetime import datetime, timedelta

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import F
from django.utils.timezone import now

from portal.library import renditions
from portal.library.models import Asset

AT_ONE_RUN = 20
# A run begins no further picture after a minute, so that the last it began has two; then Celery cuts it short, and
# half a minute later it ends the process. (The threads of `bin/run` cannot be cut short.)
BEGINS_FOR = timedelta(minutes=1)
CUT_SHORT_AFTER, ENDED_AFTER = 180, 210
logger = logging.getLogger(__name__)


@shared_task(soft_time_limit=CUT_SHORT_AFTER, time_limit=ENDED_AFTER)
def make_renditions() -> None:
    """Make what pictures still lack; a failure is kept on its row and tried again, three times in all."""
    began = now()
    for asset in Asset.objects.awaiting_renditions(began).order_by("uploaded_at", "pk")[:AT_ONE_RUN]:
        at = now()
        if at > began + BEGINS_FOR:
            return
        if _claim(asset, at):
            _make(asset, at)


def _claim(asset: Asset, at: datetime) -> bool:
    """Is it ours to make? Of several workers who ask, one hears yes."""
    free = Asset.objects.awaiting_renditions(at).filter(
        pk=asset.pk, renditions_attempts=asset.renditions_attempts
    )
    return bool(free.update(renditions_claimed_at=at, renditions_attempts=F("renditions_attempts") + 1))


def _make(asset: Asset, at: datetime) -> None:
    # Whoever moved the focal point meanwhile has taken the claim away: then the row stays as they left it.
    still_ours = Asset.objects.filter(pk=asset.pk, renditions_claimed_at=at)
    try:
        renditions.make_all(asset)
    except SoftTimeLimitExceeded:
        still_ours.update(renditions_failed=Asset.TOOK_TOO_LONG)
        raise  # the run has no time left for others
    except Exception as problem:  # whatever a broken file makes Pillow raise
        logger.exception("renditions of asset %s", asset.uuid)
        still_ours.update(renditions_failed=f"{type(problem).__name__}: {problem}"[:300])
    else:
        still_ours.update(renditions_made_at=now(), renditions_failed="")
