"""The printed bulletin, read by somebody else's reader."""

import copy

import pytest

from portal.printing import NotTypeset
from publications.printing.pdf import bulletin_pdf, page_count
from tests.printing import read
from tests.publications import issues

pytestmark = pytest.mark.django_db


def test_the_first_page_bears_what_the_law_asks():
    said = read.words(bulletin_pdf(issues.issue("vi")), 0)

    assert "BẢN TIN" in said
    assert "Bản tin Thông tin đối ngoại" in said
    assert "BỘ NGOẠI VỤ" in said
    assert "05/10/2026" in said


def test_the_english_edition_says_bulletin_and_the_vietnamese_word_beside_it():
    said = read.words(bulletin_pdf(issues.issue("en")), 0)

    assert "BULLETIN Bản tin" in said
    assert "5 October 2026" in said


def test_the_last_page_bears_licence_printer_print_run_period_and_who_is_responsible():
    said = read.words(bulletin_pdf(issues.issue("vi")), -1)

    assert "12/GP-XBBT" in said
    assert "Cục Báo chí cấp ngày 05/01/2026" in said
    assert "Nhà in Lao động" in said
    assert "1.500 bản" in said
    assert "Mỗi quý một số" in said
    assert "Nguyễn Văn An, Trưởng Ban Biên tập" in said


def test_the_page_is_as_licensed_and_never_larger_than_the_law_allows():
    small = issues.issue(licence=issues.issue()["licence"] | {"width_mm": 170, "height_mm": 240})
    large = issues.issue(licence=issues.issue()["licence"] | {"width_mm": 210, "height_mm": 297})

    assert read.millimetres(bulletin_pdf(small)) == {(170, 240)}
    assert read.millimetres(bulletin_pdf(large)) == {(190, 270)}
    assert read.millimetres(bulletin_pdf(issues.issue(licence=None))) == {(190, 270)}


def test_the_last_page_is_a_back():
    for paragraphs in (1, 12, 40):
        pdf = bulletin_pdf(issues.issue(pieces=[issues.piece(paragraphs=paragraphs)]))

        assert page_count(pdf) == len(read.reader(pdf).pages)
        assert page_count(pdf) % 2 == 0


