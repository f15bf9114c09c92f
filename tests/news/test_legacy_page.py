"""Pages of old portals: five shapes that occur, as plain text and as saved HTML, and what is no page."""

from datetime import date, datetime

import pytest
from django.utils import translation

from news.legacy_page import Caption, LegacyPage, read_page
from portal.languages.dates import ICT
from portal.richtext import clean, paragraphs

FIRST = (
    "Trong hai ngày làm việc, gần 120 cán bộ đầu mối của các tỉnh, thành phố đã trao đổi về cách viết tin, "
    "cách dịch tin và cách trả lời câu hỏi của phóng viên nước ngoài."
)
SECOND = (
    "Theo kế hoạch, mỗi đơn vị sẽ cử một người viết và một người dịch; bản tin tiếng Anh ra mỗi quý một số, "
    "được gửi tới các cơ quan đại diện và các tổ chức quốc tế."
)
THIRD = (
    "Kết thúc khóa học, các học viên đề nghị Bộ sớm ban hành sổ tay thuật ngữ hai thứ tiếng và mở thêm lớp "
    "tại khu vực miền Trung và miền Nam trong năm tới."
)


def read(text, filename="trang.txt"):
    return read_page(text.encode(), filename)


def dropped(page):
    return {entry.line: entry.reason for entry in page.dropped}


def codes(page):
    return [doubt.code for doubt in page.warnings]


# A magazine: section, headline, hour and day, source mark, caption, a name; no empty lines.

MAGAZINE = f"""Thời sự
Lớp bồi dưỡng viết tin đối ngoại khai giảng tại Huế
02:30 PM 22/06/2017
(LĐXH) - Sáng ngày 20/6, tại Hội trường khách sạn Sông Hương (Huế), Bộ đã mở lớp viết tin. {FIRST}
{SECOND}
Giảng viên giới thiệu bản tin quý với các học viên của lớp
{THIRD}

Minh Ngọc
"""


def test_a_magazine_page_gives_all_its_parts():
    page = read(MAGAZINE)
    assert page.headline == "Lớp bồi dưỡng viết tin đối ngoại khai giảng tại Huế"
    assert page.date == datetime(2017, 6, 22, 14, 30, tzinfo=ICT)
    assert page.date_text == "02:30 PM 22/06/2017"
    assert (page.byline, page.source, page.place) == ("Minh Ngọc", "LĐXH", "Huế")
    assert page.captions == [Caption("Giảng viên giới thiệu bản tin quý với các học viên của lớp", 2)]
    assert paragraphs(page.body_html) == [
        f"Sáng ngày 20/6, tại Hội trường khách sạn Sông Hương (Huế), Bộ đã mở lớp viết tin. {FIRST}",
        SECOND,
        THIRD,
    ]
    assert dropped(page) == {"Thời sự": "section"}
    assert codes(page) == []


# A newspaper: a hotline with the page's clock above everything, NBSP lines, a caption, a name.

NEWSPAPER = f"""Đường dây nóng: 0900.00.0000 - Thứ sáu 21/09/2018 11:32

Bộ tổng kết lớp viết tin đối ngoại cho cán bộ đầu mối

11:38 | 21/12/2017
Ngày 20/12, tại Đà Nẵng, Bộ đã tổng kết lớp viết tin. {FIRST}\u00a0\u00a0

\u00a0

Toàn cảnh Lễ bế giảng

{SECOND}

“Chúng tôi đã biết viết tin ngắn.” Chị Quỳnh Anh nói.

{THIRD}

\u00a0

Vũ Lê"""


def test_the_clock_in_the_hotline_is_not_the_date_of_the_article():
    page = read(NEWSPAPER)
    assert page.date == datetime(2017, 12, 21, 11, 38, tzinfo=ICT)
    assert page.headline == "Bộ tổng kết lớp viết tin đối ngoại cho cán bộ đầu mối"
    assert dropped(page) == {"Đường dây nóng: 0900.00.0000 - Thứ sáu 21/09/2018 11:32": "clock"}
    assert "dates_differ" not in codes(page)


