"""What is known of participants goes in its time; what was counted and certified stays."""

from datetime import date, timedelta

import pytest

from portal.history.models import Record
from portal.mailing import letters
from portal.mailing.models import Delivery, Message
from tests import make
from tests.make import NOON
from tests.training import office
from training import reporting, tasks
from training.actions import retention
from training.models import Certificate, Keeping, Presence, Purge, Registration, RetentionRule, Scan, Ticket
from training.rules.keeping import kept_until, periods
from training.rules.spans import span_called

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)  # the day of NOON


def over(days: int, **fields):
    """An event whose last day was so many days before today."""
    return office.event(begins_on=TODAY - timedelta(days=days), **fields)


def scan(registration) -> Scan:
    return Scan.objects.create(
        event=registration.event, registration=registration, digest="0" * 64, device="0" * 32, said_at=NOON, at=NOON,
        received_at=NOON, outcome="in",
    )  # fmt: skip


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture(autouse=True)
def _identity():
    make.identity()


@pytest.mark.parametrize(("days", "kept"), [(7, True), (8, False)])
def test_needs_go_a_week_after_the_last_day_and_not_a_day_before(days, kept):
    asked = office.registration(over(days), needs="Ăn chay")

    retention.purge_due(NOON)

    assert bool(again(asked).needs) is kept
    assert again(asked).full_name


def test_addresses_telephones_and_what_letters_said_go_after_a_year():
    old = office.registration(over(366), phone="0912 345 678")
    letters.post(
        f"training-seat:{old.pk}", to=old.email, name=old.full_name, language="vi", now=NOON,
        template="mailing/mails/already", context={"lists": []},
    )  # fmt: skip
    Delivery.objects.update(state=Delivery.State.ACCEPTED, answered_at=NOON)

    retention.purge_due(NOON)

    old, sent = again(old), Delivery.objects.get()
    assert (old.email, old.email_key, old.phone) == ("", "", "")
    assert (sent.email, sent.name, Message.objects.get().text) == ("", "", "")


def test_letters_to_somebody_who_is_registered_for_a_later_event_stay():
    old = office.registration(over(366), email="an@unit.example")
    office.registration(over(1), email="an@unit.example")
    letters.post(
        f"training-seat:{old.pk}", to=old.email, language="vi", now=NOON,
        template="mailing/mails/already", context={"lists": []},
    )  # fmt: skip

    retention.purge_due(NOON)

    assert Delivery.objects.get().email == "an@unit.example"


def test_scans_and_survey_tickets_go_and_presence_stays_for_the_count():
    event = over(200)
    session = office.session(event)
    came = office.registration(event)
    office.present(came, session)
    scan(came)
    Ticket.objects.create(event=event, registration=came, wave=0)

    retention.purge_due(NOON)

    assert not Scan.objects.exists()
    assert not Ticket.objects.exists()
    assert Presence.objects.get().session == session


def test_names_go_at_last_and_the_registration_says_so():
    old = office.registration(over(731), job_title="Chuyên viên", unit=office.unit())

    retention.purge_due(NOON)

    old = again(old)
    assert (old.full_name, old.job_title, old.consent) == ("", "", "")
    assert (old.purged_at, str(old), old.unit is not None) == (NOON, f"№ {old.pk}", True)


def test_every_figure_is_the_same_before_and_after():
    for days in (800, 801):
        event = over(days, theme=office.theme(), capacity=9, planned_count=40, planned_qualifier="about")
        session = office.session(event)
        for unit in (office.unit(), None):
            came = office.registration(event, unit=unit, unit_name="" if unit else "Công ty A")
            office.present(came, session)
            office.certificate(came)
        office.registration(event, state="waiting")
    span = span_called("2020-2026")

    def figures():
        return {
            by: [
                (row.key, row.label, row.events, [total.words("vi") for _column, total in row.totals()])
                for row in reporting.report(span, by, "vi", TODAY).rows
            ]
            for by in reporting.GROUPS
        }

    before = figures()
    retention.purge_due(NOON)

    assert not Registration.objects.exclude(full_name="").exists()
    assert figures() == before


def test_a_certificate_stays_as_it_was_issued():
    old = office.registration(over(731), "Đỗ Văn Án")
    office.certificate(old)

    retention.purge_due(NOON)

    kept = Certificate.objects.get()
    assert (kept.full_name, kept.facts["name"]) == ("Đỗ Văn Án", "Đỗ Văn Án")


def test_what_was_erased_is_shown_by_event_and_the_history_names_nobody():
    event = over(731)
    for name in ("Xylophonia An", "Xylophonia Bình"):
        office.registration(event, name, email=f"{name[-1]}@xylophonia.example")

    retention.purge_due(NOON)

    noted = Purge.objects.get(event=event, what=Keeping.PERSON)
    assert (noted.rows, noted.purged_at) == (2, NOON)
    said = "".join(f"{each.title} {each.note} {each.details}" for each in Record.objects.all())
    assert "ylophonia" not in said


def test_an_event_may_keep_for_a_time_of_its_own_and_says_why():
    event, officer = over(8), office.officer()
    asked = office.registration(event, needs="Ăn chay")
    with pytest.raises(retention.Refused):
        retention.set_periods(event, {"needs": 30}, reason=" ", by=officer, now=NOON)
    retention.set_periods(
        event, {"needs": 30, "contact": None}, reason="Đợt hai của khóa học", by=officer, now=NOON
    )

    retention.purge_due(NOON)
    held = periods(event, RetentionRule.objects.all())

    assert again(asked).needs
    assert (kept_until(event, held["needs"]), held["contact"].event_id) == (
        event.ends_on + timedelta(days=30),
        None,
    )
    retention.purge_due(NOON + timedelta(days=23))
    assert not again(asked).needs


def test_what_was_written_after_an_erasure_goes_with_the_next():
    asked = office.registration(over(20), needs="Ăn chay")
    retention.purge_due(NOON)
    Registration.objects.update(needs="Ghế gần cửa")

    retention.purge_due(NOON + timedelta(days=1))

    assert not again(asked).needs
    assert Purge.objects.get().rows == 2


def test_a_second_run_finds_nothing():
    office.registration(over(800), needs="Ăn chay")
    retention.purge_due(NOON)

    assert retention.purge_due(NOON) == 0


def test_many_rows_go_in_batches(monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    event = over(20)
    for _each in range(8):
        office.registration(event, needs="x")

    assert retention.purge_due(NOON) == 8
    assert Purge.objects.get().rows == 8


def test_the_clock_runs_it():
    office.registration(over(800), needs="x")

    tasks.erase_what_is_over()

    assert Purge.objects.exists()


def test_without_a_period_nothing_is_erased():
    RetentionRule.objects.all().delete()
    office.registration(over(5000), needs="x")

    assert retention.purge_due(NOON) == 0
