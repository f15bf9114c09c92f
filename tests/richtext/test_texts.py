"""What a rich text says: paragraphs, plain text, figures, and the digest of it all."""

from uuid import UUID

import pytest
from hypothesis import given, settings

from portal.richtext import asset_ids, clean, expand_figures, normalised_digest, paragraphs, plain_text

from .hostile import ASSET as ONE
from .hostile import HTML

TWO = "7f9619ff-8b86-4011-b42d-00c04fc964ff"
BODY = (
    "<h2>Kết quả</h2><p>Bộ đã <strong>tổ chức</strong><br>hội nghị.</p>"
    "<ul><li>Một<ul><li>Một rưỡi</li></ul></li></ul>"
    "<table><caption>Số liệu</caption><tbody><tr><th>Năm</th><td>2018</td></tr></tbody></table>"
)


def test_paragraphs_are_the_texts_of_all_blocks_in_reading_order():
    assert paragraphs(BODY) == [
        "Kết quả",
        "Bộ đã tổ chức hội nghị.",
        "Một",
        "Một rưỡi",
        "Số liệu",
        "Năm",
        "2018",
    ]


def test_plain_text_keeps_line_breaks():
    assert plain_text("<p>1 &lt; 2<br>hai</p><p>ba</p>") == "1 < 2\nhai\nba"


def test_an_empty_text_says_nothing():
    assert (paragraphs(""), plain_text(" "), asset_ids("<p></p>")) == ([], "", [])


def test_figures_are_named_in_their_order_and_as_often_as_they_occur():
    html = "".join(f'<figure data-asset="{asset}"></figure>' for asset in (TWO, ONE, TWO))
    assert asset_ids(html) == [UUID(TWO), UUID(ONE), UUID(TWO)]


def test_each_figure_is_replaced_by_what_the_caller_makes_of_it():
    html = clean(
        f'<p>một</p><figure data-asset="{ONE}">x</figure><p>hai</p><figure data-asset="{TWO}"></figure>'
    )
    pictures = {UUID(ONE): "<figure><img src='1'></figure>", UUID(TWO): ""}
    assert expand_figures(html, pictures.__getitem__) == (
        "<p>một</p><figure><img src='1'></figure><p>hai</p>"
    )


@pytest.mark.parametrize(
    "other",
    [
        "<p >Xem <a href='/vi/a?x=1&amp;y=2' title=x>kế hoạch</a> năm 2018</p>\n",
        "<p>Xem&nbsp;<a class=y href=/vi/a?x=1&y=2>kế hoạch</a>  năm\n2018</p><p>&nbsp;</p>",
        "<p>Xem <a href='/vi/a?x=1&y=2'>kế hoa\u0323ch</a> năm 2018</p>",
        "<div style='color:red'>Xem <a href='/vi/a?x=1&y=2'>kế hoạch</a> <span>năm</span> 2018<br></div>",
    ],
)
def test_a_cosmetic_change_leaves_the_digest_alone(other):
    assert normalised_digest(other) == normalised_digest(
        '<p>Xem <a href="/vi/a?x=1&amp;y=2">kế hoạch</a> năm 2018</p>'
    )


@pytest.mark.parametrize(
    "other",
    [
        '<h2>Kết quả</h2><p>Xem <a href="/a">đây</a></p>',
        '<h3>Kết quả</h3><p>Xem <a href="/b">đây</a></p>',
        '<h3>Kết quả</h3><p>xem <a href="/a">đây</a></p>',
        '<h3>Kết quả</h3><p>Xem <a href="/a">đấy</a></p>',
        '<h3>Kết quả</h3><p>Xem</p><p><a href="/a">đây</a></p>',
        f'<h3>Kết quả</h3><p>Xem <a href="/a">đây</a></p><figure data-asset="{ONE}"></figure>',
        "",
    ],
)
def test_a_change_a_translator_must_follow_changes_the_digest(other):
    assert normalised_digest(other) != normalised_digest('<h3>Kết quả</h3><p>Xem <a href="/a">đây</a></p>')


def test_plain_text_has_a_digest_too():
    assert normalised_digest(" Hội nghị  2018 ") == normalised_digest("Hội nghị 2018")
    assert normalised_digest("Hội nghị 2018") != normalised_digest("Hội nghị 2019")
    assert len(normalised_digest("")) == 64


@settings(max_examples=300, deadline=None)
@given(HTML)
def test_cleaning_changes_neither_the_digest_nor_the_paragraphs(html):
    assert normalised_digest(clean(html)) == normalised_digest(html)
    assert paragraphs(clean(html)) == paragraphs(html)