def test_a_newspaper_page_gives_its_caption_place_and_writer():
    page = read(NEWSPAPER)
    assert (page.byline, page.source, page.place) == ("Vũ Lê", "", "Đà Nẵng")
    assert page.captions == [Caption("Toàn cảnh Lễ bế giảng", 1)]
    assert paragraphs(page.body_html)[2] == "“Chúng tôi đã biết viết tin ngắn.” Chị Quỳnh Anh nói."
    assert "\u00a0" not in page.body_html


# A SharePoint portal: machinery above, a bare day, long captions that are sentences without their stop.

SHAREPOINT = f"""Skip Ribbon Commands
Skip to main content
Sign In

Nâng cao chất lượng bản tin đối ngoại của các đơn vị

05/10/2018

{FIRST}

Ngày 17/5/2016, tại Hà Nội, lãnh đạo Bộ và Đại sứ ký kết Bản ghi nhớ về trao đổi ấn phẩm giữa hai bên

Kết quả đạt được như sau:

{SECOND}

\u00a0

Xem
"""


def test_a_sharepoint_page_loses_its_machinery():
    page = read(SHAREPOINT)
    assert page.headline == "Nâng cao chất lượng bản tin đối ngoại của các đơn vị"
    assert page.date == date(2018, 10, 5)
    assert [caption.after_paragraph_index for caption in page.captions] == [1]
    assert paragraphs(page.body_html) == [FIRST, "Kết quả đạt được như sau:", SECOND]
    assert dropped(page) == {
        "Skip Ribbon Commands": "machinery",
        "Skip to main content": "machinery",
        "Sign In": "machinery",
        "Xem": "menu",
    }


# A ministry's portal: a labelled day, a caption at once, widgets and tickers below.

TICKER = (
    "Thông báo về lịch tiếp công dân năm 2019Công văn số 62/VP v/v báo cáo kết quả năm 2018Quyết định về "
    "việc cử cán bộ dự lớp viết tin năm 2018Kế hoạch phát hành bản tin quý I năm 2019"
)
PORTAL = f"""Tọa đàm “Viết tin đối ngoại trong thời kỳ mới”

Ngày cập nhật: 14-12-2018

Toàn cảnh Tọa đàm
{FIRST}

Toàn cảnh Tọa đàm

{SECOND}

\u00a0

Tìm theo ngày

Đánh giá

(Di chuột vào ngôi sao để chọn điểm)
   refresh capcha

Văn bản Chỉ đạo điều hành

{TICKER}
{TICKER}
"""


def test_widgets_and_tickers_below_the_article_are_dropped_with_their_reasons():
    page = read(PORTAL)
    assert page.date == date(2018, 12, 14)
    assert page.date_text == "Ngày cập nhật: 14-12-2018"
    assert page.captions == [Caption("Toàn cảnh Tọa đàm", 0), Caption("Toàn cảnh Tọa đàm", 1)]
    assert paragraphs(page.body_html) == [FIRST, SECOND]
    assert [entry.reason for entry in page.dropped] == [
        "menu",
        "rating",
        "rating",
        "machinery",
        "related",
        "ticker",
        "ticker",
    ]


# A union's page: banners, a slogan, no date at all, a standfirst, one caption written twice, name and house.

UNION = f"""bn1
bn2
bn3
bn4
bn5
Phấn đấu xây dựng tổ chức vững mạnh, chăm lo đời sống người lao động, nâng cao chất lượng nguồn nhân lực
Đẩy mạnh bản tin đối ngoại, giới thiệu đoàn viên và học viên với bạn bè quốc tế

Lớp học là dịp để cán bộ đầu mối cùng bàn cách viết, cách dịch và cách gửi bản tin tới bạn bè quốc tế

Bản tin đối ngoại gửi bạn bè quốc tế là việc của mọi đơn vị, theo Kế hoạch ngày 15/6/2023. {FIRST}

Đồng chí Lê Văn Tám - Trưởng ban phát biểu tại lớp học.
Đồng chí Lê Văn Tám – Trưởng ban phát biểu tại lớp học.

{SECOND}

Ngọc Tú – Tổng hội Người viết tin Việt Nam


Bài viết liên quan
Một bài khác của trang
"""


