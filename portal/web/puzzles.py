"""A form under attack asks for a little work of the machine that sends it, and nothing of the person.

The work: the number below MOST whose SHA-256 behind the salt is the one asked for. A browser finds it in a second or two; whoever
sends thousands of forms pays for each. A browser without scripts waits instead, SLOW_WAY long, once in that time for each network
address. Nothing is asked while a form is not under attack, and no third party is asked anything.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.utils.crypto import salted_hmac

SALT = "form puzzle"
MOST = 100_000
HOLDS = timedelta(minutes=30)
SLOW_WAY = timedelta(minutes=1)
ATTACK_LASTS = timedelta(minutes=10)  # after the last minute that was too full


@dataclass(frozen=True)
class Puzzle:
    """What a page shows of one: the signed form of it comes back with the answer."""

    salt: str
    wanted: str
    signed: str
    most: int = MOST

    @classmethod
    def new(cls, form: str) -> "Puzzle":
        salt = secrets.token_hex(8)
        wanted = _digest(salt, str(secrets.randbelow(MOST)))
        return cls(salt, wanted, signing.dumps([form, salt, wanted], salt=SALT))


def is_under_attack(form: str) -> bool:
    return cache.get(_key("attack", form)) is not None


def count(form: str) -> bool:
    """Count one form sent; whether it is under attack: more than FORM_POSTS_A_MINUTE came within one minute."""
    minute = _key("minute", form)
    cache.add(minute, 0, timeout=60)
    try:
        sent = cache.incr(minute)
    except ValueError:  # the minute ended between the two lines
        sent = 1
    if sent > settings.FORM_POSTS_A_MINUTE:
        cache.set(_key("attack", form), sent, timeout=ATTACK_LASTS.total_seconds())
        return True
    return is_under_attack(form)


def is_solved(form: str, signed: str, answer: str, address: str) -> bool:
    """Whether this puzzle of ours was solved, or waited out; each one counts once."""
    try:
        asked, salt, wanted = signing.loads(signed, salt=SALT, max_age=HOLDS)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    if asked != form:
        return False
    found = len(answer) < 12 and _digest(salt, answer) == wanted
    return (found or _waited(form, signed, address)) and cache.add(
        _key("used", signed), 1, HOLDS.total_seconds()
    )


def _waited(form: str, signed: str, address: str) -> bool:
    """Whether the puzzle is old enough, and this network address has not come by the slow way just now."""
    try:
        signing.loads(signed, salt=SALT, max_age=SLOW_WAY)
    except signing.SignatureExpired:
        return cache.add(_key("slow", f"{form} {address}"), 1, SLOW_WAY.total_seconds())
    return False


def _digest(salt: str, number: str) -> str:
    return sha256(f"{salt}{number}".encode()).hexdigest()


def _key(what: str, of: str) -> str:
    return salted_hmac(f"form puzzle {what}", of, algorithm="sha256").hexdigest()
