"""What posts want to hear of: in a file of the directory, out again, and on the page of the post."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from portal.directory import exporting, importing
from portal.directory.models import Post
from portal.directory.planning import Outcome, Plan, plan
from portal.directory.reading import read
from portal.history.models import Record
from portal.mailing.models import Interest
from portal.search.models import Topic
from tests import make
from tests.admin.forms import sent_by
from tests.directory.samples import HEADER, LAOS, OXFAM, tsv
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _topics():
    make.topic(slug_vi="lao-dong", slug_en="labour")
    make.topic(slug_vi="tre-em", slug_en="children")


def table(*rows: dict[str, str]):
    return read(tsv(*rows, header=(*HEADER, "topics")))


def told(row: dict[str, str]) -> list[str]:
    return plan(table(row)).lines[0].sentences


def imported(*rows: dict[str, str]) -> Plan:
    return importing.carry_out(plan(table(*rows)), table(*rows), by=None, now=NOON)


def interests() -> list[tuple[str, str]]:
    return sorted(Interest.objects.values_list("post__title_en", "topic__slug_en"))


class TestImport:
    def test_the_plan_names_what_is_new(self):
        assert told({**LAOS, "topics": "labour; tre-em"})[-1] == "Quan tâm thêm: labour; children."

    def test_a_topic_nobody_knows_is_said_at_its_line_and_the_others_are_done(self):
        bad, good = plan(table({**LAOS, "topics": "labour;weather"}, {**OXFAM, "topics": "labour"})).lines

        assert (bad.outcome, good.outcome) == (Outcome.REFUSED, Outcome.NEW)
        assert bad.refusal == "Không có chủ đề “weather”."

    def test_new_posts_and_known_ones_have_them_afterwards(self):
        imported(LAOS)

        imported({**LAOS, "topics": "Labour ;; lao-dong;"}, {**OXFAM, "topics": "children;labour"})

        assert interests() == [
            ("Country director", "children"), ("Country director", "labour"), ("Press attaché", "labour"),
        ]  # fmt: skip
        assert Record.objects.filter(verb="interests").count() == 2

    def test_what_is_so_already_is_no_change(self):
        imported({**LAOS, "topics": "labour"})

        assert told({**LAOS, "topics": "lao-dong"}) == ["Không có gì thay đổi."]

    @pytest.mark.parametrize("cell", ["", "children"])
    def test_what_a_file_does_not_name_stays(self, cell):
        imported({**LAOS, "topics": "labour"})

        imported({**LAOS, "topics": cell})

        assert ("Press attaché", "labour") in interests()

    @pytest.mark.parametrize("cell", ["=labour", "labour\u2028children"])
    def test_the_cell_is_believed_no_more_than_any_other(self, cell):
        assert plan(table({**LAOS, "topics": cell})).lines[0].outcome is Outcome.REFUSED

    def test_interests_that_changed_meanwhile_are_looked_at_again(self):
        imported(LAOS)
        row = {**LAOS, "topics": "labour"}
        agreed = plan(table(row))
        imported(row)

        with override("en"), pytest.raises(importing.Refused, match="has changed"):
            importing.carry_out(agreed, table(row), by=None, now=NOON)

    def test_a_topic_without_an_english_address_goes_by_its_vietnamese_one(self):
        make.topic(slug_vi="bien-dao", slug_en=None)

        assert told({**LAOS, "topics": "bien-dao"})[-1] == "Quan tâm thêm: bien-dao."


@pytest.mark.parametrize("export", [exporting.as_csv, exporting.as_xlsx])
def test_what_goes_out_comes_in_again_unchanged(export):
    imported({**LAOS, "topics": "labour;children"}, OXFAM)

    again = plan(read(export()))

    assert [line.outcome for line in again.lines] == [Outcome.NOTHING] * 2
    assert b"labour; children" in exporting.as_csv()


def test_the_page_that_takes_a_file_names_the_column(client):
    client.force_login(make.person("duty editor"))

    page = client.get(reverse("admin:directory_import")).content.decode()

    assert "<code>topics</code>" in page


class TestPostPage:
    def test_interests_stand_on_the_page_of_the_post_and_are_changed_there(self, client):
        imported({**LAOS, "topics": "labour"})
        client.force_login(make.person("duty editor"))
        page = reverse("admin:directory_post_change", args=[Post.objects.get().pk])
        form = sent_by(client.get(page), "post_form")
        wanted = Topic.objects.get(slug_en="children")

        answer = client.post(page, form | {"interests-0-DELETE": "on", "interests-1-topic": wanted.pk})

        assert answer.status_code == 302, answer.context["errors"]
        assert interests() == [("Press attaché", "children")]
        assert Record.objects.filter(verb="interests").latest("pk").details == {"topics": [wanted.pk]}

    def test_a_page_saved_as_it_is_writes_down_nothing_about_them(self, client):
        imported({**LAOS, "topics": "labour"})
        client.force_login(make.person("duty editor"))
        page = reverse("admin:directory_post_change", args=[Post.objects.get().pk])
        before = Record.objects.filter(verb="interests").count()

        client.post(page, sent_by(client.get(page), "post_form"))

        assert Record.objects.filter(verb="interests").count() == before
