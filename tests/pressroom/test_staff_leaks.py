"""Inside the house, too: a text that is not public is read, and its title told, where people work with it and nowhere else.

Every page of the workplace is looked at, for each role: whatever can be reached by links from the first page, and the
pages of every row there is, linked or not.
"""

import re
from collections import Counter

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.editorial import effects
from portal.editorial.actions import take_step
from portal.editorial.models import Effect
from portal.history.actions import record
from portal.languages.folding import fold
from pressroom.actions import embargoes
from tests import make
from tests.make import DAY, HOUR, MINUTE
from tests.pressroom import crawling, releases
from tests.pressroom.test_leaks import WORD

pytestmark = pytest.mark.django_db
#: So many pages of one shape ("/admin/news/article/7/change/") are looked at for each role.
LIKE_IT = 8
_ROOMS = ("change", "delete", "history")


@pytest.fixture
def house():
    """Texts nobody may know of, in every state before they are public, with everything that hangs on one."""
    now = timezone.now()
    make.identity()
    releases.patterns()
    topic, signer, chosen = make.topic(), releases.speaker(), make.mailing_list()
    article = make.article(now=now - DAY)
    article.topics.set([topic])
    make.published(article, "vi", "en", now=now - DAY)
    for text in (embargoed(topic, signer, chosen, now), called_off(now)):
        assert WORD in text.title_vi
    releases.release(now=now, title_vi=f"{WORD} bản thảo", signer=signer)
    make.scheduled(releases.statement(now=now, title_vi=f"{WORD} hẹn giờ"), at=now + DAY, now=now)
    make.bulletin(now=now, title_vi="Bản tin quý")
    effects.do_waiting(timezone.now() + MINUTE)
    Effect.objects.filter(name="close_copies").update(
        done_at=None, attempts=1, error=f"không tìm thấy {WORD}"
    )


def embargoed(topic, signer, chosen, now):
    """In both languages, with files, a copy opened and a copy closed."""
    draft = releases.release(
        chosen, now=now, signer=signer, title_vi=f"{WORD} ra mắt", title_en=f"{WORD} launched",
        standfirst_vi=f"Về {WORD}.", standfirst_en=f"On {WORD}.", body_vi=f"<p>{WORD} là gì?</p>",
    )  # fmt: skip
    draft.topics.set([topic])
    picture = make.picture(original_name=f"{WORD}.jpg", title_vi=f"Ảnh {WORD}")
    paper = make.document(original_name=f"{WORD}.pdf", title_vi=f"Tệp {WORD}", folded=fold(WORD))
    record(paper, "upload", by=None, now=now)
    make.placed(draft, picture, "cover", title_vi=f"Ảnh {WORD}", alt_vi=WORD)
    make.placed(draft, paper, "attachment", title_vi=f"Tệp {WORD}", title_en=f"{WORD} file")
    item = releases.embargoed(make.again(draft), "vi", "en", at=now + DAY, now=now)
    embargoes.open_copy(releases.accepted(item, now=timezone.now()), now=timezone.now())
    return item


def called_off(now):
    """Its holders have a letter that names it."""
    item = releases.embargoed(now=now, at=now + HOUR, title_vi=f"{WORD} hoãn lại")
    releases.accepted(item, now=timezone.now())
    take_step(item, "lift_embargo", language="vi", by=None, now=timezone.now(), note=f"Hoãn {WORD}.")
    return make.again(item)


def pages_of_rows() -> list[str]:
    """The pages of every row of every list, whoever may open them."""
    found = []
    for model in admin.site._registry:
        names = [f"admin:{model._meta.app_label}_{model._meta.model_name}_{each}" for each in _ROOMS]
        for row in model._base_manager.order_by("-pk")[:4]:
            found += [reverse(name, args=[row.pk]) for name in names]
    return found


def staff(role: str) -> Client:
    browser = Client()
    browser.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")
    return browser


def workplace(browser: Client) -> dict[str, str]:
    """Filters, sorting and paging are left out: they show rows of lists that are looked at whole."""
    times: Counter[str] = Counter()

    def left_out(address: str) -> bool:
        if not address.startswith("/admin/") or "?" in address or "jsi18n" in address:
            return True
        shape = re.sub(r"\d+", "7", address)
        times[shape] += 1
        return times[shape] > LIKE_IT

    picker = reverse("admin:library_asset_picker")
    return crawling.crawl(browser, ["/admin/", picker, *pages_of_rows()], left_out=left_out, most=2000)


@pytest.mark.parametrize("role", ["reporter", "editor", "translator", "publisher", "administrator"])
def test_nowhere_in_the_workplace_is_it_told_to_whoever_works_elsewhere(settings, house, role):
    settings.REQUIRE_SECOND_FACTOR = False

    pages = workplace(staff(role))

    assert len(pages) > 60
    assert crawling.telling(pages, WORD) == []


@pytest.mark.parametrize("role", ["press officer", "duty editor"])
def test_whoever_works_with_it_finds_it_where_they_work(settings, house, role):
    settings.REQUIRE_SECOND_FACTOR = False
    browser = staff(role)
    paths = ["/admin/", "/admin/pressroom/pressrelease/"]

    pages = {path: browser.get(path).content.decode() for path in paths}

    assert crawling.telling(pages, WORD) == paths
