"""Makers for releases, statements and copies under embargo."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from portal.editorial.actions import open_working_copy, start, take_step
from portal.people import actions as people
from portal.people.models import Office, Person
from pressroom.actions import embargoes
from pressroom.models import Copy, Journalist, Pattern, PressRelease, Statement, Terms
from tests import make
from tests.make import HOUR, NOON

_numbers = count(1)


def patterns() -> None:
    for kind, pattern in (("pressrelease", "{no:02}/TCBC-BLĐTBXH"), ("statement", "{no:02}/PN-BLĐTBXH")):
        Pattern.objects.create(kind=f"pressroom.{kind}", pattern=pattern, valid_from=date(2020, 1, 1))


def speaker(name: str = "Nguyễn Thị Quỳnh Anh", **office: Any) -> Person:
    person = people.save(Person(full_name=name, address="ms"), by=None, now=NOON)
    said = {"title_vi": "Vụ trưởng", "title_en": "Director General", "since": date(2020, 1, 1)} | office
    people.save_office(Office(person=person, **said), by=None, now=NOON)
    return person


def release(*lists: Any, now: Any = NOON, by: Any = None, **fields: Any) -> PressRelease:
    """A release in draft, complete in both languages, sent to these lists."""
    number = next(_numbers)
    said: dict[str, Any] = {
        "title_vi": f"Bộ công bố kế hoạch số {number}", "title_en": f"Ministry announces plan number {number}",
        "standfirst_vi": "Kế hoạch có hiệu lực từ quý sau.", "standfirst_en": "The plan takes effect next quarter.",
        "place_vi": "Hà Nội", "place_en": "Ha Noi",
        "body_vi": "<p>Kế hoạch gồm ba phần. Phần một nói về việc làm cho người trẻ.</p>",
        "body_en": "<p>The plan has three parts. Part one is about work for the young.</p>",
        "dated_on": date(2026, 11, 20),
    }  # fmt: skip
    item = PressRelease.objects.create(created_at=now, created_by=by, **(said | fields))
    item.lists.set(lists)
    return start(item, by=by, now=now)


def statement(now: Any = NOON, **fields: Any) -> Statement:
    number = next(_numbers)
    said: dict[str, Any] = {
        "title_vi": f"Về vụ việc số {number}", "title_en": f"On matter number {number}",
        "text_said_vi": "Chúng tôi theo dõi sát vụ việc.\nMọi người lao động được bảo vệ.\n\nChúng tôi sẽ thông tin tiếp.",
        "text_said_en": "We follow the matter closely.\nEvery worker is protected.\n\nWe shall say more in due course.",
        "said_at": now, "channel": "portal",
    }  # fmt: skip
    item = Statement.objects.create(created_at=now, **(said | fields))
    return start(item, by=None, now=now)


def embargoed(item: Any = None, *languages: str, at: Any = None, now: Any = NOON, **fields: Any) -> Any:
    """A release under embargo for an hour in these languages (Vietnamese)."""
    item = make.approved(item or release(now=now, **fields), *languages, now=now)
    for language in languages or ("vi",):
        take_step(item, "embargo", language=language, by=None, now=now, at=at or now + timedelta(hours=1))
        item = make.again(item)
    return item


def journalist(**fields: Any) -> Journalist:
    number = next(_numbers)
    said: dict[str, Any] = {
        "full_name": f"Lê Văn Bình {number}", "email": f"binh{number}@bao.example", "language": "vi", "state": "accredited",
        "card_kind": "press_card", "card_number": f"IBT-{number}", "card_valid_until": date(2030, 12, 31),
    }  # fmt: skip
    if "outlet" not in fields:
        said["outlet"] = make.organisation("press")
    return Journalist.objects.create(**(said | fields))


def terms(**fields: Any) -> Terms:
    said = {
        "text_vi": "Không công bố trước giờ.",
        "text_en": "Publish nothing before the hour.",
        "valid_from": date(2026, 1, 1),
    }
    return Terms.objects.create(**(said | fields))


def copy(item: Any, holder: Journalist | None = None, *, language: str = "vi", now: Any = NOON) -> Copy:
    """A copy of a text under embargo, given to a journalist."""
    Terms.objects.exists() or terms()
    (given,) = embargoes.give(
        item, language, [holder or journalist()], by=make.person("press officer"), now=now
    )
    return given


def accepted(item: Any, holder: Journalist | None = None, *, language: str = "vi", now: Any = NOON) -> Copy:
    return embargoes.accept(copy(item, holder, language=language, now=now), Terms.objects.first(), now=now)


def changed(
    item: Any,
    *,
    kind: str = "correction",
    note: str = "Năm ghi sai.",
    language: str = "vi",
    now: Any = NOON + HOUR,
    **fields: Any,
) -> Any:
    """A published text after a change of this kind went through a working copy."""
    copy = open_working_copy(make.again(item), by=None, now=now)
    said = {f"change_kind_{language}": kind, f"change_note_{language}": note}
    make.changed(
        copy, by=None, now=now, **(said | (fields or {f"title_{language}": f"Bản mới {next(_numbers)}"}))
    )
    take_step(
        make.approved(make.again(copy), language, now=now), "publish", language=language, by=None, now=now
    )
    return make.again(item)
