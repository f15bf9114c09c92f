"""What an editor is warned of while typing."""

import pytest
from django.utils import translation

from portal.richtext import problems

ASSET = "6f9619ff-8b86-4011-b42d-00c04fc964ff"


def codes(html, language="vi"):
    return [problem.code for problem in problems(html, language)]


def test_a_good_text_has_no_problem():
    good = (
        '<h2>Kết quả</h2><h3>Năm 2018</h3><p>Xem <a href="/vi/ke-hoach">kế hoạch năm 2018</a></p>'
        "<h2>Kế hoạch</h2>"
        f'<table><tr><th>Năm</th><td>2018</td></tr></table><figure data-asset="{ASSET}"></figure>'
    )
    assert codes(good) == []


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<p>một</p><h3>Tiểu mục</h3>", "heading_skipped"),
        ("<h4>Tiểu mục</h4>", "heading_skipped"),
        ('<p>một<a href="/x"> </a></p>', "link_empty"),
        ('<p><a href="/x"><img src="y"></a></p>', "link_empty"),
        ('<p><a href="javascript:x">kế hoạch</a></p>', "link_refused"),
        ('<p><a href="https://example.org/a">https://example.org/a</a></p>', "link_bare_address"),
        ('<p><a href="https://example.org/a">www.example.org/a</a></p>', "link_bare_address"),
        ('<p>Xem <a href="/x">tại đây</a></p>', "link_vague"),
        ('<p>Xem <a href="/x"><b>Tại&nbsp;đây</b>.</a></p>', "link_vague"),
        ("<table><tr><td>Năm</td><td>2018</td></tr></table>", "table_without_headers"),
        ("<figure><img src=x></figure>", "figure_malformed"),
        ('<figure data-asset="1"></figure>', "figure_malformed"),
    ],
)
def test_each_stumbling_block_is_named(html, code):
    assert codes(html) == [code]


def test_link_texts_are_judged_in_the_language_of_the_text():
    assert codes('<p>See <a href="/x">here</a></p>', "en") == ["link_vague"]
    assert codes('<p>Xem <a href="/x">here</a></p>', "vi") == []


def test_a_layout_frame_is_not_a_table_without_headers():
    assert codes("<table><tr><td>một</td></tr></table>") == []


def test_problems_come_in_reading_order():
    assert codes('<h3>a</h3><p><a href="/x">đây</a><a href="/y"></a></p>') == [
        "heading_skipped",
        "link_vague",
        "link_empty",
    ]


def test_a_problem_speaks_the_editors_language_and_quotes_the_text():
    [problem] = problems('<p><a href="/x">100% đây</a><a href="/y">đây</a></p>', "vi")
    with translation.override("en"):
        assert str(problem) == "The link text “đây” does not say where it leads."


def test_a_long_text_is_quoted_in_part():
    [problem] = problems(f"<h3>{'dài ' * 100}</h3>", "vi")
    assert problem.particulars["text"].endswith("dài…")
    assert len(problem.particulars["text"]) <= 61
