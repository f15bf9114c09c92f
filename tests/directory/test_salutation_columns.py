"""How letters to a post begin: in a file of the directory, and out again."""

import pytest

from portal.directory import exporting, importing
from portal.directory.models import Post
from portal.directory.planning import Outcome, Plan, plan
from portal.directory.reading import read
from tests.directory.samples import HEADER, LAOS, tsv
from tests.make import NOON

pytestmark = pytest.mark.django_db
GREETED = {**LAOS, "salutation_en": "Dear Counsellor,", "salutation_vi": "Kính gửi ông Tham tán,"}


def table(row: dict[str, str]):
    return read(tsv(row, header=(*HEADER, "salutation_en", "salutation_vi")))


def imported(row: dict[str, str]) -> Plan:
    return importing.carry_out(plan(table(row)), table(row), by=None, now=NOON)


def salutations() -> tuple[str, str]:
    post = Post.objects.get()
    return post.salutation_en or "", post.salutation_vi or ""


def test_a_new_post_has_them():
    [line] = imported(GREETED).lines

    assert "Thư tiếng Anh mở đầu bằng “Dear Counsellor,” (trước đó: –)." in line.sentences
    assert salutations() == ("Dear Counsellor,", "Kính gửi ông Tham tán,")


def test_a_known_post_gets_them_and_the_plan_says_what_stood_there():
    imported(GREETED)

    [line] = imported({**GREETED, "salutation_vi": "Kính gửi bà Tham tán,"}).lines

    assert line.sentences == [
        "Thư tiếng Việt mở đầu bằng “Kính gửi bà Tham tán,” (trước đó: Kính gửi ông Tham tán,)."
    ]
    assert salutations() == ("Dear Counsellor,", "Kính gửi bà Tham tán,")


def test_empty_cells_and_files_without_the_columns_take_nothing_away():
    imported(GREETED)

    imported({**LAOS, "language": "vi"})

    assert plan(table({**LAOS, "language": "vi"})).lines[0].outcome is Outcome.NOTHING
    assert salutations() == ("Dear Counsellor,", "Kính gửi ông Tham tán,")


def test_one_longer_than_a_line_of_a_letter_is_refused():
    [line] = plan(table({**GREETED, "salutation_en": "D" * 161})).lines

    assert line.outcome is Outcome.REFUSED


def test_what_goes_out_comes_in_again_unchanged():
    imported(GREETED)

    [line] = plan(read(exporting.as_csv())).lines

    assert line.outcome is Outcome.NOTHING
