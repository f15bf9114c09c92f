"""A title is that of its day, in both languages."""

from datetime import date

import pytest

from portal.people import actions
from portal.people.models import Office, Person
from tests import make

pytestmark = pytest.mark.django_db


def quynh_anh() -> Person:
    person = actions.save(
        Person(full_name="Nguyễn Thị Quỳnh Anh", given_name="Quỳnh Anh", address="ms"), by=None, now=make.NOON
    )
    for title_vi, title_en, since, until in (
        ("Phó Vụ trưởng", "Deputy Director General", date(2020, 1, 1), date(2023, 6, 30)),
        ("Vụ trưởng", "Director General", date(2023, 7, 1), None),
    ):
        office = Office(person=person, title_vi=title_vi, title_en=title_en, since=since, until=until)
        actions.save_office(office, by=None, now=make.NOON)
    return person


@pytest.mark.parametrize(
    ("day", "language", "named"),
    [
        (date(2023, 6, 30), "vi", "Bà Nguyễn Thị Quỳnh Anh, Phó Vụ trưởng"),
        (date(2023, 7, 1), "vi", "Bà Nguyễn Thị Quỳnh Anh, Vụ trưởng"),
        (date(2023, 7, 1), "en", "Ms Nguyễn Thị Quỳnh Anh, Director General"),
        (date(2019, 12, 31), "en", "Ms Nguyễn Thị Quỳnh Anh"),
    ],
)
def test_a_person_is_named_with_the_title_of_the_day(day, language, named):
    assert quynh_anh().named_on(day, language) == named


def test_of_two_offices_at_once_the_first_in_order_is_named():
    person = quynh_anh()
    chief = Office(person=person, title_vi="Ủy viên", title_en="Member", since=date(2024, 1, 1), position=1)
    actions.save_office(chief, by=None, now=make.NOON)

    assert person.title_on(date(2024, 2, 1), "vi") == "Vụ trưởng"


@pytest.mark.parametrize("words", ["quynh anh", "Nguyễn anh", "vu truong", "director quynh"])
def test_people_are_found_by_name_and_title_without_diacritics(words):
    person = quynh_anh()

    assert list(Person.objects.matching(words)) == [person]


def test_the_given_name_is_proposed_when_none_is_said():
    person = actions.save(Person(full_name="Trần Văn Ân"), by=None, now=make.NOON)

    assert person.given_name == "Ân"
