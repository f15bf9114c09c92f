"""What stands in the press room before the first release: who speaks, whom to ask, patterns of numbers, terms, the media kit."""

from datetime import datetime
from functools import partial
from typing import Any

from demo.folder import Fields
from demo.press.desk import Deed, Desk
from portal.languages import LANGUAGES
from portal.people import actions as people
from portal.people.models import Office, Person
from pressroom.actions import registers
from pressroom.actions.spokespersons import name_on_portal
from pressroom.models import (
    Boilerplate,
    MediaItem,
    OfficialChannel,
    Pattern,
    PressContact,
    Spokesperson,
    Terms,
)

_DATES = ("since", "until", "valid_from", "valid_until")
_REGISTERS: dict[str, Any] = {
    "channels": OfficialChannel,
    "contacts": PressContact,
    "boilerplates": Boilerplate,
    "patterns": Pattern,
    "terms": Terms,
}


def house_deeds(desk: Desk, written: Fields, opened: datetime) -> list[Deed]:
    """The registers filled when the press room opened, and each spokesperson assigned and named in their time."""
    deeds: list[Deed] = [(opened, partial(_furnish, desk, written))]
    for told in written["spokespersons"]:
        assigned, named = desk.days.moment(told["assigned"]), desk.days.moment(told["named"])
        speaker = _Speaker(desk, told)
        deeds += [(assigned, speaker.assign), (named, speaker.name)]
    return deeds


def _furnish(desk: Desk, written: Fields, now: datetime) -> None:
    for told in written["people"]:
        desk.people[told["key"]] = _person(desk, told, now)
    for name, model in _REGISTERS.items():
        for position, told in enumerate(written[name]):
            row = model(**_moved(desk, told))
            if hasattr(row, "position"):
                row.position = position
            registers.keep_public(row, by=desk.officer, now=now)
    for position, told in enumerate(written["kit"]):
        asset = desk.library.pictures[told["picture"]]
        said = {name: value for name, value in told.items() if name != "picture"}
        credit = {f"credit_{language}": getattr(asset, f"credit_{language}") for language in LANGUAGES}
        item = MediaItem(asset=asset, position=position, **credit, **said)
        registers.keep_public(item, by=desk.officer, now=now)


def _person(desk: Desk, told: Fields, now: datetime) -> Person:
    person = Person(
        full_name=told["full_name"], address=told["address"],
        **{f"biography_{language}": told.get(f"biography_{language}", "") for language in LANGUAGES},
    )  # fmt: skip
    people.save(person, by=desk.officer, now=now)
    for office in told["offices"]:
        people.save_office(Office(person=person, **_moved(desk, office)), by=desk.officer, now=now)
    return person


def _moved(desk: Desk, told: Fields) -> Fields:
    return {name: desk.days.day(value) if name in _DATES else value for name, value in told.items()}


class _Speaker:
    """One assignment to speak for the ministry."""

    def __init__(self, desk: Desk, told: Fields) -> None:
        self.desk, self.told, self.pk = desk, told, 0

    def assign(self, now: datetime) -> None:
        said = {
            name: value for name, value in self.told.items() if name not in {"person", "assigned", "named"}
        }
        row = Spokesperson(
            person=self.desk.people[self.told["person"]], assigned_at=now, **_moved(self.desk, said)
        )
        self.pk = registers.keep_public(row, by=self.desk.officer, now=now).pk

    def name(self, now: datetime) -> None:
        name_on_portal(Spokesperson.objects.get(pk=self.pk), by=self.desk.officer, now=now)
