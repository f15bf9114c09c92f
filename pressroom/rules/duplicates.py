"""Which two records look like one person, how much, and why."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from portal.languages.folding import fold
from pressroom.models import DifferentPeople, Journalist

#: What two records have in common → how much it says, of 100.
WEIGHTS = {"card": 70, "email": 60, "name and outlet": 50, "telephone": 25, "name": 15}
#: Less than this in common is chance.
ENOUGH = 40
#: More records than this under one sign are a switchboard or a shared mailbox, not one person.
MOST_ALIKE = 20


@dataclass(frozen=True)
class Pair:
    """Two records, the older first."""

    first: Journalist
    second: Journalist
    signs: tuple[str, ...]

    @property
    def score(self) -> int:
        return min(100, sum(WEIGHTS[sign] for sign in self.signs))

    @property
    def reasons(self) -> list[str]:
        return [_words()[sign] for sign in self.signs]


def _words() -> dict[str, str]:
    return {
        "card": _("the same number of the card or permit"),
        "email": _("the same e-mail address but for its spelling"),
        "name and outlet": _("the same name at the same outlet"),
        "telephone": _("the same telephone number"),
        "name": _("the same name"),
    }


def pairs() -> list[Pair]:
    """Every pair that is enough alike and not told apart by an officer; the most alike first. Two queries."""
    apart = set(DifferentPeople.objects.values_list("first", "second"))
    journalists = list(Journalist.objects.active().select_related("outlet").order_by("pk"))
    found = [pair for pair in _alike(journalists) if (pair.first.pk, pair.second.pk) not in apart]
    return sorted(found, key=lambda pair: (-pair.score, pair.first.pk, pair.second.pk))


def like(journalist: Journalist) -> list[Pair]:
    """The pairs one record is in."""
    return [pair for pair in pairs() if journalist.pk in {pair.first.pk, pair.second.pk}]


def _alike(journalists: Iterable[Journalist]) -> Iterator[Pair]:
    signs: dict[tuple[Any, Any], list[str]] = defaultdict(list)
    by_pk = {each.pk: each for each in journalists}
    for sign, keyed in _by_sign(by_pk.values()).items():
        for pks in keyed.values():
            if len(pks) <= MOST_ALIKE:
                for both in combinations(sorted(pks), 2):
                    signs[both].append(sign)
    for (first, second), common in signs.items():
        if "name and outlet" in common:
            common.remove("name")
        pair = Pair(by_pk[first], by_pk[second], tuple(common))
        if pair.score >= ENOUGH:
            yield pair


def _by_sign(journalists: Iterable[Journalist]) -> dict[str, dict[Any, list[Any]]]:
    """Sign → what stands there → the records it stands in."""
    found: dict[str, dict[Any, list[Any]]] = {sign: defaultdict(list) for sign in WEIGHTS}
    for each in journalists:
        name = fold(each.full_name)
        keys = {
            "card": _plain(each.card_number), "email": same_mailbox(each.email),
            "name and outlet": (name, each.outlet_id), "telephone": _digits(each.phone), "name": name,
        }  # fmt: skip
        for sign, key in keys.items():
            if key:
                found[sign][key].append(each.pk)
    return found


def same_mailbox(email: str) -> str:
    """An address as its server may read it: small letters, without dots and without what follows a plus sign."""
    local, _at, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}" if local else ""


def _plain(number: str) -> str:
    return re.sub(r"[^0-9a-z]", "", fold(number))


def _digits(phone: str) -> str:
    """The last nine digits: with or without the country's code."""
    digits = re.sub(r"\D", "", phone)
    return digits[-9:] if len(digits) >= 9 else ""
