"""Plain makers with obvious defaults. The clock of the tests is NOON unless a test says otherwise."""

import io
import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from PIL import Image

from news.models import Article, Category
from portal.accounts.models import User
from portal.directory import actions as directory
from portal.directory.models import Address, Country, Organisation, Post
from portal.editorial.actions import record_save, start, take_step
from portal.library.models import Asset, Placement
from portal.mailing.actions import addressing, sending
from portal.mailing.destinations import Recipient
from portal.mailing.models import Addressee, Mailing, MailingList, Message, Subscriber, Subscription
from portal.search.models import Topic
from portal.web.models import MenuItem, SiteIdentity
from publications import actions as publications
from publications.models import Bulletin, Licence, Publication

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)  # 12:00 in Viet Nam
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PASSWORD = "mot-mat-khau-rat-dai-2026"

_numbers = itertools.count(1)


def person(*roles: str, username: str = "", superuser: bool = False, **fields: Any) -> User:
    """A member of staff with these roles."""
    username = username or f"person{next(_numbers)}"
    user = User(username=username, full_name=fields.pop("full_name", username.title()), is_staff=True,
                is_superuser=superuser, email=f"{username}@portal.example", **fields)  # fmt: skip
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles))
    assert user.groups.count() == len(roles), f"no such role among {roles}"
    return user


def reporter(**fields: Any) -> User:
    return person("reporter", **fields)


def translator(**fields: Any) -> User:
    return person("translator", **fields)


def approver(language: str = "vi", **fields: Any) -> User:
    return person(f"approver-{language}", **fields)


def publisher(**fields: Any) -> User:
    return person("publisher", **fields)


def head(**fields: Any) -> User:
    return person("head of the editorial board", **fields)


def category(key: str = "", **fields: Any) -> Category:
    key = key or f"muc-{next(_numbers)}"
    defaults = {"name_vi": f"Mục {key}", "name_en": f"Section {key}", "slug_vi": key, "slug_en": f"en-{key}"}
    return Category.objects.create(key=key, **(defaults | fields))


def topic(**fields: Any) -> Topic:
    number = next(_numbers)
    defaults = {"title_vi": f"Chủ đề {number}", "title_en": f"Topic {number}", "slug_vi": f"chu-de-{number}",
                "slug_en": f"topic-{number}"}  # fmt: skip
    return Topic.objects.create(**(defaults | fields))


def article(*, by: User | None = None, now: datetime = NOON, english: bool = True, **fields: Any) -> Article:
    """An article in draft, complete in both languages (or in Vietnamese only)."""
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "title_vi": f"Tập huấn thông tin đối ngoại lần {number}",
        "standfirst_vi": "Gần 150 cán bộ dự lớp tập huấn tại Hà Nội.",
        "body_vi": "<p>Lớp tập huấn diễn ra trong hai ngày.</p><p>Học viên đến từ các tỉnh.</p>",
        "byline": "Minh An",
    }
    if english:
        defaults |= {
            "title_en": f"Foreign information training, course {number}",
            "standfirst_en": "Nearly 150 officials attended the course in Ha Noi.",
            "body_en": "<p>The course ran for two days.</p><p>Participants came from the provinces.</p>",
        }
    if "category" not in fields:
        defaults["category"] = category()
    item = Article.objects.create(created_at=now, created_by=by, **(defaults | fields))
    return start(item, by=by, now=now)


def changed(item: Article, *, by: User | None, now: datetime = NOON, **fields: Any) -> Article:
    """The item after somebody changed these fields and saved."""
    for field, value in fields.items():
        setattr(item, field, value)
    item.save()
    record_save(item, by=by, now=now)
    return again(item)


def approved(
    item: Article | None = None,
    *languages: str,
    now: datetime = NOON,
    reader: User | None = None,
    **fields: Any,
) -> Article:
    """An article approved in these languages (Vietnamese)."""
    item = item or article(now=now, **fields)
    for language in languages or ("vi",):
        take_step(item, "submit", language=language, by=None, now=now)
        take_step(item, "approve", language=language, by=reader or reader_of(item, language), now=now)
    return again(item)


def reader_of(item: Any, language: str) -> User:
    """Somebody who may approve things of this section."""
    return person("spokesperson") if item.section == "pressroom" else approver(language)


def again(item: Any) -> Any:
    """The thing as it stands in the database."""
    return type(item).objects.get(pk=item.pk)


def scheduled(
    item: Article | None = None, *languages: str, at: datetime, now: datetime = NOON, **fields: Any
) -> Article:
    item = approved(item, *languages, now=now, **fields)
    for language in languages or ("vi",):
        if item.edition(language).state != "scheduled":
            take_step(item, "schedule", language=language, by=None, now=now, at=at)
        item = again(item)
    return item


def published(item: Article | None = None, *languages: str, now: datetime = NOON, **fields: Any) -> Article:
    item = approved(item, *languages, now=now, **fields)
    for language in languages or ("vi",):
        if item.edition(language).state != "published":
            take_step(item, "publish", language=language, by=None, now=now)
        item = again(item)
    return item


