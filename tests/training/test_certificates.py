"""Certificates: numbered without a gap, signed, checked without us, revoked and reissued; nothing is found by guessing."""

import json
import zlib
from base64 import b32decode, b64decode
from datetime import timedelta
from decimal import Decimal

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.urls import reverse
from django.utils.translation import override

from portal.accounts.refusal import Refused
from portal.history import signatures
from portal.languages.dates import vietnamese_day
from portal.mailing.models import Delivery
from portal.people.models import Office
from portal.printing import page_count
from tests import make
from tests.editorial.test_attacks import race
from tests.make import DAY, NOON
from tests.training import day
from training.actions import certificates as actions
from training.models import Certificate, CertificatePattern
from training.printing import certificates as printing
from training.rules.certificates import Terms, carried, qr, read_carried

pytestmark = pytest.mark.django_db
LATER = NOON + DAY
WHY = {"vi": "Sai họ tên.", "en": "The name was wrong."}


def terms(**fields):
    said = {"signer": day.signer(), "hours": Decimal(7), "issued_on": vietnamese_day(LATER)} | fields
    return Terms(**said)


def attended(here=None, name=""):
    return day.present(day.seat(here or day.event(), name), 0, 1)


def issued(name="Nguyễn Thị Quỳnh Anh", **fields):
    who = attended(name=name)
    (made,) = actions.issue_entitled(who.event, terms(**fields), by=None, now=LATER)
    return made


def page_of(certificate, language="vi", name="certificate"):
    with override(language):
        return reverse(f"training:{name}", args=[certificate.address_code])


def test_whoever_attended_enough_gets_one_and_nobody_else():
    here = day.event()
    enough, half = attended(here), day.present(day.seat(here), 0)
    day.seat(here)

    made = actions.issue_entitled(here, terms(), by=None, now=LATER)

    assert [[each.registration for each in made], half.certificates.count()] == [[enough], 0]


def test_numbers_have_no_gap_begin_with_each_year_and_follow_the_pattern_of_the_day():
    CertificatePattern.objects.all().delete()
    CertificatePattern.objects.create(pattern="{no:03}/{year}/GCN", valid_from=NOON.date().replace(year=2015))
    first, second = [issued() for _each in range(2)]
    here = day.event(now=NOON - 400 * DAY)
    who = attended(here)
    (earlier,) = actions.issue_entitled(
        here, terms(issued_on=vietnamese_day(NOON - 399 * DAY)), by=None, now=LATER
    )

    assert [each.printed for each in (first, second, earlier)] == [
        "001/2026/GCN",
        "002/2026/GCN",
        "001/2025/GCN",
    ]
    assert who.certificates.get() == earlier


def test_everybody_is_certified_once():
    made = issued()

    with pytest.raises(Refused):
        actions.issue_entitled(made.event, terms(), by=None, now=LATER)


@pytest.mark.parametrize(
    ("change", "now"),
    [
        ({"gives_certificate": False}, LATER),
        ({"progress": "cancelled"}, LATER),
        ({}, NOON),  # still running
    ],
)
def test_no_certificate_without_reason(change, now):
    who = attended(day.event(**change))

    with pytest.raises(Refused):
        actions.issue_entitled(who.event, terms(issued_on=vietnamese_day(now)), by=None, now=now)


def test_the_signer_signs_with_the_title_of_that_day_or_not_at_all():
    signer = day.signer()
    Office.objects.filter(person=signer).update(until=NOON.date() - timedelta(days=30))
    who = attended()

    with pytest.raises(Refused, match=signer.full_name):
        actions.issue_entitled(who.event, terms(signer=signer), by=None, now=LATER)


def test_a_certificate_is_checked_by_hand_with_nothing_but_its_code_and_the_public_key():
    """As docs/certificates.md tells outsiders to."""
    certificate = issued()
    behind = carried(certificate)
    public = Ed25519PublicKey.from_public_bytes(b64decode(signatures.public_key()))

    content = b32decode(behind + "=" * (-len(behind) % 8))
    said, signature = zlib.decompress(content[:-64], -15), content[-64:]
    public.verify(signature, said)

    facts = json.loads(said)
    assert [facts["name"], facts["signer"]["vi"], facts["hours"]] == [
        "Nguyễn Thị Quỳnh Anh", "Vụ trưởng Vụ Hợp tác quốc tế", "7",
    ]  # fmt: skip
    with pytest.raises(InvalidSignature):
        public.verify(signature, said.replace("Quỳnh".encode(), "Quyên".encode()))


def test_a_forged_code_is_no_certificate():
    behind = carried(issued())

    for forged in (behind[:-2] + "AA", behind[10:], "", "ẾẾ", "A" * 5000):
        with pytest.raises(LookupError):
            read_carried(forged)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_public_page_shows_everything_that_is_certified(client, language):
    certificate = issued()

    answer = client.get(page_of(certificate, language))

    said = answer.content.decode()
    facts = certificate.facts
    for each in (facts["name"], facts["number"], facts["title"][language], facts["place"][language],
                 facts["signer"]["name"], facts["signer"][language]):  # fmt: skip
        assert each in said
    assert "noindex" in said
    assert "no-store" in answer.headers["Cache-Control"]


