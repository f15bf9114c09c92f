"""The register of journalists: their outlets and cards, the lists by rule, who asks for badges and for help."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from demo.folder import Fields, read
from demo.press.desk import DAY, HOUR, Deed, Desk
from portal.directory.models import Country, Organisation
from portal.mailing.models import MailingList
from pressroom.actions import accreditation, applications, foreign_press, journalists, registers
from pressroom.models import (
    AccreditationRequest,
    AccreditationRound,
    ForeignPressRequest,
    Journalist,
    JournalistApplication,
    JournalistRule,
)

_CARD = ("card_kind", "card_number", "card_issuer")
_DECISIONS: dict[str, Any] = {
    "accepted": accreditation.accept,
    "waiting": accreditation.put_on_waiting_list,
    "refused": accreditation.refuse,
}


def register_deeds(desk: Desk, opened: datetime) -> Iterator[Deed]:
    written = read("journalists.toml")
    yield opened, partial(_open_lists, desk, written)
    for fields in written["journalists"]:
        kept = desk.days.moment(fields["kept"]) if "kept" in fields else opened
        yield kept, partial(_keep, desk, fields)
        if fields.get("card_kind"):
            yield kept + HOUR, partial(_accredit, desk, fields["key"])
        if fields.get("lapses"):
            yield _lapsed(desk, fields), partial(_lapse, desk, fields["key"])
    yield desk.days.now - HOUR, _remind
    for fields in written["applications"]:
        asked = desk.days.moment(fields["asked"])
        yield asked, partial(_apply, desk, fields)
        yield asked + HOUR, partial(_confirm, fields)
    yield from _badges(desk, written["round"])
    for fields in written["foreign_press"]:
        yield from _assisted(desk, fields)


def _open_lists(desk: Desk, written: Fields, now: datetime) -> None:
    for key, name in written["outlets"].items():
        desk.outlets[key] = Organisation.objects.get(kind=Organisation.Kind.PRESS, name_en=name)
    for rule in written["rules"]:
        mailing_list, _made = MailingList.objects.get_or_create(
            slug=rule["list"], defaults=rule.get("titles", {})
        )
        row = JournalistRule(mailing_list=mailing_list, accreditation=rule["accreditation"])
        registers.keep(row, by=desk.officer, now=now)


def _keep(desk: Desk, told: Fields, now: datetime) -> None:
    journalist = Journalist(
        full_name=told["full_name"], given_name=told.get("given_name", ""), email=told["email"],
        phone=told.get("phone", ""), outlet=desk.outlets[told["outlet"]], role=told.get("role", ""),
        language=told["language"], frequency=told.get("frequency", "at_once"), note=told.get("note", ""),
        card_valid_until=_valid_until(desk, told), digested_until=desk.days.now,
        **{name: told.get(name, "") for name in _CARD},
    )  # fmt: skip
    journalists.save(journalist, by=desk.officer, now=now)
    journalist.beats.set([desk.topics[key] for key in told.get("beats", [])])
    desk.journalists[told["key"]] = journalist


def _valid_until(desk: Desk, told: Fields) -> Any:
    """The last day of a card: written, or so many days from now."""
    written = told.get("card_valid_until")
    if isinstance(written, str):
        return desk.days.moment(written).date()
    return desk.days.day(written) if written else None


def _accredit(desk: Desk, key: str, now: datetime) -> None:
    desk.journalists[key] = journalists.accredit(desk.journalists[key], by=desk.officer, now=now)


def _lapsed(desk: Desk, told: Fields) -> datetime:
    return desk.days.afternoon(told["card_valid_until"]) + DAY


def _lapse(desk: Desk, key: str, now: datetime) -> None:
    journalists.lapse(desk.journalists[key], now=now)


def _remind(now: datetime) -> None:
    for journalist, days in journalists.to_remind(now):
        journalists.remind(journalist, days, now=now)


def _apply(desk: Desk, told: Fields, now: datetime) -> None:
    beats = [desk.topics[key] for key in told["beats"]]
    applications.apply(told["email"], beats=beats, consent=told["consent"], now=now, **told["said"])


def _confirm(told: Fields, now: datetime) -> None:
    applications.confirm(JournalistApplication.objects.get(email=told["email"]), now=now)


def _badges(desk: Desk, told: Fields) -> Iterator[Deed]:
    """An event the press is accredited to, and what became of each request."""
    opened = desk.days.moment(told["opens"])
    yield opened, partial(_open_round, desk, told)
    for place, request in enumerate(told["requests"]):
        asked = opened + (place + 1) * timedelta(hours=3)
        yield asked, partial(_ask_for_badge, desk, told, request)
        if request["state"] != "received":
            yield asked + 40 * HOUR, partial(_decide, desk, request)


def _open_round(desk: Desk, told: Fields, now: datetime) -> None:
    first = desk.days.moment(told["first_day"]).date()
    words = {name: value for name, value in told.items() if name[-3:] in {"_vi", "_en"}}
    round_ = AccreditationRound(
        first_day=first, last_day=first + timedelta(days=told["days"] - 1), opens_at=now,
        closes_at=desk.days.moment(told["closes"]), seats_per_outlet=told["seats_per_outlet"], **words,
    )  # fmt: skip
    accreditation.save_round(round_, by=desk.officer, now=now)


def _ask_for_badge(desk: Desk, told: Fields, request: Fields, now: datetime) -> None:
    journalist = desk.journalists[request["journalist"]]
    accreditation.ask(
        AccreditationRound.objects.get(), journalist.email, scans=[], consent=told["consent"], now=now,
        full_name=journalist.full_name, phone=journalist.phone, outlet_name=str(journalist.outlet), role=journalist.role,
        card_kind=journalist.card_kind or "press_card", card_number=journalist.card_number,
        card_issuer=journalist.card_issuer, card_valid_until=journalist.card_valid_until,
        equipment=request.get("equipment", ""), language=journalist.language,
    )  # fmt: skip


def _decide(desk: Desk, told: Fields, now: datetime) -> None:
    email = desk.journalists[told["journalist"]].email
    request = accreditation.check(AccreditationRequest.objects.get(email=email), by=desk.officer, now=now)
    if told["state"] in _DECISIONS:
        _DECISIONS[told["state"]](request, by=desk.officer, now=now, why=told.get("why", ""))


def _assisted(desk: Desk, told: Fields) -> Iterator[Deed]:
    """A request of foreign press, and how far it has come."""
    asked = desk.days.moment(told["asked"])
    yield asked, partial(_ask_for_help, desk, told)
    for step in told.get("steps", []):
        yield asked + step["days"] * DAY, partial(_move, desk, told, step)


def _ask_for_help(desk: Desk, told: Fields, now: datetime) -> None:
    first = desk.days.moment(told["first_day"]).date()
    foreign_press.ask(
        told["email"], consent=told["consent"], now=now, country=Country.objects.filter(code=told["country"]).first(),
        first_day=first, last_day=first + timedelta(days=told["days"] - 1), **told["said"],
    )  # fmt: skip


def _move(desk: Desk, told: Fields, step: Fields, now: datetime) -> None:
    request = ForeignPressRequest.objects.get(email=told["email"])
    foreign_press.move(request, step["state"], answer=step.get("answer", ""), by=desk.officer, now=now)
