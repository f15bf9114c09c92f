"""What is printed for a person to be found again by: the short code of a badge, the code of a row."""

from base64 import b32encode
from collections.abc import Iterator, Sequence
from itertools import groupby
from string import ascii_uppercase

from portal.languages.names import person_key, split
from portal.languages.sorting import Key, vietnamese_key
from training.models import Registration


def short_code_of(registration: Registration) -> str:
    """Eight letters and figures, to be typed where no camera is: K7QF-2ZXW."""
    letters = b32encode(registration.key.bytes[:5]).decode()
    return f"{letters[:4]}-{letters[4:]}"


def unit_of(registration: Registration) -> str:
    """The unit as it is printed: by its name in the active language, or as it was written."""
    return str(registration.unit) if registration.unit else registration.unit_name


def by_unit(registration: Registration) -> tuple[bool, Key, tuple[Key, Key, Key], int]:
    """The order of lists: units by the Vietnamese alphabet, those without one last; within, by given name."""
    unit = unit_of(registration)
    return not unit, vietnamese_key(unit), person_key(split(registration.full_name)), registration.pk


def by_given_name(registration: Registration) -> tuple[tuple[Key, Key, Key], int]:
    return person_key(split(registration.full_name)), registration.pk


def rows_of(registrations: Sequence[Registration]) -> Iterator[tuple[str, str, Registration]]:
    """(code, unit, whose): A1, A2 … for the first unit, B1 … for the second, AA1 … after Z."""
    in_order = sorted(registrations, key=by_unit)
    for place, (unit, people) in enumerate(groupby(in_order, key=unit_of)):
        for number, registration in enumerate(people, 1):
            yield f"{letters_of(place)}{number}", unit, registration


def letters_of(place: int) -> str:
    """A … Z, AA, AB …"""
    before, last = divmod(place, 26)
    return (letters_of(before - 1) if before else "") + ascii_uppercase[last]
