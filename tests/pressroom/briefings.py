"""Makers of briefings: by the actions people's clicks call, at NOON unless a test says otherwise."""

import itertools
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from portal.accounts.models import User
from portal.directory.models import Organisation
from portal.editorial.actions import open_working_copy, start, take_step
from portal.languages.dates import quarter_of
from portal.people.actions import save, save_office
from portal.people.models import Office, Person
from pressroom.actions import briefings, seats
from pressroom.briefing_facts import When, moment_on
from pressroom.mails.seats import token_of
from pressroom.models import Attendance, Briefing, Journalist
from tests import make
from tests.make import NOON

DAY = date(2026, 12, 10)  # three weeks after NOON, a Thursday
CONSENT = "Tôi đồng ý."
_numbers = itertools.count(1)


def exact(day: date = DAY, begins: str = "09:00", ends: str = "10:30") -> When:
    return When(
        "exact", day, moment_on(day, time.fromisoformat(begins)), moment_on(day, time.fromisoformat(ends))
    )


def plan(when: When | None = None, kind: str = "regular", **places: str) -> briefings.Plan:
    said = {"vi": "Phòng họp báo, tầng 2, 12 Ngô Quyền", "en": "Press room, second floor, 12 Ngo Quyen"}
    return briefings.Plan(kind, when or exact(), said | places)


def chair() -> Person:
    """A person who was deputy minister on the day, and head of a department before."""
    person = save(Person(full_name="Nguyễn Bá Hoan", address="mr"), by=None, now=NOON)
    for since, until, vi, en in (
        (date(2020, 1, 1), date(2023, 12, 31), "Vụ trưởng", "Director-General"),
        (date(2024, 1, 1), None, "Thứ trưởng", "Deputy Minister"),
    ):
        save_office(
            Office(person=person, since=since, until=until, title_vi=vi, title_en=en), by=None, now=NOON
        )
    return person


def briefing(
    *, now: datetime = NOON, by: User | None = None, english: bool = True, **fields: Any
) -> Briefing:
    """A regular briefing in draft, complete but for date and place: the fourth quarter of 2026 is all that is known."""
    said: dict[str, Any] = {
        "title_vi": "Họp báo thường kỳ quý IV năm 2026",
        "standfirst_vi": "Kết quả công tác lao động quý IV và nhiệm vụ năm 2027.",
        "body_vi": "<p>Thị trường lao động, lương tối thiểu vùng, lao động ở nước ngoài.</p>",
        "proof_vi": "Báo cáo kết quả quý IV/2026", "contact_vi": "Bà Lê Thu Hà, 0866.59.4498",
        "day": date(2026, 10, 1), "of_quarter": date(2026, 10, 1),
    }  # fmt: skip
    if english:
        said |= {
            "title_en": "Regular press briefing, fourth quarter of 2026",
            "standfirst_en": "Labour in the fourth quarter, and what is ahead in 2027.",
            "body_en": "<p>The labour market, regional minimum wages, workers abroad.</p>",
            "proof_en": "Report on the fourth quarter of 2026", "contact_en": "Ms Le Thu Ha, +84 866 59 4498",
        }  # fmt: skip
    if "of_quarter" in fields:
        fields.setdefault("day", fields["of_quarter"])
    if "chair" not in fields:
        said["chair"] = chair()
    item = Briefing.objects.create(created_at=now, created_by=by, **(said | fields))
    return start(item, by=by, now=now)


def arranged(
    when: When | None = None, *, kind: str = "regular", now: datetime = NOON, **fields: Any
) -> Briefing:
    """A briefing with day, hour and place, still provisional, and an outlet invited."""
    when = when or exact()
    item = briefing(now=now, of_quarter=quarter_of(when.day).first_day, kind=kind, **fields)
    seats.invite(item, [outlet()], by=None, now=now)
    return briefings.arrange(item, plan(when, kind), by=None, now=now)


def announced(*languages: str, now: datetime = NOON, when: When | None = None, **fields: Any) -> Briefing:
    """A briefing before readers, in both languages unless said otherwise, and confirmed."""
    item = make.published(arranged(when, now=now, **fields), *(languages or ("vi", "en")), now=now)
    return make.again(briefings.confirm(item, by=None, now=now, urgency="Việc gấp."))