def test_it_is_tagged_titled_in_its_language_and_kept_for_ever():
    pdf = bulletin_pdf(issues.issue("en"))

    root = read.reader(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert read.reader(pdf).metadata.title == "Foreign Information Bulletin, Third quarter of 2026"
    assert b"pdfuaid:part" in pdf
    assert b"pdfaid:part" in pdf
    assert all(read.faces(pdf).values())
    assert {"Title", "H1", "H2", "P", "TOC", "TOCI", "Link"} <= set(read.tags(pdf))


def test_the_contents_name_each_piece_with_its_page():
    pieces = [issues.piece(number=number, paragraphs=20) for number in (1, 2, 3)]
    pdf = bulletin_pdf(issues.issue(pieces=pieces))

    contents = read.words(pdf, 1)
    for piece in pieces:
        page = next(
            number for number in range(4, page_count(pdf)) if piece["title"] in read.words(pdf, number)
        )
        assert piece["title"] in contents
        assert str(page + 1) in contents.partition(piece["title"])[2].split(" Training")[0]


def test_every_word_of_every_piece_is_printed_in_columns():
    marked = "".join(f"<p>{issues.SENTENCE['en'] * 3} word{number}end.</p>" for number in range(60))
    said = read.words(bulletin_pdf(issues.issue(pieces=[issues.piece(body=marked)])))

    assert [number for number in range(60) if f"word{number}end" not in said] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_line_runs_into_the_foot_of_its_page(language):
    lengths = [1, 2, 3, 5, 8, 13, 21, 4, 6, 7, 9, 11]
    pictures = [issues.placed(issues.picture()) if number % 2 else None for number in range(len(lengths))]
    pieces = [
        issues.piece(language, number, paragraphs, cover=cover)
        for number, (paragraphs, cover) in enumerate(zip(lengths, pictures, strict=True))
    ]
    sections = [{"title": str(start), "pieces": pieces[start : start + 4]} for start in (0, 4, 8)]
    pdf = bulletin_pdf(issues.issue(language, sections=sections))

    assert read.lowest(pdf, size=9.3) >= 21


def test_pictures_are_described_and_their_words_stand_beside_them():
    cover, first, inside = issues.picture(), issues.picture((800, 1200)), issues.picture()
    body = f'<p>Một.</p><figure data-asset="{inside.uuid}"></figure>' + issues.piece()["body"]
    figures = {str(inside.uuid): issues.placed(inside, alt="Trong bài")}
    piece = issues.piece(cover=issues.placed(first, alt="Đầu bài"), body=body, figures=figures)
    pdf = bulletin_pdf(issues.issue(pieces=[piece], cover=issues.placed(cover, alt="Trang bìa")))

    assert set(read.descriptions(pdf)) == {"Trang bìa", "Đầu bài", "Trong bài"}
    assert read.words(pdf).count("Ảnh: Minh An") == 3


def test_a_picture_gone_missing_leaves_its_words_and_breaks_nothing():
    gone, unreadable = issues.picture(), issues.picture()
    placed = [issues.placed(each, caption=f"Ảnh {number}") for number, each in enumerate((gone, unreadable))]
    gone.delete()
    unreadable.original.storage.delete(unreadable.original.name)
    pieces = [issues.piece(cover=placed[0]), issues.piece(cover=placed[1])]
    pdf = bulletin_pdf(issues.issue(pieces=pieces, cover=placed[0]))

    assert "Ảnh 0" in read.words(pdf)
    assert "Ảnh 1" in read.words(pdf)


def test_a_decorative_picture_is_not_read_aloud():
    silent = issues.placed(issues.picture(), alt="", caption="", credit="")

    assert (
        read.descriptions(bulletin_pdf(issues.issue(pieces=[issues.piece(cover=silent)], cover=silent))) == []
    )


def test_a_piece_may_be_a_picture_alone_or_have_no_title():
    alone = {"key": "own:3", "title": "", "body": "", "cover": issues.placed(issues.picture())}
    untitled = {"key": "own:4", "title": "", "body": "<p>Vài dòng.</p>"}

    assert "Vài dòng." in read.words(bulletin_pdf(issues.issue(pieces=[alone, untitled, issues.piece()])))


def test_the_same_piece_twice_is_printed_twice():
    assert (
        read.words(bulletin_pdf(issues.issue(pieces=[issues.piece(), issues.piece()]))).count("number 1") >= 4
    )


def test_nothing_but_a_quarter_is_needed():
    assert page_count(bulletin_pdf({"year": 2026, "quarter": 1})) == 2


@pytest.mark.parametrize("missing", sorted(issues.issue()))
def test_no_missing_particular_breaks_it(missing):
    whole = issues.issue()
    partial = {key: value for key, value in whole.items() if key != missing or key in {"year", "quarter"}}

    assert bulletin_pdf(partial).startswith(b"%PDF")


@pytest.mark.parametrize("missing", sorted(issues.piece()))
def test_no_missing_part_of_a_piece_breaks_it(missing):
    partial = {key: value for key, value in issues.piece().items() if key != missing}

    assert bulletin_pdf(issues.issue(pieces=[partial])).startswith(b"%PDF")


@pytest.mark.parametrize("words", ['#panic("x")', "$ \\ ` * _ @x <y>", "习近平 😀 \x07", "ngoại" * 400])
def test_hostile_words_are_printed_wherever_they_stand(words):
    piece = issues.piece(title=words, summary=words, byline=words, dateline=words)
    everywhere = dict.fromkeys(("title", "publisher", "foreword_by"), words)
    hostile = issues.issue(pieces=[piece], figures=[{"value": words, "label": words}], **everywhere)
    hostile["sections"][0]["title"] = words
    hostile["imprint"] = dict.fromkeys(("responsible", "office", "printed_at"), words) | {"print_run": 1}

    assert bulletin_pdf(hostile).startswith(b"%PDF")


def test_wide_and_long_tables_are_printed():
    wide = f"<table>{'<tr>' + '<td>số liệu</td>' * 9 + '</tr>'}</table>" * 2
    long = (
        f"<table><tr><th>Năm</th><th>Số</th></tr>{'<tr><td>2026</td><td>1.490.000</td></tr>' * 200}</table>"
    )
    pdf = bulletin_pdf(issues.issue(pieces=[issues.piece(body=wide + long + issues.piece()["body"])]))

    assert read.words(pdf).count("1.490.000") == 200


def test_ten_megabytes_are_refused_in_words():
    with pytest.raises(NotTypeset):
        bulletin_pdf(issues.issue(pieces=[issues.piece(body=f"<p>{'thông tin ' * 1_000_000}</p>")]))


def test_the_same_issue_is_the_same_file():
    issue = issues.issue(cover=issues.placed(issues.picture()))

    assert bulletin_pdf(issue) == bulletin_pdf(copy.deepcopy(issue))


def test_a_text_that_would_end_with_a_few_lines_on_the_next_page_ends_on_its_own():
    short = issues.piece(number=1, body=issues.SENTENCE["en"] * 3)
    longer = issues.piece(number=2, body=f"<p>{issues.SENTENCE['en']}</p>" * 11)
    sections = [{"title": "One", "pieces": [short]}, {"title": "Two", "pieces": [longer]}]

    pdf = bulletin_pdf(issues.issue(sections=sections, foreword="", figures=[]))

    assert page_count(pdf) == 4  # cover, contents, one page, imprint


@pytest.mark.parametrize("paragraphs", [5, 6])
def test_a_piece_follows_on_the_page_where_a_lower_picture_lets_it(paragraphs):
    first = issues.piece(number=1, body=f"<p>{issues.SENTENCE['en'] * 2}</p>" * paragraphs)
    second = issues.piece(number=2, cover=issues.placed(issues.picture()))

    pdf = bulletin_pdf(issues.issue(pieces=[first, second], foreword="", figures=[]))

    assert "course number 2" in read.words(pdf, 2)
