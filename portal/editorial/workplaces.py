"""Pages of the workplace that sections own and that stand in its head beside “My work”, for those who may see them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Workplace:
    label: Any
    view_name: str
    permission: str


_workplaces: list[Workplace] = []


def register(workplace: Workplace) -> None:
    """For an `AppConfig.ready`."""
    if workplace not in _workplaces:
        _workplaces.append(workplace)


def of(person: Any) -> list[dict[str, Any]]:
    """Those of one person: what they are called and where they are."""
    return [
        {"label": each.label, "url": reverse(each.view_name)}
        for each in _workplaces
        if person.has_perm(each.permission)
    ]