def held(*languages: str, now: datetime = NOON, **fields: Any) -> Briefing:
    """A briefing that was held yesterday, announced in time."""
    yesterday = date(2026, 11, 19)
    item = announced(*languages, now=now - 10 * make.DAY, when=exact(yesterday), **fields)
    return make.again(briefings.hold(item, by=None, now=now))


def outlet(name: str = "", **fields: Any) -> Organisation:
    name = name or f"Báo {next(_numbers)}"
    return make.organisation("press", name_vi=name, name_en=name, **fields)


def journalist(name: str = "Trần Văn Minh", *, at: Organisation | None = None, **fields: Any) -> Journalist:
    """An accredited journalist whose press card holds for another year."""
    number = next(_numbers)
    said: dict[str, Any] = {
        "full_name": name, "email": f"phong.vien{number}@bao.example", "outlet": at or outlet(), "language": "vi",
        "card_kind": "press_card", "card_number": f"IBT{number:05}", "card_valid_until": date(2027, 12, 31),
        "state": Journalist.State.ACCREDITED,
    }  # fmt: skip
    return Journalist.objects.create(**(said | fields))


def seated(item: Briefing, who: Journalist | None = None, *, now: datetime = NOON) -> Attendance:
    """What became of a journalist's wish for a seat."""
    return seats.ask_for_seat(item, who or journalist(), consent=CONSENT, now=now)


def hall(item: Briefing, capacity: int | None, outlet_cap: int = 2, *, now: datetime = NOON) -> Briefing:
    return seats.arrange_seats(
        item, capacity=capacity, outlet_cap=outlet_cap, asks_until=None, by=None, now=now
    )


TRANSCRIPT = {
    "vi": [
        {"row": 1, "is": "statement", "who": "Thứ trưởng Nguyễn Bá Hoan", "text": "Xin chào các bạn."},
        {"row": 2, "is": "question", "who": "Báo Lao Động", "text": "Lương tối thiểu tăng bao nhiêu?"},
        {"row": 3, "is": "answer", "who": "Thứ trưởng Nguyễn Bá Hoan", "text": "Tăng 7,2%."},
    ],
    "en": [
        {"row": 1, "is": "statement", "who": "Deputy Minister Nguyen Ba Hoan", "text": "Good morning."},
        {"row": 2, "is": "question", "who": "Lao Dong", "text": "How much does the minimum wage rise?"},
        {"row": 3, "is": "answer", "who": "Deputy Minister Nguyen Ba Hoan", "text": "By 7.2 per cent."},
    ],
}


def with_transcript(item: Briefing, *, by: User | None = None, now: datetime = NOON) -> Briefing:
    """A working copy with a transcript in both languages, released: readers have it."""
    copy = open_working_copy(item, by=by, now=now)
    briefings.write_rows(copy, "transcript", TRANSCRIPT, by=by, now=now)
    copy = make.changed(
        make.again(copy), by=by, change_kind_vi="update", change_note_vi="Có bản ghi.", change_kind_en="update",
        change_note_en="With a transcript.",
    )  # fmt: skip
    return released(copy, "vi", "en", now=now)


def released(copy: Briefing, *languages: str, now: datetime = NOON) -> Briefing:
    """The original after these languages of its working copy went out."""
    original = copy.root
    for language in languages:
        take_step(make.approved(copy, language, now=now), "publish", language=language, by=None, now=now)
    return make.again(original)


def calendar_of(text: bytes) -> Any:
    return Calendar.from_ical(text)


#: What is typed into the two rows of a new transcript: row → field of the form → words.
TRANSCRIPT_ROWS = {
    1: {
        "who-vi": "Báo Lao Động",
        "text-vi": "Lương tối thiểu tăng bao nhiêu?",
        "who-en": "Lao Dong",
        "text-en": "How much does the minimum wage rise?",
    },
    2: {
        "who-vi": "Thứ trưởng",
        "text-vi": "Tăng 7,2%.",
        "who-en": "Deputy Minister",
        "text-en": "By 7.2 per cent.",
    },
}


def own_path(item: Briefing, who: Journalist) -> str:
    """A journalist's own page of a briefing, in the language of their letters."""
    with override(who.language):
        return reverse("pressroom:own_seat", args=[token_of(item, who)])
