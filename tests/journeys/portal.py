"""A small portal that has every kind of public page, in both languages."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.models import Article, Category
from portal.editorial.actions import open_working_copy, take_step
from portal.editorial.models import Publishable
from portal.languages import LANGUAGES
from portal.languages.dates import vietnamese_day
from portal.mailing.actions import subscribing
from portal.mailing.models import Delivery
from portal.search.models import Entry, Topic
from pressroom.actions import briefings as dates
from pressroom.briefing_facts import When
from pressroom.rules import links
from publications import actions as publications
from publications.models import Bulletin, Publication
from tests import make
from tests.pressroom import briefings, releases

AN_HOUR, A_MINUTE = timedelta(hours=1), timedelta(minutes=1)
OLDER_ITEMS = 25  # more than one page of a list
BODY = {
    "vi": """<p>Lớp tập huấn diễn ra trong hai ngày với gần 150 cán bộ của 34 tỉnh, thành phố.</p>
<h2>Nội dung</h2><ul><li>viết tin song ngữ;</li><li>trả lời báo chí nước ngoài.</li></ul>
<table><caption>Số học viên theo vùng (người)</caption>
<thead><tr><th>Vùng</th><th>2025</th><th>2026</th></tr></thead>
<tbody><tr><td>Miền Bắc</td><td>48</td><td>61</td></tr>
<tr><td>Miền Nam</td><td>52</td><td>70</td></tr></tbody></table>
<blockquote><p>Nói đúng, nói đủ và nói kịp thời là ba việc khó của người làm thông tin.</p></blockquote>
<p>Xem thêm tại <a href="/vi/">trang chủ</a>.
Tên tiếng Anh của lớp là <span lang="en">Clear words</span>.</p>""",
    "en": """<p>The course brought nearly 150 officials of 34 provinces and cities together for two days.</p>
<h2>Contents</h2><ul><li>writing news in two languages;</li><li>answering the foreign press.</li></ul>
<table><caption>Participants by region (persons)</caption>
<thead><tr><th>Region</th><th>2025</th><th>2026</th></tr></thead>
<tbody><tr><td>North</td><td>48</td><td>61</td></tr>
<tr><td>South</td><td>52</td><td>70</td></tr></tbody></table>
<blockquote><p>To say what is true, all of it, in time: three hard things.</p></blockquote>
<p>See the <a href="/en/">home page</a>.
The Vietnamese name is <span lang="vi">Lời nói rõ ràng</span>.</p>""",
}


def furnished() -> dict[str, dict[str, str]]:
    """Fill the portal; answers the address of each kind of page: {kind: {language: path}}."""
    now = timezone.now() - AN_HOUR
    make.identity()
    shelf = make.category("hop-tac", name_vi="Hợp tác quốc tế", name_en="International co-operation")
    dossier = make.topic(title_vi="Thông tin đối ngoại", title_en="Foreign information")
    full = _full_article(shelf, dossier, now)
    _older(full, now)
    articles = {
        "article": full,
        "withdrawn article": _taken_down("withdraw", shelf, now),
        "retracted article": _taken_down("retract", shelf, now),
    }
    addresses = {kind: _everywhere(article) for kind, article in articles.items()}
    addresses["article in the other language"] = _only_in_the_other(shelf, now)
    return addresses | _publications(full, now) | _briefings() | _press(now) | _lists(shelf, dossier, now)


#: Pages of the press room that have no thing of their own.
PRESS_PAGES = (
    "landing", "releases", "statements", "answers", "ask", "apply", "spokesperson", "contacts", "channels", "media_kit",
    "authentic", "accreditations", "foreign_press",
)  # fmt: skip


def _press(now: datetime) -> dict[str, dict[str, str]]:
    """A release with all that one may have, a statement, a text under embargo, and the room's own pages."""
    releases.patterns()
    speaker = releases.speaker()
    quotes = {
        f"quotes_{language}": f'[{{"speaker": "{speaker.pk}", "words": "…"}}]' for language in LANGUAGES
    }
    bodies = {f"body_{language}": BODY[language] for language in LANGUAGES}
    draft = releases.release(now=now, signer=speaker, **quotes, **bodies)
    make.placed(draft, make.picture("hop-bao.jpg"), "photo")
    make.placed(draft, make.document("bang-so-lieu.pdf"), "attachment")
    release = make.published(make.again(draft), *LANGUAGES, now=now)
    statement = make.published(releases.statement(now=now, speaker=speaker), *LANGUAGES, now=now)
    secret = releases.embargoed(releases.release(now=now), *LANGUAGES, at=timezone.now() + make.DAY, now=now)
    addresses = {"release": _everywhere(release), "statement": _everywhere(statement), "terms of embargo": {}}
    for language in LANGUAGES:
        copy = releases.copy(secret, releases.journalist(language=language), language=language, now=now)
        addresses["terms of embargo"][language] = _path(links.COPY.url(copy, language))
    for name in PRESS_PAGES:
        addresses[f"press: {name}"] = {}
        for language in LANGUAGES:
            with override(language):
                addresses[f"press: {name}"][language] = reverse(f"pressroom:{name}")
    return addresses


