"""The statement of a mailing on paper."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from portal.mailing import statement_pdf as on_paper
from portal.mailing import statements
from portal.mailing.actions import sending
from portal.mailing.models import Delivery
from portal.mailing.statement_pdf import statement_pdf
from tests import make
from tests.mailing.test_mailing_admin import signed_in
from tests.make import NOON
from tests.printing import read

pytestmark = pytest.mark.django_db


def answered(*addresses: str):
    mailing = make.mailing(*addresses)
    mailing.deliveries.update(
        state=Delivery.State.ACCEPTED, answered_at=NOON, reply="250 2.0.0 Ok: queued as 4Xk2"
    )
    return mailing


@pytest.mark.parametrize(
    ("language", "title", "state"),
    [("vi", "Bản kê đợt gửi thư", "đã nhận"), ("en", "Statement of a mailing", "accepted")],
)
def test_it_says_what_went_to_whom_and_what_was_answered(language, title, state):
    mailing = answered("a@b.example", "c@d.example")
    with override(language):
        said = read.words(statement_pdf(mailing, language))

    assert title in said
    assert mailing.message.digest in said.replace(" ", "")
    assert f"a@b.example {state} 250 2.0.0 Ok: queued as 4Xk2" in said
    assert "c@d.example" in said
    assert str(mailing.approved_by) in said


def test_it_bears_the_signature_of_the_csv():
    mailing = answered("a@b.example")
    signature = statements.statement(mailing).strip().rpartition(",")[2]

    said = read.words(statement_pdf(mailing, "vi"))
    assert signature in said.replace(" ", "")
    assert said.count(signature[:16]) == 2  # and at the foot of each page


def test_it_says_whether_the_ledger_balances():
    mailing = answered("a@b.example", "c@d.example")
    balanced = read.words(statement_pdf(mailing, "vi"))
    mailing.candidates = 3

    assert "Sổ gửi cân bằng" in balanced
    assert "2 bản cho 3 người nhận" in read.words(statement_pdf(mailing, "vi"))


def test_its_tables_are_tagged_and_its_pages_numbered():
    pdf = statement_pdf(answered(*(f"person.{number}@somewhere.example" for number in range(120))), "vi")

    pages = len(read.reader(pdf).pages)
    assert {"H1", "H2", "Table", "TH", "TD"} <= set(read.tags(pdf))
    assert [f"Trang {number} / {pages}" in read.words(pdf, number - 1) for number in range(1, pages + 1)] == [
        True
    ] * pages


def test_hostile_names_and_answers_are_words():
    mailing = answered("a@b.example")
    mailing.deliveries.update(name='#panic("x") $ \\', reply="550 " + "x" * 490)

    assert '#panic("x") $ \\' in read.words(statement_pdf(mailing, "vi"))


def test_an_address_too_long_for_its_column_can_still_be_copied():
    long = "department-of-consular-and-protocol-affairs.first.secretary@embassy-of-somewhere-far-away.example"

    assert long in read.words(statement_pdf(answered(long), "vi")).replace(" ", "")


def test_a_mailing_without_copies_has_a_statement():
    draft = sending.compose("Bản tin quý III/2026", make.message(), by=None, now=NOON)

    assert "Chưa có bản nào." in read.words(statement_pdf(draft, "vi"))


def test_ten_thousand_copies_are_printed():
    mailing = answered("first@b.example")
    first = mailing.deliveries.get()
    Delivery.objects.bulk_create(
        Delivery(key=f"{mailing.pk}:{number}", message=first.message, mailing=mailing, domain="b.example", queued_at=NOON,
                 email=f"person.{number}@b.example", state="accepted", answered_at=NOON, reply="250 Ok")
        for number in range(9_999)
    )  # fmt: skip

    pdf = statement_pdf(mailing, "vi")
    assert "person.9998@b.example" in read.words(pdf, -1)


class TestInTheAdmin:
    def test_the_sheet_leads_to_it(self):
        mailing = answered("a@b.example")
        client = signed_in(make.publisher())

        sheet = client.get(reverse("admin:mailing_mailing_change", args=[mailing.pk])).content.decode()
        answer = client.get(reverse("admin:mailing_mailing_statement_pdf", args=[mailing.pk]))
        assert f"/{mailing.pk}/statement.pdf" in sheet
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="mailing-{mailing.pk}.pdf"'
        assert "a@b.example" in read.words(answer.content)

    def test_an_account_too_long_is_refused_in_words(self, monkeypatch):
        monkeypatch.setattr(on_paper, "MOST_COPIES", 1)
        mailing = answered("a@b.example", "c@d.example")

        answer = signed_in(make.publisher()).get(
            reverse("admin:mailing_mailing_statement_pdf", args=[mailing.pk]), follow=True
        )
        assert "quá dài để in" in answer.content.decode()

    def test_others_do_not_get_it(self):
        mailing = answered("a@b.example")

        answer = signed_in(make.person("reporter")).get(
            reverse("admin:mailing_mailing_statement_pdf", args=[mailing.pk])
        )
        assert answer.status_code in {302, 403}