def state(item: Article, language: str = "vi") -> str:
    return Article.objects.get(pk=item.pk).edition(language).state


def picture(name: str = "anh.jpg", colour: str = "#2f6f73", **fields: Any) -> Asset:
    """A picture in the library."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return _asset(buffer.getvalue(), name, "image", "image/jpeg", width=64, height=48, **fields)


def document(name: str = "thong-cao.pdf", content: bytes = b"%PDF-1.4\n%%EOF\n", **fields: Any) -> Asset:
    return _asset(content, name, "file", "application/pdf", **fields)


def _asset(content: bytes, name: str, kind: str, media_type: str, **fields: Any) -> Asset:
    asset = Asset(kind=kind, filename=name, media_type=media_type, size=len(content), sha256=f"{next(_numbers):064x}",
                  uploaded_at=NOON, **fields)  # fmt: skip
    asset.original.save(name, ContentFile(content), save=False)
    asset.save()
    return asset


def placed(item: Article, asset: Asset, role: str = "figure", **fields: Any) -> Placement:
    """The asset placed in the item, described in both languages."""
    defaults = {
        f"{field}_{language}": f"{field} {language}"
        for field in ("title", "alt", "caption", "credit")
        for language in ("vi", "en")
    }
    placement = Placement.objects.create(
        content_type=ContentType.objects.get_for_model(item), object_id=item.pk, asset=asset, role=role,
        position=item.placements.count(), **(defaults | fields),
    )  # fmt: skip
    record_save(item, by=None, now=NOON)
    return placement


def slipped_in(item: Article, asset: Asset) -> Placement:
    """A placement written past the actions, as a forged request or a script might."""
    kind = ContentType.objects.get_for_model(item)
    return Placement.objects.create(
        content_type=kind, object_id=item.pk, asset=asset, role="figure", alt_vi="Ảnh khác"
    )


def country(code: str = "LA", **fields: Any) -> Country:
    """The country of this code, made when it is not there."""
    if kept := Country.objects.filter(code=code).first():
        return kept
    names = {"name_vi": f"Nước {code}", "name_en": f"Country {code}"}
    return directory.save(Country(code=code, **(names | fields)), by=None, now=NOON)


def organisation(kind: str = "embassy", **fields: Any) -> Organisation:
    """An organisation; embassies and consulates are those of Laos unless a test says otherwise."""
    number = next(_numbers)
    names: dict[str, Any] = {"name_vi": f"Tổ chức {number}", "name_en": f"Organisation {number}"}
    if kind in {"embassy", "consulate"} and "country" not in fields:
        names["country"] = country()
    return directory.save(Organisation(kind=kind, **(names | fields)), by=None, now=NOON)


def post(**fields: Any) -> Post:
    """A post without an address."""
    defaults: dict[str, Any] = {"title_vi": "Tùy viên báo chí", "title_en": "Press attaché"}
    if "organisation" not in fields:
        defaults["organisation"] = organisation()
    return directory.save(Post(**(defaults | fields)), by=None, now=NOON)


def address(email: str = "", *, of: Post | None = None, holder: str = "", now: datetime = NOON) -> Address:
    """The current address of a post."""
    email = email or f"press{next(_numbers)}@embassy.example"
    return directory.change_address(of or post(), email, holder=holder, by=None, now=now)


def licence(**fields: Any) -> Licence:
    """A licence that holds for the whole of 2026."""
    said: dict[str, Any] = {
        "name_vi": "Bản tin Thông tin đối ngoại", "name_en": "Foreign Information Bulletin",
        "publisher_vi": "Bộ Lao động", "publisher_en": "Ministry of Labour", "number": "27/GP-XBBT",
        "issuer_vi": "Cục Báo chí", "issuer_en": "Press Authority", "issued_on": date(2025, 12, 20),
        "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31), "print_run": 500,
    }  # fmt: skip
    return Licence.objects.create(**(said | fields))


def bulletin(
    *pieces: Article, by: User | None = None, now: datetime = NOON, language: str = "en", **fields: Any
) -> Bulletin:
    """The bulletin of the third quarter of 2026 in draft, with these pieces under one heading, not frozen."""
    said: dict[str, Any] = {
        "year": 2026, "quarter": 3, "dated": date(2026, 10, 12), "source_language": "en",
        "title_en": "Foreign Information Bulletin, third quarter of 2026", "title_vi": "Bản tin, quý III/2026",
        "standfirst_en": "Work, skills and social protection between July and September.",
        "standfirst_vi": "Việc làm, kỹ năng và an sinh từ tháng bảy đến tháng chín.",
        "responsible_en": "Head of the Editorial Board", "responsible_vi": "Trưởng Ban biên tập",
        "foreword_en": "<p>Dear readers, this is the quarter.</p>", "figures_en": "63 | missions receive this bulletin",
    }  # fmt: skip
    if "licence" not in fields:
        said["licence"] = licence()
    item = Bulletin.objects.create(created_at=now, created_by=by, **(said | fields))
    start(item, by=by, now=now)
    if pieces:
        records = [
            {"is": "section", "title": "In focus"},
            *({"is": "piece", "of": reference(each)} for each in pieces),
        ]
        publications.compose(item, language, records, by=by, now=now)
    return Bulletin.objects.get(pk=item.pk)


def reference(item: Any) -> str:
    """How a bulletin names a piece: "news.article:12"."""
    return f"{item._meta.label_lower}:{item.root_pk}"


def issue(*pieces: Article, now: datetime = NOON, language: str = "en", **fields: Any) -> Bulletin:
    """A bulletin frozen, approved and published in one language."""
    item = bulletin(*pieces, now=now, language=language, **fields)
    publications.freeze(item, language, by=None, now=now)
    return published(item, language, now=now)


def publication(now: datetime = NOON, **fields: Any) -> Publication:
    """A brochure with a cover and a file in each language, in draft."""
    said: dict[str, Any] = {
        "title_vi": "Đi làm việc ở nước ngoài an toàn", "title_en": "Working abroad safely", "year": 2026,
        "standfirst_vi": "Những điều cần biết trước khi đi.", "standfirst_en": "What to know before you leave.",
        "rights_vi": "© Bộ. Được sao chép khi ghi nguồn.", "rights_en": "© The ministry. Free to copy with the source.",
    }  # fmt: skip
    item = Publication.objects.create(created_at=now, **(said | fields))
    start(item, by=None, now=now)
    placed(item, picture("bia.jpg"), "cover")
    if item.form != Publication.Form.PHOTO_BOOK:
        for language in ("vi", "en"):
            placed(
                item, document(f"so-tay-{language}.pdf"), f"file_{language}", title_vi=f"Sổ tay ({language})"
            )
    return Publication.objects.get(pk=item.pk)


def identity() -> SiteIdentity:
    site = SiteIdentity.objects.create(
        ministry_name_vi="Bộ Lao động – Thương binh và Xã hội", ministry_name_en="Ministry of Labour, Invalids and Social Affairs",
        portal_name_vi="Cổng Thông tin đối ngoại", portal_name_en="Foreign Information Portal",
        hotline="0866.59.4498", hotline_tel="+84866594498",
    )  # fmt: skip
    MenuItem.objects.create(
        site=site, label_vi="Tin tức", label_en="News", path_vi="/vi/tin-tuc/", path_en="/en/news/"
    )
    return site


def many_entries(number: int, *, like: Any, now: datetime) -> None:
    """An archive: copies of one entry, a minute apart, for things that are not there."""
    from portal.search.models import Entry

    fields = {
        column.attname: getattr(like, column.attname)
        for column in Entry._meta.concrete_fields
        if column.name != "id"
    }
    Entry.objects.bulk_create(
        Entry(
            **(
                fields
                | {
                    "object_id": 1_000_000 + each,
                    "visible_from": now - MINUTE * (each + 1),
                    "title": f"Tin số {each}",
                }
            )
        )
        for each in range(number)
    )


def message(**fields: Any) -> Message:
    """A message, frozen."""
    said = {"subject": "Bản tin", "text": "Kính gửi Quý vị.", "html": "", "language": "vi", "created_at": NOON,
            "sender": "Cổng Thông tin đối ngoại <bantin@portal.example>"} | fields  # fmt: skip
    return Message.objects.create(**said)


def mailing(*recipients: str | Recipient, now: datetime = NOON, **fields: Any) -> Mailing:
    """A mailing to these addresses, approved by a second person and addressed; nothing is released yet."""
    audience = [Recipient(each) if isinstance(each, str) else each for each in recipients]
    composed = sending.compose("Bản tin quý III/2026", message(**fields), by=None, now=now)
    Addressee.objects.bulk_create(
        Addressee(mailing=composed, email=each.email, name=each.name, stage=each.stage) for each in audience
    )
    sending.approve(composed, by=publisher(), now=now)
    addressing.address_waiting(now=lambda: now, until=now + HOUR)
    return Mailing.objects.get(pk=composed.pk)


def readers(mailing_list: MailingList, number: int) -> None:
    """So many of the public who confirmed this list: reader0@r0.example …"""
    emails = [f"reader{each}@r{each % 50}.example" for each in range(number)]
    known = Subscriber.objects.bulk_create(Subscriber(email=email, created_at=NOON) for email in emails)
    Subscription.objects.bulk_create(
        Subscription(subscriber=each, list=mailing_list, state="confirmed", confirmed_at=NOON, consent="Tôi đồng ý.")
        for each in known
    )  # fmt: skip


def mailing_list(slug: str = "ban-tin", **fields: Any) -> MailingList:
    """A list anybody may sign up for."""
    said = {
        "title_vi": "Bản tin tiếng Anh hằng quý",
        "title_en": "Quarterly English bulletin",
        "is_public": True,
    } | fields
    return MailingList.objects.create(slug=slug, **said)