def _path(url: str) -> str:
    return urlsplit(url).path


def _briefings() -> dict[str, dict[str, str]]:
    """A briefing to come that was moved, one cancelled, and one that was held, with its transcript."""
    now = timezone.now()
    to_come = briefings.announced(now=now - 9 * make.DAY, when=_in_days(3))
    dates.arrange(to_come, briefings.plan(_in_days(4)), by=None, now=now - make.DAY)
    cancelled = briefings.announced(now=now - 9 * make.DAY, when=_in_days(9), kind="ad_hoc")
    dates.cancel(cancelled, {"vi": "Bão số 13.", "en": "Typhoon No. 13."}, by=None, now=now)
    held = briefings.announced(now=now - 99 * make.DAY, when=_in_days(-90), kind="ad_hoc")
    held = briefings.with_transcript(dates.hold(held, by=None, now=now), now=now)
    addresses = {
        "briefing": _everywhere(to_come),
        "cancelled briefing": _everywhere(cancelled),
        "briefing with its transcript": _everywhere(held),
        "briefings": {},
        "seat at a briefing": {},
    }
    for language in LANGUAGES:
        with override(language):
            addresses["briefings"][language] = reverse("pressroom:briefings")
            addresses["seat at a briefing"][language] = reverse("pressroom:seat", args=[to_come.pk])
    return addresses


def _in_days(days: int) -> When:
    return briefings.exact(vietnamese_day(timezone.now()) + timedelta(days=days))


def _publications(article: Article, now: datetime) -> dict[str, dict[str, str]]:
    """An issue in both languages, a brochure and a photo book, with the shelf they stand on."""
    issue = _issue(article, now)
    brochure = make.published(make.publication(now=now), *LANGUAGES, now=now)
    book = make.publication(
        now=now, form=Publication.Form.PHOTO_BOOK, title_vi="Sách ảnh", title_en="Photo book"
    )
    for number in range(3):
        make.placed(book, make.picture(f"trang-{number}.jpg"), "photo")
    book = make.published(make.again(book), *LANGUAGES, now=now)
    addresses = {
        "issue": _everywhere(issue),
        "brochure": _everywhere(brochure),
        "photo book": _everywhere(book),
    }
    addresses["photo"] = {language: f"{address}2/" for language, address in addresses["photo book"].items()}
    for kind, name in (("shelf", "shelf"), ("issues", "bulletins")):
        addresses[kind] = {}
        for language in LANGUAGES:
            with override(language):
                addresses[kind][language] = reverse(f"publications:{name}")
    return addresses


def _issue(article: Article, now: datetime) -> Bulletin:
    issue = make.bulletin(article, now=now)
    make.placed(issue, make.picture("bia-ban-tin.jpg"), "cover")
    contents = [
        {"is": "section", "title": "Tiêu điểm"},
        {"is": "piece", "of": make.reference(article)},
        {"is": "text", "title": "Lịch", "text": "Ngày 01/01: nghỉ lễ."},
    ]
    publications.compose(issue, "vi", contents, by=None, now=now)
    for language in LANGUAGES:
        publications.freeze(issue, language, by=None, now=now)
    return make.published(make.again(issue), *LANGUAGES, now=now)


