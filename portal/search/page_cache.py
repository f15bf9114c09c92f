"""Pages kept for anonymous readers. A publication is seen at once: every copy carries the read side's version;
what only time changes is never kept beyond the next hour at which something appears or expires."""

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from portal.languages.middleware import language_of_path
from portal.search.models import Entry, ReadSide

log = logging.getLogger(__name__)

#: Even with nothing due, a copy is made anew after this long: the header's clock should not be far behind.
LONGEST = timedelta(seconds=60)
#: What social networks and newsletters hang on to an address to follow its readers: nothing here looks at it.
SENT_ALONG = re.compile(r"utm_\w{1,20}|fbclid|gclid|dclid|msclkid|zarsrc|mc_[ce]id")
#: What a view says of its answer besides: kept with the copy. What belongs to one answer only is written anew.
_OF_ONE_ANSWER = {
    "content-length",
    "set-cookie",
    "date",
    "etag",
    "cache-control",
    "vary",
    "content-security-policy",
}


@dataclass(frozen=True)
class Reading:
    """The version of what readers see, and the next hour at which time alone will change it."""

    version: int
    next_change: datetime | None

    @classmethod
    def now(cls, now: datetime) -> "Reading":
        """One query. (The two look-aheads are index walks to the first row after `now`.)"""
        row = (
            ReadSide.objects.filter(pk=1)
            .values_list(
                "version",
                Subquery(
                    Entry.objects.filter(visible_from__gt=now)
                    .order_by("visible_from")
                    .values("visible_from")[:1]
                ),
                Subquery(
                    Entry.objects.filter(visible_until__gt=now)
                    .order_by("visible_until")
                    .values("visible_until")[:1]
                ),
            )
            .first()
        )
        if row is None:
            return cls(0, None)
        return cls(row[0], min((moment for moment in row[1:] if moment), default=None))


class PageCache:
    """Answers anonymous readers from kept copies, with ETags; everybody and everything else passes through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_kept(request):
            return self.get_response(request)
        now = timezone.now()
        reading = Reading.now(now)
        key = _key(request, reading)
        kept = _kept(key)
        if kept is None or kept["until"] <= now:
            response = self.get_response(request)
            if not _is_for_everybody(response):
                return response
            kept = _copy(response, now, reading)
            _keep(key, kept, max(1, int((kept["until"] - now).total_seconds())))
        return _answer(request, kept)


def _kept(key: str) -> dict | None:
    """The copy under this key; a cache that is away has kept nothing."""
    try:
        return cache.get(key)
    except Exception:  # whatever its client raises: readers are served without it
        log.warning("The page cache is away", exc_info=True)
        return None


def _keep(key: str, kept: dict, seconds: int) -> None:
    try:
        cache.set(key, kept, timeout=seconds)
    except Exception:
        log.warning("The page cache is away", exc_info=True)


def _may_be_kept(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and language_of_path(request.path_info) is not None
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        # Anybody can think up parameters, and each would be another copy; those that no page reads make none.
        and all(SENT_ALONG.fullmatch(name) for name in request.GET)
    )


def _is_for_everybody(response: HttpResponse) -> bool:
    private = "private" in response.headers.get("Cache-Control", "") or "no-store" in response.headers.get(
        "Cache-Control", ""
    )
    return response.status_code == 200 and not response.streaming and not response.cookies and not private


def _key(request: HttpRequest, reading: Reading) -> str:
    address = f"{request.scheme}://{request.get_host()}{request.path}"
    return f"page:{reading.version}:{hashlib.sha256(address.encode()).hexdigest()}"


def _copy(response: HttpResponse, now: datetime, reading: Reading) -> dict:
    body = response.content
    until = min(now + LONGEST, reading.next_change or now + LONGEST)
    return {
        "until": until,
        "body": body,
        "headers": {
            name: value for name, value in response.headers.items() if name.lower() not in _OF_ONE_ANSWER
        },
        "etag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
    }


def _answer(request: HttpRequest, kept: dict) -> HttpResponse:
    if request.headers.get("If-None-Match", "").removeprefix("W/") == kept["etag"]:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(kept["body"])
    for name, value in kept["headers"].items():
        response.headers[name] = value
    response.headers["ETag"] = kept["etag"]
    # Readers' browsers and proxies ask each time; the answer is usually 304, and never early or late.
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Cookie"])
    return response
