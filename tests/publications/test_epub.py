"""The bulletin as an e-book: what any reader's device must find in it."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
from PIL import Image

from publications.printing.epub import bulletin_epub
from tests.publications import issues

pytestmark = pytest.mark.django_db

OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
XHTML = "{http://www.w3.org/1999/xhtml}"


def opened(issue: dict) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(bulletin_epub(issue)))


def package(book: zipfile.ZipFile) -> ElementTree.Element:
    return ElementTree.fromstring(book.read("EPUB/package.opf"))


def pages(book: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    return {
        name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")
    }


def said(page: ElementTree.Element) -> str:
    return " ".join(" ".join(page.itertext()).split())


def test_its_kind_stands_first_and_unpacked():
    first = opened(issues.issue()).infolist()[0]

    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")


def test_each_piece_is_a_chapter_in_its_order():
    book = opened(issues.issue(pieces=[issues.piece(number=number) for number in (1, 2, 3)]))

    order = [item.get("idref") for item in package(book).findall("opf:spine/opf:itemref", OPF)]
    names = {item.get("id"): item.get("href") for item in package(book).findall("opf:manifest/opf:item", OPF)}
    chapters = [
        said(pages(book)[f"EPUB/{names[each]}"]) for each in order if names[each].startswith("piece-")
    ]
    assert [f"number {number}" in chapter for number, chapter in enumerate(chapters, 1)] == [True, True, True]


def test_everything_packed_is_listed_and_everything_listed_is_packed():
    book = opened(issues.issue(cover=issues.placed(issues.picture())))

    listed = {f"EPUB/{item.get('href')}" for item in package(book).findall("opf:manifest/opf:item", OPF)}
    assert listed | {"mimetype", "META-INF/container.xml", "EPUB/package.opf"} == set(book.namelist())


def test_the_contents_lead_to_every_page_but_themselves():
    book = opened(issues.issue())

    page = pages(book)["EPUB/nav.xhtml"]
    led = {f"EPUB/{link.get('href')}" for link in page.iter(f"{XHTML}a")}
    assert led == set(pages(book)) - {"EPUB/nav.xhtml"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_says_its_language(language):
    book = opened(issues.issue(language))

    assert {page.get("lang") for page in pages(book).values()} == {language}
    assert package(book).findtext("opf:metadata/dc:language", namespaces=OPF) == language


def test_it_says_how_it_can_be_read():
    metadata = package(opened(issues.issue())).findall("opf:metadata/opf:meta", OPF)

    names = {meta.get("property") for meta in metadata}
    assert {f"schema:{name}" for name in (
        "accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary",
    )} <= names  # fmt: skip


def test_pictures_are_small_and_described():
    asset = issues.picture((2400, 1600))
    book = opened(issues.issue(pieces=[issues.piece(cover=issues.placed(asset, alt="Đầu bài"))]))

    picture = Image.open(io.BytesIO(book.read(f"EPUB/{asset.uuid}.jpg")))
    drawn = [image for page in pages(book).values() for image in page.iter(f"{XHTML}img")]
    assert max(picture.size) == 1000
    assert [image.get("alt") for image in drawn] == [
        "Foreign Information Bulletin, Third quarter of 2026",
        "Đầu bài",
    ]


def test_a_decorative_picture_has_an_empty_description():
    silent = issues.placed(issues.picture(), alt="", caption="", credit="")
    book = opened(issues.issue(pieces=[issues.piece(cover=silent)]))

    assert 'alt=""' in book.read("EPUB/piece-003.xhtml").decode()


def test_a_picture_gone_missing_leaves_its_words():
    asset = issues.picture()
    placed = issues.placed(asset)
    asset.delete()
    book = opened(issues.issue(pieces=[issues.piece(cover=placed)], cover=placed))

    assert any("Hội trường lớn" in said(page) for page in pages(book).values())


def test_rich_text_stays_what_it_was():
    body = (
        "<h2>Mục</h2><p>H<sub>2</sub>O <strong>và</strong> <em>m<sup>2</sup></em><br>dòng hai</p>"
        "<ol start='3'><li>ba</li></ol><blockquote lang='en'><p>Quote</p></blockquote>"
        "<table><caption>Bảng</caption><thead><tr><th>Năm</th><th>Số</th></tr></thead><tr><td colspan='2'>x</td></tr></table>"
    )
    book = opened(issues.issue(pieces=[issues.piece(body=body)]))

    page = next(page for name, page in pages(book).items() if "piece-" in name)
    tags = {each.tag.removeprefix(XHTML) for each in page.iter()}
    assert {
        "h2",
        "sub",
        "sup",
        "strong",
        "em",
        "br",
        "ol",
        "blockquote",
        "table",
        "caption",
        "thead",
        "th",
    } <= tags
    assert page.find(f".//{XHTML}ol").get("start") == "3"
    assert page.find(f".//{XHTML}blockquote").get("lang") == "en"
    assert page.find(f".//{XHTML}th").get("scope") == "col"
    assert page.find(f".//{XHTML}td").get("colspan") == "2"


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script> & ]]> --", "\x07\ufffe\ud800 \U0001f600", '" onload="x']
)
def test_hostile_words_are_words(words):
    piece = issues.piece(title=words, summary=words, byline=words)
    hostile = issues.issue(pieces=[piece], publisher=words, title=words, foreword_by=words)
    book = opened(hostile)

    assert not any(
        page.iter(f"{XHTML}script") and list(page.iter(f"{XHTML}script")) for page in pages(book).values()
    )
    assert package(book) is not None


def test_nothing_but_a_quarter_is_needed():
    assert "EPUB/imprint.xhtml" in opened({"year": 2026, "quarter": 1}).namelist()


def test_the_same_issue_is_the_same_file():
    issue = issues.issue(cover=issues.placed(issues.picture()))

    assert bulletin_epub(issue) == bulletin_epub(issue)