def _full_article(shelf: Category, dossier: Topic, now: datetime) -> Article:
    """With a cover, a figure, an attachment, a topic, a correction, and a translation that is out of date."""
    item = make.article(
        now=now, category=shelf, prominence=2, event_on=vietnamese_day(now),
        title_vi="Tập huấn kỹ năng thông tin đối ngoại tại Hà Nội", source_vi="Trung tâm Thông tin",
        title_en="A course in foreign information is held in Ha Noi", source_en="Information Centre",
        dateline_vi="Hà Nội", dateline_en="Ha Noi",
    )  # fmt: skip
    figure = make.picture("lop-hoc.jpg", colour="#7a4b2a")
    make.placed(item, make.picture("toan-canh.jpg"), "cover")
    make.placed(item, figure)
    make.placed(item, make.document("chuong-trinh.pdf"), "attachment")
    item.topics.add(dossier)
    placed = f'<figure data-asset="{figure.uuid}"></figure>'
    bodies = {f"body_{language}": body + placed for language, body in BODY.items()}
    item = make.published(make.changed(item, by=None, **bodies), *LANGUAGES, now=now)
    copy = make.changed(
        open_working_copy(item, by=None, now=now), by=None, change_kind_vi="correction",
        change_note_vi="Bản trước ghi nhầm số học viên.", standfirst_vi="Gần 150 cán bộ của 34 tỉnh dự lớp.",
    )  # fmt: skip
    take_step(make.approved(copy), "publish", language="vi", by=None, now=now + A_MINUTE)
    return item


def _older(item: Article, now: datetime) -> None:
    """More of the same kind, so that lists have a second page."""
    for number, entry in enumerate(Entry.objects.about(item)):
        make.many_entries(OLDER_ITEMS, like=entry, now=now - AN_HOUR * (number + 1))


def _taken_down(step: str, shelf: Category, now: datetime) -> Article:
    item = make.published(make.article(now=now, category=shelf), *LANGUAGES, now=now)
    for language, why in (("vi", "Số liệu đang được rà soát."), ("en", "The figures are being reviewed.")):
        take_step(item, step, language=language, by=None, now=now, note=why)
    return item


def _only_in_the_other(shelf: Category, now: datetime) -> dict[str, str]:
    addresses = {}
    for language, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
        item = make.published(make.article(now=now, category=shelf), other, now=now)
        with override(language):
            addresses[language] = reverse("news:article_by_number", args=[item.pk])
    return addresses


def _everywhere(item: Publishable) -> dict[str, str]:
    item = make.again(item)
    return {language: item.get_absolute_url(language) for language in LANGUAGES}


def _letter(now: datetime) -> Delivery:
    """A letter to somebody who has two lists and has been asked about a third."""
    sent = make.mailing("tuy.vien.bao.chi.va.van.hoa@embassy.example", now=now)
    sent.lists.add(
        make.mailing_list(), make.mailing_list("tap-huan", title_vi="Lịch tập huấn", title_en="Training")
    )
    copy = sent.deliveries.get()
    asked = make.mailing_list("hop-bao", title_vi="Lịch họp báo", title_en="Briefings")
    subscribing.sign_up(copy.email, lists=[asked], language="vi", consent="…", now=timezone.now())
    return copy


def _lists(shelf: Category, dossier: Topic, now: datetime) -> dict[str, dict[str, str]]:
    day, letter = vietnamese_day(now), _letter(now)
    addresses: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        with override(language):
            shown = {
                "home": reverse("home"),
                "list": reverse("news:all"),
                "category": shelf.get_absolute_url(),
                "day": reverse("news:day", args=[f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}"]),
                "sign_up": reverse("mailing:sign_up"),
                "own_mail": reverse("mailing:own_mail", args=[letter.token]),
                "topics": reverse("search:topics"),
                "topic": dossier.get_absolute_url(),
                "page that is none": f"{reverse('news:all')}khong-co/",
            }
        for kind, address in shown.items():
            addresses.setdefault(kind, {})[language] = address
    return addresses