def test_a_page_without_a_date_says_so_and_offers_the_year():
    assert (read(UNION).date, read(UNION).year) == (None, 2023)
    assert "date_missing" in codes(read(UNION))
    assert read(UNION, "congdoan_2024_ban-tin.txt").year == 2024


def test_the_headline_is_the_line_the_article_speaks_of_and_not_the_slogan_above_it():
    page = read(UNION)
    assert page.headline == "Đẩy mạnh bản tin đối ngoại, giới thiệu đoàn viên và học viên với bạn bè quốc tế"
    assert page.standfirst.startswith("Lớp học là dịp")
    assert [reason for line, reason in dropped(page).items() if line.startswith("Phấn đấu")] == ["before"]
    assert "headline_uncertain" in codes(page)


def test_a_caption_written_twice_is_one_caption():
    page = read(UNION)
    assert page.captions == [Caption("Đồng chí Lê Văn Tám – Trưởng ban phát biểu tại lớp học.", 1)]
    assert dropped(page)["Đồng chí Lê Văn Tám - Trưởng ban phát biểu tại lớp học."] == "repeated"


def test_a_name_and_a_house_are_byline_and_source():
    page = read(UNION)
    assert (page.byline, page.source) == ("Ngọc Tú", "Tổng hội Người viết tin Việt Nam")


def test_what_stands_below_related_articles_is_not_the_article():
    reasons = dropped(read(UNION))
    assert reasons["Bài viết liên quan"] == "related"
    assert reasons["Một bài khác của trang"] == "after"


# Saved HTML

