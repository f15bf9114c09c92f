"""The public pages of releases and statements, the feeds and the media kit; what they cost."""

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from django.utils.translation import override

from portal.editorial import effects
from portal.editorial.actions import refusal, take_step
from portal.search.models import Entry
from pressroom import printed
from pressroom.models import Boilerplate, MediaItem, Said
from tests import make
from tests.make import DAY, HOUR, MINUTE
from tests.pressroom import briefings, releases

pytestmark = pytest.mark.django_db
now = timezone.now
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _house():
    make.identity()
    releases.patterns()


def published(*languages: str, **fields):
    return make.published(
        releases.release(now=now() - DAY, **fields), *(languages or ("vi", "en")), now=now() - HOUR
    )


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


class TestARelease:
    def test_its_page_names_number_place_signer_quotes_and_contacts(self, client):
        speaker = releases.speaker()
        Boilerplate.objects.create(text_vi="Về Bộ.", text_en="About us.", valid_from=date(2020, 1, 1))
        contacts = json.dumps(
            [{"name": "Phòng Báo chí", "office": "", "phone": "024 3826", "email": "a@b.example"}]
        )
        item = published(
            signer=speaker,
            contacts_en=contacts,
            quotes_en=f'[{{"speaker": "{speaker.pk}", "words": "We will."}}]',
        )

        said = page(client, item.get_absolute_url("en"))

        for words in (
            "01/TCBC-BLĐTBXH", "Ha Noi, ", "Director General", "We will.", "tel:0243826", "About us.", ".pdf",
        ):  # fmt: skip
            assert words in said, words

    def test_a_quotation_is_copied_with_who_said_it_and_where(self, client):
        speaker = releases.speaker()
        item = published(quotes_en=f'[{{"speaker": "{speaker.pk}", "words": "We will."}}]')
        address = item.get_absolute_url("en")

        (copied,) = re.findall(r'data-copy="(“[^"]+)"', page(client, address))

        assert copied.startswith("“We will.” – ")
        assert speaker.full_name in copied
        assert f"{address}#quote-1" in copied

    def test_a_speaker_has_the_title_of_the_day_of_the_release(self, client):
        speaker = releases.speaker(title_vi="Phó Vụ trưởng", until=date(2026, 11, 20))
        quotes = f'[{{"speaker": "{speaker.pk}", "words": "Được."}}]'

        before = published(quotes_vi=quotes, dated_on=date(2026, 11, 20))
        after = published(quotes_vi=quotes, dated_on=date(2026, 11, 21))

        assert "Phó Vụ trưởng" in page(client, before.get_absolute_url("vi"))
        assert "Phó Vụ trưởng" not in page(client, after.get_absolute_url("vi"))

    def test_its_briefing_is_named_once_readers_may_see_it(self, client):
        hidden, shown = briefings.briefing(kind="ad_hoc"), briefings.announced(now=now() - DAY)

        first, second = published(briefing=hidden), published(briefing=shown)

        assert "Họp báo</dt>" not in page(client, first.get_absolute_url("vi"))
        assert shown.get_absolute_url("vi") in page(client, second.get_absolute_url("vi"))

    def test_the_printed_sheet_has_the_heading_of_documents_of_state(self, client):
        item = published()

        answer = client.get(f"/vi/bao-chi/thong-cao/{item.pk}.pdf")

        pdf = b"".join(answer.streaming_content)
        assert pdf.startswith(b"%PDF")
        assert answer.headers["Content-Type"] == "application/pdf"

    def test_the_sheet_says_number_and_day_as_the_decree_has_them(self):
        published()
        entry = Entry.objects.get(kind="pressroom.pressrelease", language="vi")
        with override("vi"):
            said = printed._particulars(entry, "07/TCBC-BLĐTBXH")

        assert said["number"] == "Số: 07/TCBC-BLĐTBXH"
        assert said["placed"] == "Hà Nội, ngày 20 tháng 11 năm 2026"
        assert said["words"]["motto"] == "Độc lập - Tự do - Hạnh phúc"


