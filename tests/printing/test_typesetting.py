"""The typesetter: what goes in stays text, what comes out can be kept and read aloud."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import printing
from portal.printing import NotTypeset, nodes, typeset
from portal.printing.measuring import measured
from portal.printing.repertoire import LIST, printable, unprintable
from tests.library import samples
from tests.printing import read

TEMPLATE = """
#import "/house.typ": *
#import "/richtext.typ": *
#let particulars = json("/particulars.json")
#show: house.with(particulars)
#show heading: set text(font: headline)
= #particulars.title
#blocks(particulars.nodes, pictures: particulars.at("pictures", default: (:)))
"""


@pytest.fixture
def sheet(tmp_path):
    """Sets one rich text, as a PDF."""
    template = tmp_path / "sheet.typ"
    template.write_text(TEMPLATE)

    def set_sheet(html: str, *, language: str = "vi", files=None, **more) -> bytes:
        said = {
            "language": language,
            "title": "Trang thử",
            "day": [2026, 10, 5],
            "nodes": nodes(html),
            **more,
        }
        return typeset(template, said, pictures=files)

    return set_sheet


def test_a_sheet_is_tagged_titled_and_says_its_language(sheet):
    pdf = sheet("<p>Lớp tập huấn diễn ra trong hai ngày.</p>")

    root = read.reader(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("vi")
    assert read.reader(pdf).metadata.title == "Trang thử"
    assert b"pdfuaid:part" in pdf
    assert b"pdfaid:part" in pdf


def test_every_face_is_embedded_and_none_comes_from_the_machine(sheet):
    pdf = sheet("<h2>Tiêu đề</h2><p>Chữ <strong>đậm</strong>, <em>nghiêng</em>.</p>")

    used = read.faces(pdf)
    assert all(used.values())
    assert {name.partition("-")[0] for name in used} == {"NewsreaderText", "Newsreader"}


def test_vietnamese_comes_out_letter_by_letter(sheet):
    letters = "Ằ Ẳ Ẵ Ắ Ặ Ầ Ẩ Ẫ Ấ Ậ Ề Ể Ễ Ế Ệ Ồ Ổ Ỗ Ố Ộ Ờ Ở Ỡ Ớ Ợ Ừ Ử Ữ Ứ Ự Ỳ Ỷ Ỹ Ý Ỵ đ Đ ơ ư ăâêô ₫"

    assert letters in read.words(sheet(f"<p>{letters}</p>"))


HOSTILE = [
    '#panic("x")',
    '#import "/house.typ": *',
    "$ x^2 $ \\ \\u{41} *b* _i_ `raw` = Heading - list / term: @ref <label>",
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "]] }} )) \" ' ; //comment /* open",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_source_is_printed_as_it_stands(sheet, words):
    printed = read.words(sheet(f"<p>{escape(words)}</p>"))

    assert words.replace(" ", "") in printed.replace(" ", "")


def test_a_script_is_gone(sheet):
    assert "alert" not in read.words(sheet("<p>Một</p><script>alert(1)</script>"))


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_can_be_printed(tmp_path_factory, text):
    template = tmp_path_factory.mktemp("any") / "sheet.typ"
    template.write_text(TEMPLATE)
    said = {
        "language": "en",
        "title": f"x{text}",
        "day": [2026, 1, 1],
        "nodes": [{"is": "p", "runs": [{"text": text}]}],
    }

    assert typeset(template, said).startswith(b"%PDF")


def test_the_list_of_what_can_be_printed_is_true():
    assert LIST.read_text() == measured()


def test_what_cannot_be_printed_is_named_and_shown_as_a_box():
    assert printable("Bộ trưởng 山田 ｔｅｓｔ ﬁ\x07") == "Bộ trưởng □□ test ﬁ"
    assert unprintable("Bộ trưởng 山田 ｔｅｓｔ") == {"山", "田"}


def test_the_same_sheet_is_the_same_file(sheet):
    assert sheet("<p>Một</p>") == sheet("<p>Một</p>")


def test_ten_megabytes_of_text_are_refused_in_words(sheet):
    with pytest.raises(NotTypeset, match="too long"):
        sheet(f"<p>{'Thông tin đối ngoại ' * 500_000}</p>")


def test_a_picture_under_another_name_than_a_pictures_is_refused(sheet):
    with pytest.raises(NotTypeset):
        sheet("<p>Một</p>", files={"../house.typ": b""})


def test_a_template_that_is_wrong_says_so(tmp_path):
    template = tmp_path / "wrong.typ"
    template.write_text("#nothing")

    with pytest.raises(NotTypeset, match="unknown variable"):
        typeset(template, {})


def test_a_template_sees_no_file_of_the_machine(tmp_path):
    template = tmp_path / "curious.typ"
    template.write_text('#read("../../../../../../etc/hostname")')

    with pytest.raises(NotTypeset):
        typeset(template, {})


def test_a_table_has_a_head_and_cells_that_reach_over_others(sheet):
    html = (
        "<table><caption>Chỉ tiêu</caption><thead><tr><th>Năm</th><th colspan='2'>Kết quả</th></tr></thead>"
        "<tbody><tr><th rowspan='2'>2026</th><td>một</td><td>hai</td></tr><tr><td>ba</td><td>bốn</td></tr></tbody></table>"
    )

    pdf = sheet(html)
    assert {"Table", "THead", "TH", "TBody", "TD", "Caption"} <= set(read.tags(pdf))
    assert "một hai" in read.words(pdf)


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>không có đầu bảng</td><td>b</td></tr><tr><td>c</td></tr></table>",
        "<table><tr><th>chỉ có</th><th>đầu bảng</th></tr></table>",
        "<table><tr><td colspan='100' rowspan='500'>rộng</td></tr><tr><td>x</td></tr></table>",
        "<table><thead><tr><th rowspan='9'>dài</th><th>a</th></tr></thead><tbody><tr><td>b</td><td>c</td></tr></tbody></table>",
        f"<table>{'<tr>' + '<td>ô</td>' * 60 + '</tr>'}{'<tr><td>ô</td></tr>' * 300}</table>",
        "<table><tr><td rowspan='2'>a</td><td>b</td></tr><tr><td colspan='5'>c</td></tr><tr></tr></table>",
    ],
)
def test_an_odd_table_is_printed_all_the_same(sheet, table):
    assert "Table" in read.tags(sheet(table))


def test_lists_quotes_and_foreign_words_keep_their_structure(sheet):
    html = (
        "<ol start='3'><li>ba<ul><li>con</li></ul></li></ol><blockquote><p>Lời nói.</p></blockquote>"
        "<p>H<sub>2</sub>O, m<sup>2</sup>, <span lang='en-GB'>colour</span></p>"
    )

    assert {"L", "LI", "BlockQuote"} <= set(read.tags(sheet(html)))


def test_links_leave_for_whole_addresses_only(sheet):
    html = '<p><a href="https://example.vn/a">xa</a> <a href="/vi/tin/">gần</a> <a href="#x">đây</a></p>'

    assert read.links(sheet(html)) == {"https://example.vn/a"}


def test_an_address_of_the_site_is_made_whole_where_its_home_is_known():
    tree = nodes('<p><a href="/vi/tin/">gần</a></p>', home="https://portal.example/vi/so/")

    assert tree[0]["runs"] == [{"href": "https://portal.example/vi/tin/", "runs": [{"text": "gần"}]}]


def test_a_picture_carries_its_description_and_a_decorative_one_none(sheet):
    uuid = "0b9c1d8e-5f0e-4a57-8f1f-3d1f0c6a2b11"
    html = f'<p>Một</p><figure data-asset="{uuid}"></figure>'

    def descriptions(alt: str) -> list[str]:
        placed = {uuid: {"file": "a.jpg", "alt": alt}}
        return read.descriptions(sheet(html, files={"a.jpg": samples.image()}, pictures=placed))

    assert descriptions("Hội trường") == ["Hội trường"]
    assert descriptions("") == []


def test_a_picture_gone_missing_leaves_its_words(sheet):
    uuid = "0b9c1d8e-5f0e-4a57-8f1f-3d1f0c6a2b11"
    placed = {uuid: {"file": None, "alt": "Hội trường", "caption": "Lớp tập huấn", "credit": "Ảnh: Minh An"}}
    pdf = sheet(f'<p>Một</p><figure data-asset="{uuid}"></figure>', pictures=placed)

    assert "Lớp tập huấn" in read.words(pdf)
    assert "Ảnh: Minh An" in read.words(pdf)


def test_pages_are_counted(sheet):
    pdf = sheet("<p>Thông tin đối ngoại.</p>" * 200)

    assert printing.page_count(pdf) == len(read.reader(pdf).pages) > 1