SAVED = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Cổng thông tin - Lớp viết tin</title>
<script>var s = "<p>không phải bài</p>";</script><style>p {{ color: red }}</style></head>
<body class="page with-sidebar"><form id="aspnetForm">
<div id="s4-ribbonrow"><a href="#">Skip Ribbon Commands</a></div>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/gt">Giới thiệu</a></li></ul></nav>
<div class="hot-line">Đường dây nóng: 0900.00.0000 - Thứ sáu 21/09/2018 11:32</div>
<table width="100%"><tr>
<td class="left-menu"><a href="/1">Tin trong nước</a><br><a href="/2">Tin quốc tế</a></td>
<td><div class="content"><a href="/ts">Thời sự</a>
<h1 class="title">Lớp bồi dưỡng viết tin đối ngoại khai giảng tại Huế</h1>
<span class="ngay-dang">Thứ năm, 22/06/2017 | 14:30 GMT+7</span>
<p class="sapo"><b>(LĐXH) - Gần 120 cán bộ đầu mối cùng học viết tin</b></p>
<p class="MsoNormal" style="text-align:justify"><b>Sáng ngày 20/6,</b> {FIRST}</p>
<table class="picture"><tr><td><img src="/a.jpg" onerror="x()"></td></tr>
<tr><td class="pCaption">Một buổi học của lớp</td></tr></table>
<p>{SECOND} Xem <a href="http://example.org/ke-hoach" onclick="x()">kế hoạch</a>.</p>
<p><strong>Những việc tiếp theo</strong></p>
<ul><li>Sổ tay thuật ngữ hai thứ tiếng;</li><li>Lớp học tại miền Trung.</li></ul>
<figure><img src="/b.jpg"><figcaption>Học viên nhận chứng chỉ</figcaption></figure>
<p>{THIRD}</p>
<table border="1"><tr><th>Năm</th><th>Số lớp</th></tr><tr><td>2017</td><td>4</td></tr></table>
<p style="text-align:right"><b>Minh Ngọc</b></p>
<div class="tags">Từ khóa: tin, lớp học</div>
<div class="tin-lien-quan"><ul><li><a href="/3">Một bài khác của trang</a></li></ul></div>
</div></td></tr></table>
<div class="rating">Đánh giá <input type="text"> (Di chuột vào ngôi sao để chọn điểm)</div>
<footer>Bản quyền thuộc về Cổng thông tin</footer></form></body></html>"""


def test_a_saved_page_gives_its_article_through_its_layout():
    page = read(SAVED, "lop-viet-tin.html")
    assert page.headline == "Lớp bồi dưỡng viết tin đối ngoại khai giảng tại Huế"
    assert page.standfirst == "Gần 120 cán bộ đầu mối cùng học viết tin"
    assert page.date == datetime(2017, 6, 22, 14, 30, tzinfo=ICT)
    assert (page.byline, page.source) == ("Minh Ngọc", "LĐXH")
    assert page.captions == [Caption("Một buổi học của lớp", 1), Caption("Học viên nhận chứng chỉ", 4)]


def test_a_saved_page_keeps_the_structure_of_its_text():
    assert read(SAVED, "lop-viet-tin.html").body_html == (
        f"<p><strong>Sáng ngày 20/6,</strong> {FIRST}</p>"
        f'<p>{SECOND} Xem <a href="http://example.org/ke-hoach" rel="noopener">kế hoạch</a>.</p>'
        "<h2>Những việc tiếp theo</h2>"
        "<ul><li>Sổ tay thuật ngữ hai thứ tiếng;</li><li>Lớp học tại miền Trung.</li></ul>"
        f"<p>{THIRD}</p>"
        "<table><tbody><tr><th>Năm</th><th>Số lớp</th></tr><tr><td>2017</td><td>4</td></tr></tbody></table>"
    )


def test_a_saved_page_accounts_for_every_region_it_loses():
    reasons = {entry.reason for entry in read(SAVED, "lop-viet-tin.html").dropped}
    assert {"menu", "machinery", "clock", "related", "rating", "footer"} <= reasons


def as_html(text):
    return "<html><body>" + "".join(f"<div>{line}</div>\n" for line in text.splitlines()) + "</body></html>"


@pytest.mark.parametrize("text", [MAGAZINE, NEWSPAPER, SHAREPOINT, PORTAL, UNION])
def test_the_same_lines_give_the_same_article_in_html(text):
    plain, saved = read(text), read(as_html(text), "trang.html")
    assert (saved.headline, saved.date, saved.byline) == (plain.headline, plain.date, plain.byline)
    assert (saved.source, saved.standfirst) == (plain.source, plain.standfirst)
    assert (saved.body_html, saved.captions) == (plain.body_html, plain.captions)


@pytest.mark.parametrize("text", [MAGAZINE, NEWSPAPER, SHAREPOINT, PORTAL, UNION, SAVED])
def test_the_body_is_clean(text):
    body = read(text).body_html
    assert clean(body) == body


def test_the_head_of_a_page_may_declare_its_headline_and_moment():
    html = (
        '<meta property="og:title" content="Lớp viết tin khai giảng">'
        '<meta property="article:published_time" content="2018-12-31T17:30:00Z">'
        f"<div>Tin mới của trang này hôm nay</div><div>Lớp viết tin khai giảng</div><p>{FIRST}</p>"
    )
    page = read(html, "trang.html")
    assert page.headline == "Lớp viết tin khai giảng"
    assert page.date == datetime(2019, 1, 1, 0, 30, tzinfo=ICT)


# Dates and signatures


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("05/10/2018", date(2018, 10, 5)),
        ("Ngày đăng: 05-10-2018", date(2018, 10, 5)),
        ("Cập nhật lúc 8h05, ngày 05/10/2018", datetime(2018, 10, 5, 8, 5, tzinfo=ICT)),
        ("Thứ sáu, ngày 05 tháng 10 năm 2018", date(2018, 10, 5)),
        ("12:15 SA 05/10/2018", datetime(2018, 10, 5, 0, 15, tzinfo=ICT)),
        ("05.10.2018 - 14:30 (GMT+7)", datetime(2018, 10, 5, 14, 30, tzinfo=ICT)),
    ],
)
def test_a_date_line_is_read_in_every_usual_style(line, expected):
    page = read(f"Lớp viết tin đối ngoại khai giảng\n{line}\n{FIRST}\n")
    assert page.date == expected
    assert paragraphs(page.body_html) == [FIRST]


@pytest.mark.parametrize("line", ["31/02/2018", "13/25/2018", "22/6/17"])
def test_a_date_that_cannot_be_is_reported_and_not_guessed(line):
    page = read(f"Lớp viết tin đối ngoại khai giảng\n{line}\n{FIRST}\n")
    assert page.date is None
    assert page.date_text == line
    assert codes(page) == ["date_missing", "date_unreadable"]


def test_a_weekday_that_does_not_belong_to_its_date_is_reported():
    page = read(f"Lớp viết tin đối ngoại khai giảng\nThứ hai 05/10/2018\n{FIRST}\n")
    assert codes(page) == ["weekday_mismatch"]


def test_a_date_only_above_the_headline_may_be_the_pages_clock():
    page = read(f"Thứ sáu 05/10/2018\nLớp viết tin đối ngoại khai giảng\n{FIRST}\n")
    assert page.date == date(2018, 10, 5)
    assert codes(page) == ["date_above_headline"]


def test_two_different_dates_are_reported():
    page = read(f"Lớp viết tin đối ngoại khai giảng\n05/10/2018\n{FIRST}\nCập nhật: 06/10/2018\n")
    assert page.date == date(2018, 10, 5)
    assert codes(page) == ["dates_differ"]


def test_the_day_in_the_files_name_is_used_when_the_page_has_none():
    page = read(f"Lớp viết tin đối ngoại khai giảng\n{FIRST}\n", "tin_2018-10-05_lop.txt")
    assert page.date == date(2018, 10, 5)
    assert codes(page) == ["date_from_filename"]


@pytest.mark.parametrize(
    ("line", "byline", "source"),
    [
        ("Minh Ngọc", "Minh Ngọc", ""),
        ("Tin, ảnh: Thu Hà", "Thu Hà", ""),
        ("Thu Hà - Minh Ngọc", "Thu Hà, Minh Ngọc", ""),
        ("Thu Hà (tổng hợp)", "Thu Hà", ""),
        ("Thu Hà (Báo Người viết tin)", "Thu Hà", "Báo Người viết tin"),
        ("Thu Hà/TTXVN", "", ""),
        ("Nguồn: Báo Người viết tin", "", "Báo Người viết tin"),
        ("Theo TTXVN", "", "TTXVN"),
        ("PV", "PV", ""),
    ],
)
def test_signatures_are_told_from_text(line, byline, source):
    page = read(f"Lớp viết tin đối ngoại khai giảng\n05/10/2018\n{FIRST}\n{line}\n")
    assert (page.byline, page.source) == (byline, source)


@pytest.mark.parametrize(
    ("opening", "source", "place"),
    [
        ("(TTXVN) - ", "TTXVN", ""),
        ("(Chinhphu.vn) – ", "Chinhphu.vn", ""),
        ("Hà Nội (TTXVN) - ", "TTXVN", "Hà Nội"),
        ("Hà Nội, ngày 5/10 – ", "", "Hà Nội"),
        ("(Hà Nội) - ", "", "Hà Nội"),
    ],
)
def test_the_source_mark_and_the_dateline_leave_the_first_paragraph(opening, source, place):
    page = read(f"Lớp viết tin đối ngoại khai giảng\n05/10/2018\n{opening}{FIRST}\n")
    assert (page.source, page.place) == (source, place)
    assert paragraphs(page.body_html) == [FIRST]


def test_a_person_before_a_dash_is_no_dateline():
    text = f"Nguyễn Văn A – Trưởng ban mở đầu buổi học. {FIRST}"
    page = read(f"Lớp viết tin đối ngoại khai giảng\n05/10/2018\n{text}\n")
    assert page.place == ""
    assert paragraphs(page.body_html) == [text]


def test_numbered_lines_are_headings_and_dashed_ones_a_list():
    page = read(
        f"Lớp viết tin đối ngoại\n05/10/2018\n{FIRST}\nI. Kết quả\n- Bốn lớp;\n- Hai bản tin.\n{SECOND}\n"
    )
    assert page.body_html == (
        f"<p>{FIRST}</p><h2>I. Kết quả</h2><ul><li>Bốn lớp;</li><li>Hai bản tin.</li></ul><p>{SECOND}</p>"
    )


def test_a_text_without_full_stops_is_still_a_text():
    page = read("Lớp viết tin đối ngoại khai giảng\n05/10/2018\nGần 120 người tham dự buổi học đầu tiên\n")
    assert paragraphs(page.body_html) == ["Gần 120 người tham dự buổi học đầu tiên"]
    assert page.captions == []


# Letters


def test_eth_is_kept_and_pointed_at():
    page = read(f"Lớp viết tin của Ðảng bộ khai giảng\n05/10/2018\n{FIRST}\n")
    assert page.headline == "Lớp viết tin của Ðảng bộ khai giảng"
    assert codes(page) == ["eth"]


def test_decomposed_letters_are_composed():
    page = read(f"Lo\u031b\u0301p vie\u0302\u0301t tin khai gia\u0309ng\n05/10/2018\n{FIRST}\n")
    assert page.headline == "Lớp viết tin khai giảng"


TCVN3 = "Bé Lao ®éng - Th­¬ng binh vµ X· héi më líp viÕt tin ®èi ngo¹i\n05/10/2018\n"
UNICODE = "Bộ Lao động - Thương binh và Xã hội mở lớp viết tin đối ngoại"


@pytest.mark.parametrize("codec", ["utf-8", "latin-1"])
def test_an_old_encoding_is_named_and_its_conversion_offered_but_not_made(codec):
    page = read_page(TCVN3.encode(codec), "trang.txt")
    assert page.legacy == "tcvn3"
    assert "®èi ngo¹i" in page.headline
    assert page.converted is not None
    assert page.converted.headline == UNICODE
    assert codes(page)[0] == "legacy_encoding"


def test_spoilt_utf8_is_recognised():
    spoilt = f"{UNICODE}\n05/10/2018\n{FIRST}\n".encode().decode("latin-1")
    page = read(spoilt)
    assert page.legacy == "mojibake"
    assert page.converted is not None
    assert page.converted.headline == UNICODE


def test_ordinary_text_is_offered_no_conversion():
    page = read(MAGAZINE)
    assert (page.encoding, page.legacy, page.converted) == ("utf-8", None, None)


def test_utf16_is_read():
    page = read_page(MAGAZINE.encode("utf-16"), "trang.txt")
    assert (page.headline, page.byline) == (read(MAGAZINE).headline, "Minh Ngọc")


# What is no page


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", "\ufeff".encode()])
def test_an_empty_file_is_an_empty_page(raw):
    page = read_page(raw, "")
    assert (page.headline, page.body_html, page.date) == ("", "", None)
    assert codes(page) == ["headline_missing", "date_missing", "body_missing"]


@pytest.mark.parametrize(
    "raw", [bytes(range(256)) * 50, b"\x00" * 500, b"%PDF-1.4 text", b"PK\x03\x04 text", b"\x89PNG\r\n"]
)
def test_what_is_not_text_is_not_read(raw):
    page = read_page(raw, "trang.html")
    assert codes(page) == ["not_text"]
    assert page.body_html == ""


def test_a_line_of_ten_megabytes_is_cut():
    page = read_page("à bằng ".encode() * 1_100_000, "trang.txt")
    assert "too_long" in codes(page)
    assert page.encoding == "utf-8"
    assert len(page.body_html) <= 1_000_100


def test_scripts_everywhere_leave_nothing_behind():
    script = "<script>alert('x')</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg>"
    lines = "".join(f"{script}<p onclick=alert(1)>{script}{text}{script}</p>" for text in (FIRST, SECOND))
    page = read(
        f"<h1>{script}Lớp viết tin{script}</h1>{lines}<a href='javascript:alert(1)'>{THIRD}</a>", "a.html"
    )
    assert page.headline == "Lớp viết tin"
    assert "alert" not in repr(page)
    assert paragraphs(page.body_html) == [FIRST, SECOND, THIRD]


def test_nul_characters_and_lone_surrogates_disappear():
    raw = f"Lớp viết\x00 tin khai giảng\n{FIRST}\n".encode() + "\ud800".encode("utf-8", "surrogatepass")
    assert "\x00" not in repr(read_page(raw, "trang.txt"))


def test_every_doubt_and_every_reason_has_its_words():
    page = read(UNION)
    with translation.override("en"):
        assert "No date was found on this page: please enter it." in [str(doubt) for doubt in page.warnings]
        assert str(page.dropped[0].explanation) == "part of the page's machinery"


def test_a_page_starts_empty():
    assert LegacyPage().body_html == ""