def test_nobody_finds_a_certificate_by_its_number(client):
    certificate = issued()
    code = certificate.address_code
    wrong = [
        code[:-1] + ("A" if code[-1] != "A" else "B"),
        code.replace("2026-1", "2026-2"),
        "2026-1",
        "2026-1-",
        "ế",
    ]

    for each in wrong:
        assert client.get(f"/vi/dao-tao/chung-nhan/{each}/").status_code == 404
        for file in ("signed.json", "certificate.pdf"):
            assert client.get(f"/vi/dao-tao/chung-nhan/{each}/{file}").status_code == 404


def test_a_typed_code_leads_to_the_page_however_it_is_spaced(client):
    certificate = issued()

    answer = client.get(
        "/vi/dao-tao/chung-nhan/",
        {"code": f" {certificate.address_code.lower()[:12]} {certificate.address_code[12:]}"},
    )

    assert answer.headers["Location"] == page_of(certificate)
    assert client.get("/vi/dao-tao/chung-nhan/", {"code": "2026-1-AAAAAAAAAAAAAAAA"}).status_code == 200


def test_a_revoked_certificate_says_since_when_and_why_and_is_printed_no_more(client):
    certificate = issued()

    actions.revoke(certificate, why=WHY, by=None, now=LATER)

    said = client.get(page_of(certificate, "en")).content.decode()
    assert "The name was wrong." in said
    assert "21 November 2026" in said
    assert client.get(page_of(certificate, name="certificate_pdf")).status_code == 404


def test_the_reason_is_asked_in_both_languages():
    with pytest.raises(Refused):
        actions.revoke(issued(), why={"vi": "Sai.", "en": " "}, by=None, now=LATER)


def test_a_name_change_keeps_the_chain(client):
    first = issued()

    second = actions.reissue(first, full_name="Nguyễn Quỳnh Anh", why=WHY, by=None, now=LATER)
    third = actions.reissue(second, full_name="Nguyễn  Quỳnh Anh ", why=WHY, by=None, now=LATER)

    assert [third.number, third.full_name, third.facts["replaces"]] == [3, "Nguyễn Quỳnh Anh", second.printed]
    said = client.get(page_of(first)).content.decode()
    assert page_of(second) in said
    assert page_of(third) in said
    with pytest.raises(Refused):
        actions.revoke(first, why=WHY, by=None, now=LATER)


def test_whoever_had_one_revoked_is_given_none_by_the_way_but_by_a_reissue():
    first = issued()
    actions.revoke(first, why=WHY, by=None, now=LATER)

    with pytest.raises(Refused):
        actions.issue_entitled(first.event, terms(), by=None, now=LATER)
    second = actions.reissue(make.again(first), full_name=first.full_name, why=WHY, by=None, now=LATER)

    assert [second.replaces, second.is_valid, make.again(first).revoked_at] == [first, True, LATER]


def test_the_newer_certificate_does_not_give_away_the_address_of_the_one_with_the_old_name(client):
    first = issued()
    second = actions.reissue(first, full_name="Nguyễn Quỳnh Anh", why=WHY, by=None, now=LATER)

    said = client.get(page_of(second)).content.decode()

    assert [first.printed in said, page_of(first) in said] == [True, False]


def test_the_name_stays_as_issued_when_the_registration_is_purged():
    certificate = issued()
    registration = certificate.registration
    registration.full_name = registration.email = ""
    registration.save()

    again = make.again(certificate)

    assert [again.full_name, signatures.is_ours(json.dumps(again.facts, sort_keys=True, ensure_ascii=False,
            separators=(",", ":")).encode(), again.signature)] == ["Nguyễn Thị Quỳnh Anh", True]  # fmt: skip
    assert actions.entitled(certificate.event) == []


def test_a_letter_goes_to_whoever_got_one_in_their_language():
    certificate = issued()

    letter = Delivery.objects.get(key=f"certificate_issued:{certificate.pk}")

    assert [letter.email, page_of(certificate) in letter.message.text] == [
        certificate.registration.email,
        True,
    ]


@pytest.mark.parametrize(
    "name", ["Ý", "Đặng Thị Ngọc Hoàng Ánh Tuyết Nguyễn " * 5, "=cmd()|' /C calc'!A0", "#[name] $x$ \\ Ễ Ậ"]
)
def test_any_name_can_be_printed(name):
    certificate = issued(name=name.strip()[:200])

    content = printing.pdf(certificate)

    assert content.startswith(b"%PDF-1.7")


def test_the_square_code_stays_readable():
    """At 40 mm on paper no module is smaller than 0.4 mm, whatever is certified."""
    size = qr(issued()).split(b'viewBox="0 0 ')[1].split(b" ")[0]

    assert 40 / int(size) >= 0.4


def test_certificates_together_are_a_page_each():
    here = day.event()
    for _each in range(3):
        attended(here)

    made = actions.issue_entitled(here, terms(), by=None, now=LATER)

    assert [page_count(printing.together(made)), len(printing.each_pdf(made))] == [3, 3]


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_leave_no_gap_and_nobody_twice():
    here = day.event()
    for _each in range(4):
        attended(here)
    said = terms()

    race(*(lambda: actions.issue_entitled(here, said, by=None, now=LATER) for _each in range(2)))

    assert sorted(Certificate.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
