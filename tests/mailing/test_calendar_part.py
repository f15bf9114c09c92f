"""A letter with a calendar part, as it travels."""

from email import message_from_bytes, policy

import pytest

from portal.mailing import letters
from portal.mailing.composing import composed
from portal.mailing.models import Message
from tests.make import NOON
from tests.training import seats as st

pytestmark = pytest.mark.django_db


def sent(registration):
    """The seat letter, taken apart by a program that is not ours."""
    message = Message.objects.filter(deliveries__key=f"training-seat:{registration.pk}").get()
    delivery = message.deliveries.get()
    return message_from_bytes(composed(delivery, NOON), policy=policy.default)


def test_says_its_method_where_mail_programs_look_for_it():
    letter = sent(st.registered(st.hall(1)))

    assert letter.get_content_type() == "multipart/alternative"
    text, calendar = letter.iter_parts()
    assert [text.get_content_type(), calendar.get_content_type()] == ["text/plain", "text/calendar"]
    assert calendar["Content-Type"].params["method"] == "REQUEST"


def test_arrives_as_it_was_written():
    registration = st.registered(st.hall(1), full_name="Nguyễn Thị Ánh")
    _text, calendar = sent(registration).iter_parts()

    lines = calendar.get_content().splitlines()
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "METHOD:REQUEST" in lines
    assert f"UID:training-{registration.event_id}@" in calendar.get_content()
    assert all(len(line.encode()) <= 75 for line in lines)


def test_a_letter_without_one_is_as_before():
    delivery = letters.queue(
        Message.objects.create(subject="Thư", text="Lời.", language="vi", sender="a@b.example", created_at=NOON),
        key="plain", to="x@y.example", name="", now=NOON,
    )  # fmt: skip

    assert message_from_bytes(composed(delivery, NOON)).get_content_type() == "text/plain"
