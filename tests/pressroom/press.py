"""Makers of the journalists' side of the press room."""

import itertools
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.accounts.models import User
from portal.directory.models import Organisation
from portal.mailing.models import MailingList
from portal.search.models import Entry, EntryTopic, Topic
from portal.web.public_forms import stamp
from pressroom.actions import accreditation, applications, foreign_press, journalists
from pressroom.models import (
    AccreditationRequest,
    AccreditationRound,
    ForeignPressRequest,
    Journalist,
    JournalistApplication,
    JournalistRule,
)
from tests import make
from tests.make import DAY, NOON

_numbers = itertools.count(1)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def officer(**fields: Any) -> User:
    return make.person("press officer", **fields)


def outlet(name: str = "", **fields: Any) -> Organisation:
    name = name or f"Báo {next(_numbers)}"
    return make.organisation("press", **({"name_vi": name, "name_en": name} | fields))


def journalist(
    *, state: str = "known", beats: tuple[Topic, ...] = (), now: datetime = NOON, **fields: Any
) -> Journalist:
    number = next(_numbers)
    said: dict[str, Any] = {
        "full_name": f"Nguyễn Thị Lan {number}", "email": f"lan{number}@bao.example", "language": "vi",
        "state": state,
    } | fields  # fmt: skip
    if "outlet" not in said:
        said["outlet"] = outlet()
    kept = journalists.save(Journalist(**said), by=None, now=now)
    kept.beats.set(beats)
    return kept


def accredited(until: date | None = date(2027, 6, 30), **fields: Any) -> Journalist:
    """With a press card valid until a day."""
    card = {"card_kind": "press_card", "card_number": f"NB {next(_numbers):05}", "card_valid_until": until}
    return journalist(state="accredited", **(card | fields))


def application(
    email: str = "ha@bao.example", now: datetime = NOON, **fields: Any
) -> JournalistApplication | None:
    """Asked for, not confirmed; None when the address was answered by letter alone."""
    said: dict[str, Any] = {
        "full_name": "Trần Thu Hà", "outlet_name": "Báo Lao động", "role": "", "card_number": "", "language": "vi",
        "frequency": "at_once", "beats": (),
    } | fields  # fmt: skip
    applications.apply(email, consent="Tôi đồng ý", now=now, **said)
    return JournalistApplication.objects.of_address(email).first()


def confirmed_application(
    email: str = "ha@bao.example", now: datetime = NOON, **fields: Any
) -> JournalistApplication:
    return applications.confirm(application(email, now, **fields), now=now)


def applying(client: Any, address: str = "/vi/bao-chi/danh-cho-nha-bao/", **said: Any) -> Any:
    fields = {
        "full_name": "Trần Thu Hà", "outlet_name": "Báo Lao động", "email": "ha@bao.example", "language": "vi",
        "frequency": "daily", "consent": "on", "stamp": stamp(), "website": "",
    } | said  # fmt: skip
    return client.post(address, {name: value for name, value in fields.items() if value is not None})


def list_of_journalists(slug: str = "nha-bao", *, beats: tuple[Topic, ...] = (), **rule: Any) -> MailingList:
    """A list filled by a rule over journalists and by nothing else."""
    chosen = make.mailing_list(slug, is_public=False)
    countries, outlets = rule.pop("countries", ()), rule.pop("outlets", ())
    kept = JournalistRule.objects.create(mailing_list=chosen, **rule)
    kept.beats.set(beats)
    kept.countries.set(countries)
    kept.outlets.set(outlets)
    return chosen


def entry(title: str = "", *topics: Topic, at: datetime = NOON, language: str = "vi", **fields: Any) -> Entry:
    """Something public of the press room."""
    number = next(_numbers)
    said = {
        "content_type": ContentType.objects.get_for_model(Journalist), "object_id": 1_000_000 + number,
        "language": language, "kind": "pressroom.release", "section": "pressroom", "visible_from": at,
        "title": title or f"Thông cáo {number}", "title_folded": "", "url": f"/{language}/bao-chi/{number}/",
    } | fields  # fmt: skip
    kept = Entry.objects.create(**said)
    for topic in topics:
        EntryTopic.objects.create(entry=kept, topic=topic, language=language, visible_from=at)
    return kept


def round_(**fields: Any) -> AccreditationRound:
    """An event in ten days, open for requests."""
    said: dict[str, Any] = {
        "title_vi": "Họp báo quý IV", "title_en": "Fourth quarter briefing", "place_vi": "Hà Nội", "place_en": "Ha Noi",
        "first_day": date(2026, 11, 30), "last_day": date(2026, 11, 30), "opens_at": NOON - DAY,
        "closes_at": NOON + 7 * DAY, "seats_per_outlet": 2,
    } | fields  # fmt: skip
    return AccreditationRound.objects.create(**said)


def badge(
    of: AccreditationRound | None = None, *, now: datetime = NOON, scans: Any = (), **fields: Any
) -> AccreditationRequest:
    """A request as it was received; the outlet is known when it is called as one of the directory."""
    number = next(_numbers)
    of = of or round_()
    said: dict[str, Any] = {
        "full_name": f"Lê Minh Anh {number}", "email": f"anh{number}@bao.example", "phone": "0912345678",
        "outlet_name": "Báo Lao động", "role": "Phóng viên", "card_kind": "press_card", "card_number": "NB 1",
        "card_issuer": "Cục Báo chí", "card_valid_until": date(2027, 1, 1), "equipment": "", "language": "vi",
    } | fields  # fmt: skip
    email = said.pop("email")
    accreditation.ask(of, email, scans=scans, consent="Tôi đồng ý", now=now, **said)
    return of.requests.of_address(email).get()


def checked_badge(
    of: AccreditationRound | None = None, *, outlet: Organisation, by: User | None = None, **fields: Any
) -> AccreditationRequest:
    """Papers in order, for an outlet of the directory."""
    found = badge(of, **fields)
    found.outlet = outlet
    by = by or officer()
    accreditation.describe(found, by=by, now=NOON)
    return accreditation.check(found, by=by, now=NOON)


def desk_request(now: datetime = NOON, **fields: Any) -> ForeignPressRequest:
    number = next(_numbers)
    said: dict[str, Any] = {
        "kind": "interview", "full_name": "Jane Doe", "email": f"jane{number}@wire.example", "phone": "",
        "outlet_name": "World Wire", "country": None, "people": 2, "first_day": date(2026, 12, 1),
        "last_day": date(2026, 12, 5), "places": "Hà Nội\nĐà Nẵng", "subject": "Vocational training", "language": "en",
    } | fields  # fmt: skip
    return foreign_press.ask(said.pop("email"), consent="I agree", now=now, **said)


def scan(name: str = "the.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")
