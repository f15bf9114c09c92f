"""What can be registered for: its permit where it needs one, its seats and groups, and who has asked. All of them are invented."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from demo.folder import Fields
from demo.training.events import BEGUN, WithHours
from demo.training.office import DAY, HOUR, MINUTE, Deed
from portal.directory.models import Organisation
from portal.languages import LANGUAGES
from portal.languages.dates import vietnamese_day
from portal.languages.slugs import slugify
from training.actions import arrangements, nominating, permits, registering
from training.actions.arrangements import Group
from training.actions.nominating import Person
from training.models import Consultation, Permit, Quota, Registration

#: The group with seats of its own.
KIND: Any = Organisation.Kind.PROVINCE
CONSENT = "Tôi đồng ý để Bộ lưu những gì tôi ghi ở đây để tổ chức sự kiện này."


class Ahead(WithHours):
    """Published some days ago, confirmed, open."""

    def deeds(self) -> Iterator[Deed]:
        at = self._days_ago(self.fields["published_days_ago"])
        yield from self.released_at(at)
        if "permit" in self.fields:
            yield from self._permitted(at)
        yield at + MINUTE, self.confirm
        yield at + 2 * MINUTE, self._arrange
        if "group" in self.fields:
            yield at + 3 * MINUTE, self._keep_for_a_group
            yield at + DAY, self._nominate
        for place, name in enumerate(self.fields.get("registered", {}).get("names", [])):
            asked = at + HOUR + place * 5 * HOUR
            yield asked, partial(self._ask, name)
            yield asked + 20 * MINUTE, partial(self._confirm_address, name)

    def _days_ago(self, days: int) -> datetime:
        return (self.office.days.now - timedelta(days=days)).replace(second=0, microsecond=0)

    def _permitted(self, at: datetime) -> Iterator[Deed]:
        """The law's course: declared and applied for, agencies consulted, granted before anything is confirmed."""
        told = self.fields["permit"]
        written = at - BEGUN + 5 * MINUTE
        yield written, self._apply
        for agency in told["agencies"]:
            yield written + MINUTE, partial(self._consult, agency)
        yield written + HOUR, self._grant

    def _apply(self, now: datetime) -> None:
        told, by = self.fields["permit"], self.office.officer
        permit = permits.declare_foreign(self.item(), told["authority"], by=by, now=now)
        permits.apply_for(permit, self._day(told["applied_days_ago"]), by=by, now=now)

    def _consult(self, told: Fields, now: datetime) -> None:
        by, asked = self.office.officer, self._day(self.fields["permit"]["applied_days_ago"])
        consultation: Consultation = permits.consult(self._permit(), told["name"], asked, by=by, now=now)
        answered = self._day(told["answered_days_ago"])
        permits.note_answer(
            consultation, told["opinion"], answered, by=by, now=now, note=told.get("note", "")
        )

    def _grant(self, now: datetime) -> None:
        told = self.fields["permit"]
        day = self._day(told["granted_days_ago"])
        permits.grant(self._permit(), told["number"], day, by=self.office.officer, now=now)

    def _permit(self) -> Permit:
        return Permit.objects.get(event=self.pk)

    def _day(self, days_ago: int) -> Any:
        return vietnamese_day(self.office.days.now) - timedelta(days=days_ago)

    def _arrange(self, now: datetime) -> None:
        told = self.fields
        arrangements.arrange(
            self.item(), by=self.office.officer, now=now, capacity=told["capacity"], planned_count=told["planned"],
            planned_qualifier=told.get("planned_qualifier", ""),
            closes_at=self.moment(-told["closes_days_before"], "17:00"),
        )  # fmt: skip

    def _keep_for_a_group(self, now: datetime) -> None:
        told = self.fields["group"]
        group = Group(
            {each: told[f"name_{each}"] for each in LANGUAGES}, told["seats"], kind=KIND,
            released_at=self.moment(-self.fields["release_days_before"], "17:00"), focal_name=told["focal_name"],
            focal_email=told["focal_email"],
        )  # fmt: skip
        quota = arrangements.add_group(self.item(), group, by=self.office.officer, now=now)
        nominating.invite(quota, by=self.office.officer, now=now)

    def _nominate(self, now: datetime) -> None:
        people = [
            Person(name, "Chuyên viên", _address(name, "so"), "vi")
            for name in self.fields["group"]["nominated"]
        ]
        nominating.nominate(Quota.objects.get(event=self.pk), people, now=now)

    def _ask(self, name: str, now: datetime) -> None:
        registering.register(
            self.item(), email=_address(name, "hoc-vien"), consent=CONSENT, now=now, full_name=name, job_title="Chuyên viên",
            unit=self._unit(name), unit_name="", needs="", language="vi",
        )  # fmt: skip

    def _unit(self, name: str) -> Organisation:
        """One of the ministry's units, the same for the same name."""
        units = list(Organisation.objects.filter(kind=Organisation.Kind.UNIT).order_by("pk"))
        return units[len(name) % len(units)]

    def _confirm_address(self, name: str, now: datetime) -> None:
        email = _address(name, "hoc-vien")
        registering.confirm(Registration.objects.get(event=self.pk, email=email), now=now)


def _address(name: str, house: str) -> str:
    return f"{slugify(name).replace('-', '.')}@{house}.example"
