"""Mail in the admin, as those who compose, approve and send it see it."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.mailing import statements
from portal.mailing.actions import sending
from portal.mailing.models import Delivery, Mailing, Subscriber, Subscription, Suppression
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.MAIL_DOMAIN, settings.MAIL_ORIGIN = "portal.example", "https://portal.example"
    settings.DEFAULT_FROM_EMAIL = "bantin@portal.example"
    settings.REQUIRE_SECOND_FACTOR = False


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def composed(client: Client, *lists, text: str = "Kính gửi Quý vị.\n\nNgừng nhận: {page}", **said) -> Mailing:
    fields = {"title": "Bản tin quý III", "subject": "Bản tin quý III/2026", "language": "vi", "text": text,
              "lists": [each.pk for each in lists], "staff_first": "", "few_first": ""} | said  # fmt: skip
    answer = client.post(reverse("admin:mailing_mailing_add"), fields)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return Mailing.objects.get()


def press(client: Client, mailing: Mailing, step: str, note: str = "") -> str:
    """Press a button; answers the page that comes back."""
    answer = client.post(
        reverse("admin:mailing_mailing_step", args=[mailing.pk]), {"step": step, "note": note}, follow=True
    )
    mailing.refresh_from_db()
    return answer.content.decode()


@pytest.fixture
def missions():
    """A list that reaches three embassies."""
    for code in ("CN", "RU", "LA"):
        embassy = make.organisation(country=make.country(code))
        make.address(f"press@{code.lower()}.embassy.example", of=make.post(organisation=embassy))
    return make.mailing_list(kinds=["embassy"])


def test_from_the_words_to_the_closed_account(missions, sink, deliver, django_capture_on_commit_callbacks):
    editor, publisher = signed_in(make.person("editor")), signed_in(make.publisher())
    mailing = composed(
        editor, missions, staff_first="van.thu@portal.example", few_first="press@la.embassy.example"
    )

    page = press(publisher, mailing, "approve")
    assert mailing.state == Mailing.State.APPROVED, page
    press(publisher, mailing, "staff")
    later = mailing.state_since
    deliver(later)
    assert sink.recipients() == ["van.thu@portal.example"]
    press(publisher, mailing, "few")
    deliver(later + make.HOUR)
    assert sink.recipients()[1:] == ["press@la.embassy.example"]
    press(publisher, mailing, "all")
    deliver(later + make.HOUR)
    press(publisher, mailing, "close")

    assert mailing.state == Mailing.State.CLOSED
    assert sorted(sink.recipients()[2:]) == ["press@cn.embassy.example", "press@ru.embassy.example"]


def test_the_page_of_a_draft_tells_who_is_new_and_who_is_gone_since_last_time(missions):
    editor = signed_in(make.person("editor"))
    mailing = composed(editor, missions)
    make.mailing("press@cn.embassy.example", "gone@fr.embassy.example").lists.add(missions)

    page = editor.get(reverse("admin:mailing_mailing_change", args=[mailing.pk])).content.decode()

    assert "thêm 2 so với lần trước, bớt 1." in page
    assert "+ press@la.embassy.example" in page
    assert "– gone@fr.embassy.example" in page


def test_the_page_says_how_far_the_copies_of_a_large_mailing_are(missions):
    make.readers(missions, 700)
    mailing = composed(signed_in(make.person("editor")), missions)

    page = press(signed_in(make.publisher()), mailing, "approve")

    assert "đang lập danh sách gửi" in page
    assert "Đã lập 500 trên tổng số 703 bản gửi" in page
    assert 'value="all"' not in page
    assert 'value="cancel"' in page


def test_whoever_composed_it_may_not_approve_it(missions):
    both = make.person("editor", "publisher")
    client = signed_in(both)
    mailing = composed(client, missions)

    page = press(client, mailing, "approve")

    assert mailing.state == Mailing.State.DRAFT
    assert "phải có người khác duyệt" in page


@pytest.mark.parametrize(
    ("said", "finding"),
    [
        ({"text": "Không có đường rời danh sách."}, "ngừng nhận"),
        ({"text": "x" * 120_000 + "{page}"}, "KB"),
        ({"lists": []}, "danh sách"),
    ],
)
def test_what_the_proof_finds_blocks_the_approval_and_is_said(missions, said, finding):
    mailing = composed(signed_in(make.person("editor")), missions, **said)
    publisher = signed_in(make.publisher())

    page = press(publisher, mailing, "approve")

    assert mailing.state == Mailing.State.DRAFT
    assert finding in page


def test_a_test_letter_comes_to_whoever_asks_for_it(missions, sink, deliver):
    editor = make.person("editor")
    mailing = composed(signed_in(editor), missions)

    press(signed_in(editor), mailing, "proof")
    deliver(Delivery.objects.get().queued_at)

    assert sink.recipients() == [editor.email]


def test_an_approved_mailing_cannot_be_rewritten(missions):
    editor = signed_in(make.person("editor"))
    mailing = composed(editor, missions)
    press(signed_in(make.publisher()), mailing, "approve")

    answer = editor.post(reverse("admin:mailing_mailing_change", args=[mailing.pk]), {"subject": "Khác"})

    mailing.refresh_from_db()
    assert answer.status_code == 403
    assert mailing.message.subject == "Bản tin quý III/2026"


def test_an_old_page_of_a_mailing_does_not_undo_what_has_happened_since(missions):
    editor = make.person("editor")
    mailing = composed(signed_in(editor), missions)
    old = Mailing.objects.get()
    sending.approve(mailing, by=make.publisher(), now=NOON)
    old.title = "Khác"

    with pytest.raises(Refused):
        sending.describe(old, ["title"])

    mailing.refresh_from_db()
    assert (mailing.title, mailing.state == "draft") == ("Bản tin quý III", False)


@pytest.mark.parametrize("role", ["reporter", "translator", "approver-vi"])
def test_others_do_not_see_mail(role, missions):
    mailing = make.mailing("a@b.example")
    client = signed_in(make.person(role))

    for name in ("change", "letter", "statement"):
        assert client.get(reverse(f"admin:mailing_mailing_{name}", args=[mailing.pk])).status_code in {
            302,
            403,
        }
    assert (
        client.post(reverse("admin:mailing_mailing_step", args=[mailing.pk]), {"step": "all"}).status_code
        == 403
    )


def test_an_editor_cannot_send(missions):
    mailing = make.mailing("a@b.example")

    answer = signed_in(make.person("editor")).post(
        reverse("admin:mailing_mailing_step", args=[mailing.pk]), {"step": "all"}
    )

    assert answer.status_code == 403


class TestStatement:
    def rows(self, mailing) -> list[list[str]]:
        client = signed_in(make.publisher())
        answer = client.get(reverse("admin:mailing_mailing_statement", args=[mailing.pk]))
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def test_it_names_every_copy_with_what_became_of_it(self, sink, deliver):
        mailing = make.mailing("ok@a.example", "u550@b.example")
        sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)
        deliver()

        rows = self.rows(mailing)

        assert [row[2] for row in rows if row and row[0] in {"ok@a.example", "u550@b.example"}] == [
            "đã nhận", "bị từ chối",
        ]  # fmt: skip

    def test_nobody_can_change_a_word_of_it(self):
        said = statements.statement(make.mailing("a@b.example"))

        assert statements.is_authentic(said)
        assert not statements.is_authentic(said.replace("a@b.example", "c@b.example"))

    def test_a_spreadsheet_takes_no_name_for_a_formula(self):
        mailing = make.mailing("a@b.example")
        mailing.deliveries.update(name='=HYPERLINK("http://evil.example")')

        assert "=HYPERLINK" not in [cell[:10] for row in self.rows(mailing) for cell in row]


def test_uncertain_copies_are_decided_by_a_person(sink, deliver):
    mailing = make.mailing("drop@f.example")
    sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)
    deliver()
    copy = mailing.deliveries.get()

    signed_in(make.publisher()).post(
        reverse("admin:mailing_delivery_changelist"), {"action": "it_arrived", "_selected_action": [copy.pk]}
    )

    copy.refresh_from_db()
    assert copy.state == Delivery.State.ACCEPTED


def test_an_address_is_left_alone_and_written_to_again_by_hand():
    client = signed_in(make.person("administrator"))
    client.post(reverse("admin:mailing_suppression_add"), {"email": "A@b.example", "reason": "gọi điện"})
    kept = Suppression.objects.get()

    client.post(
        reverse("admin:mailing_suppression_changelist"), {"action": "lift", "_selected_action": [kept.pk]}
    )

    kept.refresh_from_db()
    assert (kept.email, kept.lifted_at is not None) == ("a@b.example", True)


def test_the_list_of_mailings_asks_the_same_however_many_there_are(django_assert_max_num_queries):
    client = signed_in(make.publisher())
    address = reverse("admin:mailing_mailing_changelist")
    client.get(address)
    for size in (3, 30):
        for _ in range(size):
            make.mailing("a@b.example")
        with django_assert_max_num_queries(12):
            client.get(address)


def test_the_public_gets_it_after_the_posts_by_a_button_of_its_own(missions, sink, deliver):
    reader = Subscriber.objects.create(email="reader@public.example", created_at=NOON)
    Subscription.objects.create(
        subscriber=reader, list=missions, state="confirmed", confirmed_at=NOON, consent="Tôi đồng ý."
    )
    publisher = signed_in(make.publisher())
    mailing = composed(signed_in(make.person("editor")), missions)
    sheet = press(publisher, mailing, "approve")
    assert 'value="staff"' not in sheet  # nobody of the own staff was named

    sheet = press(publisher, mailing, "all")
    deliver(timezone.now())

    assert {letter["To"] for letter in sink.letters()}
    assert "reader@public.example" not in str(sink.letters())
    assert 'value="all"' not in sheet
    press(publisher, mailing, "public")
    deliver(timezone.now())
    assert mailing.deliveries.get(email="reader@public.example").state == "accepted"
