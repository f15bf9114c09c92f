"""A letter to a post begins with the salutation kept of it, in the letter's language; other readers are greeted alike."""

import pytest
from django.urls import reverse

from portal.directory.models import Post
from portal.mailing import letters
from portal.mailing.actions import sending, suppressing
from portal.mailing.composing import GREETING, STAND_IN
from portal.mailing.models import Delivery, Mailing, MailingList, Suppression
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
PRESS = "press@laos.example"


@pytest.fixture
def embassies() -> MailingList:
    return make.mailing_list(kinds=["embassy"])


def post(email: str, *, vietnamese: str = "", english: str = "", **fields) -> None:
    written = make.post(salutation_vi=vietnamese, salutation_en=english, **fields)
    make.address(email, of=written)


def draft(
    *lists: MailingList, text: str = f"{GREETING}\n\nSố mới.", language: str = "vi", **words
) -> Mailing:
    message = make.message(text=text, language=language, **words)
    mailing = sending.compose("Bản tin", message, by=None, now=NOON)
    mailing.lists.set(lists)
    return mailing


def sent(mailing: Mailing, deliver) -> Mailing:
    sending.approve(mailing, by=make.publisher(), now=NOON)
    sending.release(mailing, Delivery.Stage.PUBLIC, by=None, now=NOON)
    deliver()
    return mailing


def greetings(sink, part: str = "plain") -> dict[str, str]:
    """Address → the first line of its letter."""
    return {
        letter["To"].addresses[0].addr_spec: letter.get_body((part,)).get_content().splitlines()[0]
        for letter in sink.letters()
    }


def test_a_post_is_greeted_with_its_own_and_everybody_else_in_common_words(sink, deliver, embassies):
    post(PRESS, vietnamese="Kính gửi ông Tham tán báo chí,")
    post("press@japan.example")
    make.readers(embassies, 1)

    sent(draft(embassies), deliver)

    assert greetings(sink) == {
        PRESS: "Kính gửi ông Tham tán báo chí,",
        "press@japan.example": "Kính gửi Quý vị,",
        "reader0@r0.example": "Kính gửi Quý vị,",
    }


def test_it_is_the_one_in_the_language_of_the_letter(sink, deliver, embassies):
    post(PRESS, vietnamese="Kính gửi ông Tham tán,", english="Dear Counsellor,")
    post("press@japan.example", vietnamese="Kính gửi bà Tùy viên,")

    sent(draft(embassies, text=f"{GREETING}\n\nThe new issue.", language="en"), deliver)

    assert greetings(sink) == {PRESS: "Dear Counsellor,", "press@japan.example": "Dear reader,"}


def test_what_is_written_in_it_is_no_markup(sink, deliver, embassies):
    post(PRESS, english='Dear <b>"Ann"</b> & all,')

    sent(draft(embassies, html=f"<p>{GREETING}</p><p>…</p>", language="en"), deliver)

    html = sink.letters()[0].get_body(("html",)).get_content()
    assert html.startswith("<p>Dear &lt;b&gt;&quot;Ann&quot;&lt;/b&gt; &amp; all,</p>")
    assert greetings(sink) == {PRESS: 'Dear <b>"Ann"</b> & all,'}


def test_words_without_a_place_for_it_are_sent_as_they_are(sink, deliver, embassies):
    post(PRESS, vietnamese="Kính gửi ông Tham tán,")

    sent(draft(embassies, text="Thông báo."), deliver)

    assert greetings(sink) == {PRESS: "Thông báo."}


def test_whatever_a_letter_quotes_is_left_alone(sink, deliver, embassies):
    post(PRESS, vietnamese="Kính gửi ông Tham tán,")

    sent(draft(embassies, text=f"{GREETING}\n\nDấu {GREETING} là gì?"), deliver)

    lines = sink.letters()[0].get_body(("plain",)).get_content().splitlines()
    assert lines == ["Kính gửi ông Tham tán,", "", f"Dấu {GREETING} là gì?"]


