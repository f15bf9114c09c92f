"""Letters to participants go the way of every mailing; who gets them is shown to those who work with registrations."""

import pytest

from portal.accounts.refusal import Refused
from portal.mailing import audiences as lists
from portal.mailing.actions import sending
from portal.mailing.models import Delivery, Mailing, Returned
from tests import make
from tests.make import NOON
from tests.training import office
from training.actions import writing
from training.models import ParticipantRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    make.identity()
    event = office.event(held=False)
    office.registration(event, "Xylophonia An", email="an@xylophonia.example")
    office.registration(event, "Xylophonia Ben", email="ben@xylophonia.example", language="en")
    office.registration(event, state="waiting", email="waits@xylophonia.example")
    office.registration(event, state="cancelled", email="gone@xylophonia.example")
    return event


def begun(event, *states, language="vi", by=None) -> Mailing:
    return writing.begin_mailing(
        event, states or ["seated"], language=language, by=by or office.officer(), now=NOON
    )


def reached(mailing) -> list[str]:
    return [each.email for each in lists.staged(mailing)]


def test_it_reaches_those_in_the_states_chosen_who_read_its_language(event):
    assert reached(begun(event)) == ["an@xylophonia.example"]
    assert reached(begun(event, "seated", "waiting")) == ["an@xylophonia.example", "waits@xylophonia.example"]
    assert reached(begun(event, language="en")) == ["ben@xylophonia.example"]


def test_the_list_is_made_once_and_means_those_of_the_moment_of_approval(event):
    first, second = begun(event), begun(event)
    office.registration(event, email="late@xylophonia.example")

    assert ParticipantRule.objects.count() == 1
    assert reached(first) == reached(second) == ["an@xylophonia.example", "late@xylophonia.example"]


@pytest.mark.parametrize("states", [[], ["cancelled"], ["x'; --"], ["offered"]])
def test_a_letter_to_nobody_is_refused(event, states):
    with pytest.raises(Refused):
        begun(event, *states) if states else writing.begin_mailing(
            event, [], language="vi", by=None, now=NOON
        )


def test_whoever_composed_it_does_not_approve_it(event):
    officer = office.officer()
    mailing = begun(event, by=officer)

    with pytest.raises(Refused):
        sending.approve(mailing, by=officer, now=NOON)
    assert sending.approve(mailing, by=make.head(), now=NOON).candidates == 1


@pytest.mark.parametrize(
    "role", ["publisher", "editor", "duty editor", "head of the editorial board", "administrator"]
)
def test_others_read_its_words_and_numbers_and_nobody_s_address(desk_of, event, role):
    mailing = begun(event)
    sending.approve(mailing, by=make.head(), now=NOON)
    copy = Delivery.objects.get()
    Returned.objects.create(delivery=copy, at=NOON, kind="bounce", words="x")
    desk = desk_of(make.person(role))

    pages = [
        f"/admin/mailing/mailing/{mailing.pk}/change/", f"/admin/mailing/mailing/{mailing.pk}/statement.csv",
        f"/admin/mailing/mailing/{mailing.pk}/statement.pdf", "/admin/mailing/delivery/", "/admin/mailing/returned/",
        f"/admin/mailing/delivery/{copy.pk}/change/", f"/admin/mailing/delivery/?q=xylophonia&mailing__id__exact={mailing.pk}",
        f"/admin/mailing/returned/{Returned.objects.get().pk}/change/",
    ]  # fmt: skip
    said = {path: desk.get(path).content.decode(errors="replace") for path in pages}

    assert [path for path, text in said.items() if "an@xylophonia" in text.lower()] == []


def test_a_draft_tells_its_approver_how_many_and_not_who(desk_of, event):
    path = f"/admin/mailing/mailing/{begun(event).pk}/change/"

    officer = desk_of(office.officer()).get(path).content.decode()
    approver = desk_of(make.person("publisher")).get(path).content.decode()

    assert "an@xylophonia.example" in officer
    assert "xylophonia" not in approver.lower()
