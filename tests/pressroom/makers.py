"""Plain makers of the enquiry desk."""

from datetime import date, datetime
from typing import Any

from portal.accounts.models import User
from portal.directory.models import Organisation
from portal.people import actions as people
from portal.people.models import Office, Person
from pressroom.actions import answers, crises, enquiries, registers, units
from pressroom.models import (
    CorrectionRequest,
    Crisis,
    Enquiry,
    Journalist,
    PressAnswer,
    RefusalGround,
    Spokesperson,
    UnitRequest,
)
from tests import make
from tests.make import DAY, NOON

ANSWERS = {"vi": "Số liệu là 6%.\n\nChi tiết ở phụ lục.", "en": "The figure is 6 per cent.\n\nSee the annex."}


def officer(**fields: Any) -> User:
    return make.person("press officer", **fields)


def speaker(**fields: Any) -> User:
    """The spokesperson's account."""
    return make.person("spokesperson", **fields)


def outlet(**fields: Any) -> Organisation:
    return make.organisation("press", **fields)


def unit(*, email: str = "vu.htqt@portal.example", **fields: Any) -> Organisation:
    """A unit of the ministry whose focal point has this address ("" for none)."""
    made = make.organisation("unit", **fields)
    post = make.post(organisation=made, title_vi="Đầu mối báo chí", title_en="Focal point for the press")
    if email:
        make.address(email, of=post)
    return made


def journalist(**fields: Any) -> Journalist:
    said = {"full_name": "Lê Thu Hà", "email": "ha@bao.example", "language": "vi"} | fields
    if "outlet" not in said:
        said["outlet"] = outlet()
    return Journalist.objects.create(**said)


def enquiry(*, by: User | None = None, now: datetime = NOON, **fields: Any) -> Enquiry:
    """A question just taken in: on the record, from an English-speaking journalist who is not on the register."""
    said: dict[str, Any] = {
        "asked_by": "Anna Berg", "outlet_name": "Nordic Wire", "email": "anna@wire.example", "language": "en",
        "subject": "Wages in the third quarter", "question": "By how much did wages rise?", "consent": "…",
    }  # fmt: skip
    return enquiries.ask(Enquiry(**(said | fields)), by=by, now=now)


def drafted(
    found: Enquiry | None = None, *, by: User | None = None, now: datetime = NOON, **fields: Any
) -> Enquiry:
    ground = fields.pop("ground", None)
    return enquiries.draft(found or enquiry(now=now, **fields), ANSWERS, ground=ground, by=by, now=now)


def cleared(*, now: datetime = NOON, **fields: Any) -> Enquiry:
    return enquiries.clear(drafted(now=now, **fields), by=None, now=now)


def answered(*, now: datetime = NOON, at: datetime | None = None, **fields: Any) -> Enquiry:
    """Asked at `now`, answered at `at`."""
    return enquiries.send(cleared(now=now, **fields), by=None, now=at or now)


def ground() -> RefusalGround:
    return RefusalGround.objects.get(code="under-investigation")


def refused(*, now: datetime = NOON, at: datetime | None = None, **fields: Any) -> Enquiry:
    return enquiries.refuse(cleared(now=now, ground=ground(), **fields), by=None, now=at or now)


def asked_unit(
    found: Enquiry | None = None, *, of: Organisation | None = None, now: datetime = NOON, **fields: Any
) -> UnitRequest:
    return units.ask_unit(
        found or enquiry(now=now), of or unit(), "Please send the table.", by=None, now=now, **fields
    )


def public_answer(**fields: Any) -> PressAnswer:
    """A published answer made from an enquiry, complete in both languages, still in draft."""
    made = answers.publish(answered(**fields), by=None, now=NOON)
    words = {
        "title_vi": "Tiền lương quý III", "title_en": "Wages in the third quarter", "question_vi": "Lương tăng bao nhiêu?",
        "question_en": "By how much did wages rise?",
    }  # fmt: skip
    return make.changed(made, by=None, **words)


def crisis(*, by: User | None = None, now: datetime = NOON, **fields: Any) -> Crisis:
    said: dict[str, Any] = {"title": "Tin đồn về đường dây nóng", "severity": 3, "learned_at": now} | fields
    return crises.open_crisis(Crisis(**said), by=by, now=now)


def correction(now: datetime = NOON, **fields: Any) -> CorrectionRequest:
    said: dict[str, Any] = {
        "outlet_name": "Tin Nhanh", "item_title": "Lương giảm một nửa", "item_on": date(2026, 11, 18),
        "found_on": date(2026, 11, 19), "wrong": "Lương tăng 6%.",
    } | fields  # fmt: skip
    if said.get("sent_on"):
        said = {"due_on": registers.correction_due(said["sent_on"]), "legal_basis": "Luật Báo chí"} | said
    return registers.keep(CorrectionRequest(**said), by=None, now=now)


def somebody(name: str = "Nguyễn Thị Quỳnh Anh", **office: Any) -> Person:
    """A person with an office held since 2020."""
    found = people.save(Person(full_name=name, address="ms"), by=None, now=NOON)
    said = {
        "title_vi": "Chánh Văn phòng",
        "title_en": "Chief of Office",
        "since": date(2020, 1, 1),
        "until": None,
    } | office
    people.save_office(Office(person=found, **said), by=None, now=NOON)
    return found


def spokesperson(**fields: Any) -> Spokesperson:
    """Assigned yesterday at noon, not named on the portal yet."""
    said: dict[str, Any] = {
        "phone": "024 3826 9557", "email": "phatngon@portal.example", "assigned_at": NOON - DAY,
        "since": date(2026, 11, 19),
    } | fields  # fmt: skip
    if "person" not in said:
        said["person"] = somebody()
    return Spokesperson.objects.create(**said)