class TestTheLadderOnThePage:
    def test_a_correction_stands_at_the_top_and_in_the_feed_of_changes(self, client):
        item = releases.changed(published(), note="Số liệu là 20.", now=now())

        assert "Số liệu là 20." in page(client, item.get_absolute_url("vi"))
        changes = json.loads(page(client, "/vi/bao-chi/changes.json"))["changes"]
        assert [(each["kind"], each["note"]) for each in changes] == [
            ("correction", "Số liệu là 20."),
            ("published", ""),
        ]

    def test_a_recall_leads_to_what_replaces_it_and_says_so_to_machines(self, client):
        item, other = published(), published()
        take_step(
            item,
            "retract",
            language="vi",
            by=make.head(),
            now=now(),
            note="Sai.",
            successor=other.get_absolute_url("vi"),
        )

        answer = client.get(item.get_absolute_url("vi"))
        told = json.loads(page(client, "/vi/bao-chi/changes.json"))["changes"][0]

        assert (answer.status_code, answer.url) == (301, other.get_absolute_url("vi"))
        assert (told["kind"], told["replaced_by"]) == (
            "retracted",
            f"http://testserver{other.get_absolute_url('vi')}",
        )

    @pytest.mark.parametrize("name", ["feed.xml", "changes.xml", "thong-cao/feed.xml", "phat-ngon/feed.xml"])
    def test_feeds_are_well_formed_with_whole_addresses(self, client, name):
        published()
        make.published(releases.statement(now=now()), "vi", now=now())

        root = ElementTree.fromstring(client.get(f"/vi/bao-chi/{name}").content)

        links = [entry.find(f"{ATOM}link").get("href") for entry in root.iter(f"{ATOM}entry")]
        assert links
        assert all(link.startswith("http://") for link in links)


class TestAStatement:
    def test_each_sentence_has_an_address_and_its_twin_beside_it(self, client):
        item = make.published(releases.statement(now=now()), "vi", "en", now=now())

        said = page(client, item.get_absolute_url("en"))

        assert 'id="s2"' in said
        assert "Every worker is protected." in said
        assert "Mọi người lao động được bảo vệ." in said

    def test_sentences_that_do_not_align_are_not_submitted(self):
        item = releases.statement(text_said_en="One sentence only.")

        assert "không khớp" in refusal(make.again(item), "submit", language="vi", by=None, now=now())

    def test_its_seal_is_shown(self, client):
        item = make.published(releases.statement(now=now()), "vi", now=now())
        effects.do_waiting(now() + MINUTE)

        assert Said.objects.get(object_id=item.pk).seal in page(client, item.get_absolute_url("vi"))

    def test_no_seal_is_shown_of_what_is_withdrawn_or_not_yet_entered(self, client):
        item = make.published(releases.statement(now=now()), "vi", now=now())
        assert "SHA-256" not in page(client, item.get_absolute_url("vi"))

        effects.do_waiting(now() + MINUTE)
        take_step(make.again(item), "withdraw", language="vi", by=None, now=now(), note="Sai.")
        assert "SHA-256" not in page(client, item.get_absolute_url("vi"))

        effects.do_waiting(now() + MINUTE)
        assert "SHA-256" not in page(client, item.get_absolute_url("vi"))


def test_the_media_kit_is_everybodys_and_nothing_else_of_the_library_is(client):
    offered, kept = make.document("so-tay.pdf"), make.document("khac.pdf")
    MediaItem.objects.create(
        asset=offered, title_vi="Sổ tay", title_en="Handbook", licence_vi="CC BY", licence_en="CC BY"
    )
    MediaItem.objects.create(
        asset=kept, title_vi="x", title_en="x", licence_vi="x", licence_en="x", is_offered=False
    )

    assert "Sổ tay" in page(client, "/vi/bao-chi/tu-lieu/")
    assert client.get(f"/files/{offered.uuid}/{offered.filename}").status_code == 200
    assert client.get(f"/files/{kept.uuid}/{kept.filename}").status_code == 404


@pytest.mark.parametrize("number", [3, 24])
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/vi/bao-chi/", 16),
        ("/vi/bao-chi/thong-cao/", 4),
        ("/vi/bao-chi/feed.xml", 3),
        ("/vi/bao-chi/changes.json", 4),
    ],
)
def test_lists_cost_the_same_however_many_there_are(
    client, django_assert_max_num_queries, path, most, number
):
    for each in range(number):
        published("vi", title_vi=f"Thông cáo {each}")

    with django_assert_max_num_queries(most):
        page(client, path)


@pytest.mark.parametrize("number", [3, 24])
def test_a_page_costs_the_same_in_an_archive_of_any_length(client, django_assert_max_num_queries, number):
    items = [published("vi", title_vi=f"Thông cáo {each}") for each in range(number)]

    with django_assert_max_num_queries(6):
        page(client, items[0].get_absolute_url("vi"))
