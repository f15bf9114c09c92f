"""What automatic replies say, in two languages, and whom they send us to."""

import time

import pytest

from portal.directory.emails import readable
from portal.mailing import absences
from portal.mailing.models import Delivery, Message, Returned

Says = Returned.Says


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.MAIL_DOMAIN = "portal.example"


def read(text: str, subject: str = "Automatic reply", ours: str = "Bản tin quý III") -> absences.Reply:
    answered = Delivery(email="press@cn.embassy.example", message=Message(subject=ours))
    return absences.read(subject, text, answered)


@pytest.mark.parametrize(
    "text",
    [
        "I have left the post; write to new@b.example.",
        "Ms Li is no longer with the Embassy.",
        "I’ve retired. Please contact my successor.",
        "Mr. Smith has left. New contact: jones@un.example",
        "My term is over: I have completed my mission in Ha Noi.",
        "I have been transferred to the Embassy in Bangkok.",
        "This address is\r\nno longer in use.",
        "Tôi đã chuyển công tác sang đơn vị khác.",
        "Ông Nguyễn Văn A đã nghỉ hưu từ ngày 01/10/2026.",
        "Tôi không còn phụ trách công tác báo chí.",
        "Bà Khamla đã kết thúc nhiệm kỳ và về nước.",
        "Đầu mối mới: chị Hoa, hoa@bo.example",
        "TOI DA NGHI VIEC",
    ],
)
def test_who_has_left_is_told_apart(text):
    assert read(text).says == Says.LEFT


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office until Monday and has left my phone at home.",
        "Out of office. In urgent cases contact deputy@cn.embassy.example",
        "I am on annual leave.",
        "Currently travelling on a business trip.",
        "Tôi đang nghỉ phép đến hết ngày 30/11.",
        "Hiện tôi vắng mặt tại cơ quan.",
        "Tôi đi công tác nước ngoài, sẽ trả lời sau.",
        "Cơ quan nghỉ Tết Nguyên đán.",
    ],
)
def test_who_is_away_is_told_apart_and_proposes_nobody(text):
    assert read(text) == absences.Reply(Says.AWAY)


@pytest.mark.parametrize(
    "text", ["", "Thank you for your letter.", "Cảm ơn Quý vị đã gửi thư.", "\x00" * 50, "@" * 500]
)
def test_of_other_words_nothing_is_concluded(text):
    assert read(text) == absences.Reply(Says.UNCLEAR)


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("I have left this post, write to Li.Wei@CN.Embassy.example.", "Li.Wei@cn.embassy.example"),
        ("I have left the embassy (me@home.example). Please contact: desk@cn.embassy.example", "desk@cn.embassy.example"),
        ("Tôi đã nghỉ hưu. Xin liên hệ anh Bình <binh@bo.example>", "binh@bo.example"),
        ("Đã chuyển công tác, địa chỉ mới: moi@đại-sứ.example.", "moi@đại-sứ.example"),
        ("I have left the post. kim@cn.embassy.example", "kim@cn.embassy.example"),
        ("I have left the post.", ""),
        ("I have left the post, write to press@cn.embassy.example", ""),
        ("I have left the post, write to bantin@portal.example", ""),
        ("I have left the post, write to noreply@b.example", ""),
        ("I have left the post, write to a@b", ""),
        ("I have left the post, write to " + "a" * 70 + "@b.example", ""),
        ("Thank you. You may contact desk@cn.embassy.example", "desk@cn.embassy.example"),
        ("Thank you. desk@cn.embassy.example", ""),
    ],
)  # fmt: skip
def test_the_address_it_sends_us_to_is_found(text, proposed):
    assert readable(read(text).proposed) == proposed


@pytest.mark.parametrize(
    "repeated",
    [
        "> Ông A đã nghỉ hưu, liên hệ hoa@bo.example",
        "-----Original Message-----\nÔng A đã nghỉ hưu, liên hệ hoa@bo.example",
        "On Mon, 16 Nov 2026 at 09:00, Portal <bantin@portal.example> wrote:\nÔng A đã nghỉ hưu, liên hệ hoa@bo.example",
        "Vào 09:00 Thứ Hai, 16 thg 11 2026, Cổng đã viết:\nÔng A đã nghỉ hưu, liên hệ hoa@bo.example",
        "From: Portal\nSent: Monday\nÔng A đã nghỉ hưu, liên hệ hoa@bo.example",
    ],
)
def test_our_own_letter_repeated_in_the_answer_does_not_count(repeated):
    assert read(f"Cảm ơn Quý vị.\n\n{repeated}") == absences.Reply(Says.UNCLEAR)


def test_our_own_subject_does_not_count_either():
    subject = "Nghị định mới về tuổi nghỉ hưu"

    assert read("Thank you.", subject=f"Automatic reply: {subject}", ours=subject).says == Says.UNCLEAR


@pytest.mark.parametrize(
    "flood", ["a@", "a" * 64 + "@", "on x ", "left ", ">", "a.b-c_d+e", "contact a@b.example ", "’ve "]
)
def test_a_flood_of_words_is_read_in_no_time(flood):
    started = time.process_time()

    read(flood * (2_000_000 // len(flood)))

    assert time.process_time() - started < 2