def test_the_copy_keeps_it_whatever_the_directory_says_later(sink, deliver, embassies):
    post(PRESS, vietnamese="Kính gửi ông Tham tán,")
    mailing = sending.approve(draft(embassies), by=make.publisher(), now=NOON)
    Post.objects.update(salutation_vi="Kính gửi bà Tham tán,")

    sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)
    deliver()

    assert greetings(sink) == {PRESS: "Kính gửi ông Tham tán,"}


def test_the_house_that_stands_in_is_not_greeted_as_its_attache(sink, deliver, embassies):
    house = make.organisation("embassy")
    post(PRESS, vietnamese="Kính gửi ông Tham tán,", organisation=house)
    post("info@laos.example", organisation=house, title_en="General", is_general=True)
    suppressing.suppress(PRESS, cause=Suppression.Cause.UNKNOWN_ADDRESS, reason="", by=None, now=NOON)

    sent(draft(embassies), deliver)

    assert greetings(sink) == {"info@laos.example": "Kính gửi Quý vị,"}


def test_a_post_among_the_first_readers_is_greeted_the_same_way(sink, deliver, embassies):
    post(PRESS, vietnamese="Kính gửi ông Tham tán,")
    mailing = draft(embassies)
    mailing.few_first = PRESS
    mailing.save()

    sent(mailing, deliver)

    assert greetings(sink) == {PRESS: "Kính gửi ông Tham tán,"}


def test_a_letter_to_those_who_got_another_greets_them_as_that_did(sink, deliver, embassies):
    post(PRESS, vietnamese="Kính gửi ông Tham tán,")
    first = sent(draft(embassies), deliver)
    second = draft(embassies)
    second.resends = first
    second.save()

    sending.approve(second, by=make.publisher(username="second"), now=NOON)

    assert second.deliveries.get().salutation == "Kính gửi ông Tham tán,"


def test_each_copy_leads_to_its_own_page_whatever_it_is_greeted_with(sink, deliver, embassies):
    for number in range(3):
        post(f"press{number}@laos.example", vietnamese="Kính gửi " + "ông " * number + "Tham tán,")
    page = f"https://portal.example/vi/thu-tin/{STAND_IN}/"

    mailing = sent(draft(embassies, text=f"{GREETING} {page}"), deliver)

    tokens = dict(mailing.deliveries.values_list("email", "token"))
    assert all(tokens[email] in line for email, line in greetings(sink).items())
    assert len(tokens) == 3


def test_a_test_letter_is_greeted_in_common_words(sink, deliver):
    letters.queue(make.message(text=f"{GREETING}\n…"), key="proof", to="me@portal.example", name="", now=NOON)

    deliver()

    assert greetings(sink) == {"me@portal.example": "Kính gửi Quý vị,"}


class TestWritingIt:
    @pytest.fixture
    def editor(self, client):
        client.force_login(make.person("editor"))
        return client

    def test_a_new_letter_has_a_place_for_it(self, editor):
        assert "{greeting}" in editor.get(reverse("admin:mailing_mailing_add")).content.decode()

    def test_what_is_written_comes_back_as_it_was_written(self, editor):
        mailing = draft(text=f"{GREETING}\n\nSố mới.")

        form = (
            editor.get(reverse("admin:mailing_mailing_change", args=[mailing.pk])).context["adminform"].form
        )

        assert form.initial["text"] == "{greeting}\n\nSố mới."

    def test_it_is_kept_as_a_place_for_the_greeting(self, editor):
        said = {"title": "Bản tin", "subject": "Bản tin", "language": "vi", "text": "{greeting}\n\nSố mới.",
                "lists": [make.mailing_list().pk], "staff_first": "", "few_first": ""}  # fmt: skip

        editor.post(reverse("admin:mailing_mailing_add"), said)

        assert Mailing.objects.get().message.text == f"{GREETING}\n\nSố mới."

    def test_the_letter_is_shown_as_its_reader_sees_it(self, editor):
        mailing = draft(text=f"{GREETING}\n\nSố mới.")

        shown = editor.get(reverse("admin:mailing_mailing_letter", args=[mailing.pk])).content.decode()

        assert shown.startswith("Kính gửi Quý vị,")
