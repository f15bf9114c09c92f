"""When two registrations are one person's."""

from collections import defaultdict
from collections.abc import Iterable
from unicodedata import normalize

from portal.languages.folding import fold
from training.models import Registration


def email_key(email: str) -> str:
    """An address as it is compared: small letters, composed. Dots stay: whose server ignores them is not ours to know."""
    return normalize("NFC", email.strip()).casefold()[:254]


def perhaps_the_same(people: Iterable[Registration]) -> dict[int, list[Registration]]:
    """Registration → the others with its name, diacritics aside, of the same unit: for a person to judge."""
    alike: dict[tuple[str, object], list[Registration]] = defaultdict(list)
    for each in people:
        if each.full_name and each.is_active:
            alike[fold(each.full_name), each.unit_id or fold(each.unit_name)].append(each)
    return {
        one.pk: [other for other in group if other.pk != one.pk]
        for group in alike.values()
        if len(group) > 1
        for one in group
    }
