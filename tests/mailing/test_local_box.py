"""Where no mail server is named, letters stay on the machine, and staff can look at them."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.mailing import letters, local_box
from portal.mailing.actions.forgetting import forget_words
from portal.mailing.models import Delivery
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def box(settings, tmp_path):
    settings.EMAIL_HOST, settings.EMAIL_FILE_PATH, settings.REQUIRE_SECOND_FACTOR = (
        "",
        tmp_path / "mail",
        False,
    )
    return tmp_path / "mail"


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make.person("editor"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def kept_letter(deliver, **said) -> str:
    """A letter sent into the folder; answers the name of its file."""
    letters.queue(make.message(**said), key="k", to="a@b.example", name="Ngài Đại sứ", now=NOON)
    deliver()
    return reverse("admin:mailing_local_box")


def test_a_letter_is_a_file_and_a_second_try_is_the_same_file(deliver, box):
    kept_letter(deliver)
    Delivery.objects.update(state=Delivery.State.QUEUED)
    deliver()

    assert len(list(box.glob("*.eml"))) == 1
    assert Delivery.objects.get().state == Delivery.State.ACCEPTED


def test_staff_read_it(deliver, editor, box):
    address = kept_letter(deliver, subject="Bản tin quý III", text="Kính gửi Ngài Đại sứ.")

    listed = editor.get(address).content.decode()
    shown = editor.get(
        reverse("admin:mailing_local_letter", args=[next(box.glob("*.eml")).name])
    ).content.decode()

    assert "Bản tin quý III" in listed
    assert "Kính gửi Ngài Đại sứ." in shown


def test_a_long_name_is_read_in_one_piece(deliver):
    name = "Tùy viên báo chí và văn hóa, Đại sứ quán Cộng hòa Nam Phi tại Hà Nội"
    letters.queue(make.message(), key="k", to="a@b.example", name=name, now=NOON)
    deliver()

    assert local_box.newest()[0].to == f"{name} <a@b.example>"


def test_what_a_letter_says_runs_nowhere(deliver, editor, box):
    kept_letter(deliver, html="<script>alert(1)</script>")

    shown = editor.get(
        reverse("admin:mailing_local_letter", args=[next(box.glob("*.eml")).name])
    ).content.decode()

    assert "<script>alert(1)" not in shown
    assert '<iframe class="mail-html" sandbox' in shown


@pytest.mark.parametrize("name", ["khong-co.eml", "db.sqlite3", "x.txt"])
def test_no_other_file_can_be_had(editor, name):
    assert editor.get(reverse("admin:mailing_local_box") + f"{name}/").status_code == 404


def test_no_name_leads_out_of_the_folder(box):
    (box.parent / "outside.eml").write_bytes(b"Subject: x\r\n\r\n")

    assert local_box.letter("../outside.eml") is None


def test_where_mail_is_sent_there_is_no_such_page(editor, settings):
    settings.EMAIL_HOST = "mail.example"

    assert editor.get(reverse("admin:mailing_local_box")).status_code == 404


def test_others_do_not_see_it():
    client = Client()
    client.force_login(make.reporter(), backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("admin:mailing_local_box")).status_code == 403


def test_letters_about_accounts_are_listed_for_nobody_and_forgotten_after_a_day(editor):
    letters.queue(
        make.message(text="đường dẫn đổi mật khẩu"), key="django:1", to="a@b.example", name="", now=NOON
    )

    assert "a@b.example" not in editor.get(reverse("admin:mailing_delivery_changelist")).content.decode()
    assert [forget_words(NOON), forget_words(NOON + 2 * DAY), forget_words(NOON + 2 * DAY)] == [0, 1, 0]
    assert Delivery.objects.get().message.text == ""
