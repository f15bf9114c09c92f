"""How often one may ask. Counted by the hour in the cache, under a name nobody can read back."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def may_ask(what: str, who: str, limit: int) -> bool:
    """Whether `who` has asked for `what` fewer than `limit` times in this hour."""
    key = salted_hmac(what, who, algorithm="sha256").hexdigest()
    cache.add(key, 0, timeout=3600)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # the hour ended between the two lines
        return True
