"""Letters that are one section's business: their subjects, and to whom they went, are shown to whoever has its right.

A section says by which beginnings of keys its letters are known, and by which rule of a list the mailings to people of
its register: who approves such a mailing reads its words and how many it reaches, and not who they are. Letters Django
sends by itself are about somebody's account, and nobody else's business at all.
"""

from typing import Any

from django.db.models import Q

#: Keys of letters Django sent by itself: see `backend`.
DJANGO = "django:"

_rights: dict[str, str] = {}
_rules: dict[str, str] = {}


def register(right: str, *beginnings: str) -> None:
    """For an `AppConfig.ready`: letters whose keys begin so are shown to those with this permission alone."""
    _rights.update(dict.fromkeys(beginnings, right))


def register_rule(right: str, rule: str) -> None:
    """Copies of mailings to a list that has such a rule (its name on `MailingList`) are shown to those with this permission."""
    _rules[rule] = right


def hides_names(mailing: Any, person: Any) -> bool:
    """Whether somebody who may see a mailing may not see whom it reaches."""
    sources = [mailing, *([mailing.resends] if mailing.resends else [])]
    return any(
        source.lists.filter(**{f"{rule}__isnull": False}).exists()
        for rule in _rules_of_others(person)
        for source in sources
    )


def kept_from(person: Any, path: str = "") -> Q:
    """The deliveries a person may not see; `path` leads to the delivery from rows about one ("delivery__")."""
    return _begin([DJANGO, *_of_others(person)], path) | _to_lists(person, path)


def kept_by_sections_from(person: Any) -> Q:
    """Those of sections alone: the box of a machine without mail is where its letters about accounts are read."""
    return _begin(_of_others(person), "")


def _of_others(person: Any) -> list[str]:
    return [beginning for beginning, right in _rights.items() if not person.has_perm(right)]


def _rules_of_others(person: Any) -> list[str]:
    return [rule for rule, right in _rules.items() if not person.has_perm(right)]


def _to_lists(person: Any, path: str) -> Q:
    """Copies of mailings to such lists, and of what follows those."""
    ways = [
        Q((f"{path}{way}lists__{rule}__isnull", False))
        for rule in _rules_of_others(person)
        for way in ("mailing__", "mailing__resends__")
    ]
    return Q(*ways or [Q(pk__in=[])], _connector=Q.OR)


def _begin(beginnings: list[str], path: str) -> Q:
    return Q(*[Q((f"{path}key__startswith", each)) for each in beginnings] or [Q(pk__in=[])], _connector=Q.OR)
