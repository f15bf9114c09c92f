"""The plan of a file, line by line; its carrying out; the way out and in again."""

import csv
import io
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from openpyxl import load_workbook

from portal.accounts.refusal import Refused
from portal.directory import actions, exporting, importing
from portal.directory.models import Address, Country, Organisation, Post
from portal.directory.planning import Outcome, Plan, plan
from portal.directory.reading import read
from portal.history.models import Record
from tests import make
from tests.directory.samples import LAOS, OXFAM, tsv, values, xlsx
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


def planned(*rows: dict[str, str]) -> Plan:
    return plan(read(tsv(*rows)))


def imported(*rows: dict[str, str], now=NOON, by=None) -> Plan:
    table = read(tsv(*rows))
    return importing.carry_out(plan(table), table, by=by, now=now)


def told(*rows: dict[str, str]) -> list[str]:
    """What the plan says about the last of these lines."""
    return planned(*rows).lines[-1].sentences


class TestPlan:
    def test_everything_new_is_named(self):
        (line,) = planned(LAOS).lines

        assert (line.number, line.name, line.outcome) == (2, "Tùy viên báo chí, Đại sứ quán Lào", Outcome.NEW)
        assert line.sentences == [
            "Quốc gia mới: Lào (LA).",
            "Cơ quan, tổ chức mới: Đại sứ quán Lào.",
            "Đầu mối mới: Tùy viên báo chí.",
            "Ngày quốc khánh là 12-02 (trước đây: –).",
            "Quan hệ ngoại giao được thiết lập từ 1962-09-05 (trước đây: –).",
            "Địa chỉ là press@la.embassy.example.",
        ]

    def test_planning_changes_nothing(self):
        planned(LAOS, OXFAM)

        assert not Organisation.objects.exists()
        assert not Country.objects.exists()

    def test_a_second_post_of_a_new_organisation_is_only_a_post(self):
        second = {
            **LAOS,
            "post_en": "Ambassador’s office",
            "post_vi": "Văn phòng Đại sứ",
            "email": "office@la.example",
        }

        assert told(LAOS, second) == ["Đầu mối mới: Văn phòng Đại sứ.", "Địa chỉ là office@la.example."]

    def test_what_is_there_already_is_nothing(self):
        imported(LAOS, OXFAM)

        assert [line.outcome for line in planned(LAOS, OXFAM).lines] == [Outcome.NOTHING, Outcome.NOTHING]
        assert told({**LAOS, "name_en": "EMBASSY OF LAOS", "email": "press@LA.embassy.example"}) == [
            "Không có gì thay đổi."
        ]

    def test_another_address_is_a_change_from_one_to_the_other(self):
        imported(LAOS)

        assert told({**LAOS, "email": "new@la.embassy.example"}) == [
            "Địa chỉ đổi từ press@la.embassy.example thành new@la.embassy.example."
        ]

    @pytest.mark.parametrize(
        ("cells", "sentence"),
        [
            ({"name_vi": "ĐSQ Lào"}, "Tên tiếng Việt đổi từ “Đại sứ quán Lào” thành “ĐSQ Lào”."),
            ({"post_vi": "Bí thư"}, "Chức danh tiếng Việt đổi từ “Tùy viên báo chí” thành “Bí thư”."),
            ({"language": "vi"}, "Ngôn ngữ thư đổi từ Tiếng Anh thành Tiếng Việt."),
            ({"national_day": "12-03"}, "Ngày quốc khánh là 12-03 (trước đây: 12-02)."),
        ],
    )
    def test_other_words_are_changes(self, cells, sentence):
        imported(LAOS)

        assert told({**LAOS, **cells}) == [sentence]

    def test_empty_cells_change_nothing(self):
        imported(LAOS)

        assert told({**LAOS, "language": "", "national_day": "", "diplomatic_relations_since": ""}) == [
            "Không có gì thay đổi."
        ]

    def test_a_day_may_be_written_as_it_is_in_viet_nam(self):
        imported(LAOS)

        assert planned({**LAOS, "diplomatic_relations_since": "05/09/1962"}).to_do == []

    @pytest.mark.parametrize(
        ("cells", "words"),
        [
            ({"type": "circus"}, "circus"),
            ({"type": ""}, "type"),
            ({"country": "ZZ"}, "ZZ"),
            ({"country": "Lào"}, "LÀO"),
            ({"country": ""}, "quốc gia"),
            ({"name_en": ""}, "name_en"),
            ({"email": ""}, "email"),
            ({"email": "press"}, "“press”"),
            ({"email": "a@la.example\u2028Bcc:b@c.example"}, "email"),
            ({"email": "a@la.example\x0bBcc: b@c.example"}, "email"),
            ({"name_en": "Embassy\x85Bcc: x@y.example"}, "name_en"),
            ({"name_vi": "Đại sứ quán \u202eoàL"}, "name_vi"),
            ({"post_vi": "Tùy viên\x00"}, "post_vi"),
            ({"name_en": "=1+1"}, "công thức"),
            ({"email": '=HYPERLINK("x")'}, "công thức"),
            ({"name_en": "E" * 201}, "200"),
            ({"language": "fr"}, "“fr”"),
            ({"national_day": "02-30"}, "02-30"),
            ({"national_day": "2-9"}, "2-9"),
            ({"diplomatic_relations_since": "13/25/2018"}, "13/25/2018"),
        ],
    )
    def test_what_is_wrong_with_a_line_is_said_at_the_line(self, cells, words):
        bad, good = planned({**LAOS, **cells}, OXFAM).lines

        assert bad.outcome is Outcome.REFUSED
        assert bad.sentences[0].startswith("Từ chối: ")
        assert words in bad.refusal
        assert "\n" not in bad.name + bad.refusal
        assert good.outcome is Outcome.NEW

    def test_a_line_break_in_a_quoted_cell_is_refused(self):
        content = tsv(LAOS).replace(
            b"press@la.embassy.example", b'"press@la.embassy.example\nBcc: all@x.example"'
        )

        (line,) = plan(read(content)).lines

        assert line.outcome is Outcome.REFUSED

    def test_the_same_post_twice_is_refused_the_second_time(self):
        assert told(LAOS, OXFAM, {**LAOS, "email": "other@la.example"}) == [
            "Từ chối: Đầu mối này đã có ở dòng 2."
        ]

    def test_lines_that_contradict_each_other_are_refused(self):
        second = {**LAOS, "post_en": "Second", "name_vi": "ĐSQ CHDCND Lào"}

        assert "Dòng 2" in told(LAOS, second)[0]

    def test_what_was_put_out_of_use_by_hand_is_not_brought_back_by_a_file(self):
        imported(LAOS, OXFAM)
        Organisation.objects.filter(kind="embassy").update(is_active=False)
        Post.objects.filter(organisation__kind="ngo").update(is_active=False)

        assert [line.outcome for line in planned(LAOS, OXFAM).lines] == [Outcome.REFUSED] * 2

    def test_a_long_plan_asks_no_more_of_the_database(self, django_assert_num_queries):
        imported(LAOS)
        rows = [{**OXFAM, "name_en": f"NGO {number}"} for number in range(50)]

        with django_assert_num_queries(6):
            planned(LAOS, *rows)


class TestCarryingOut:
    def test_the_directory_holds_what_the_file_says(self):
        by = make.person()

        imported(LAOS, OXFAM, by=by)

        post = Post.objects.get(title_en="Press attaché")
        house = post.organisation
        assert (house.kind, house.name_vi, house.name_en) == ("embassy", "Đại sứ quán Lào", "Embassy of Laos")
        assert (house.country.code, house.country.name_vi, house.country.national_day) == (
            "LA",
            "Lào",
            "12-02",
        )
        assert house.country.relations_since.isoformat() == "1962-09-05"
        assert (post.language, post.current_address.email) == ("en", "press@la.embassy.example")
        assert Organisation.objects.get(kind="ngo").country is None
        assert {record.by for record in Record.objects.all()} == {by}
        assert Post.objects.matching("dai su quan lao").get() == post

    def test_a_changed_address_keeps_the_one_before(self):
        imported(LAOS)

        imported({**LAOS, "email": "new@la.embassy.example"}, now=NOON + DAY)

        post = Post.objects.get()
        assert post.current_address.email == "new@la.embassy.example"
        assert post.addresses.former().get().left_on.isoformat() == "2026-11-21"

    def test_changes_and_new_things_may_come_together(self):
        imported(LAOS)
        second = {
            **LAOS,
            "post_en": "Second secretary",
            "post_vi": "Bí thứ hai",
            "email": "second@la.example",
        }

        imported(
            {**LAOS, "name_vi": "ĐSQ Lào", "language": "vi"},
            {**second, "name_vi": ""} | {"name_vi": "ĐSQ Lào"},
        )

        assert Organisation.objects.get().name_vi == "ĐSQ Lào"
        assert [post.language for post in Post.objects.order_by("pk")] == ["vi", "en"]

    def test_refused_lines_are_left_out_and_the_others_done(self):
        imported({**LAOS, "country": "ZZ"}, OXFAM)

        assert Organisation.objects.get().kind == "ngo"

    def test_a_directory_that_changed_meanwhile_is_looked_at_again(self):
        imported(LAOS)
        table = read(tsv({**LAOS, "email": "new@la.example"}))
        agreed = plan(table)
        actions.change_address(Post.objects.get(), "third@la.example", by=None, now=NOON)

        with pytest.raises(Refused, match="đã thay đổi"):
            importing.carry_out(agreed, table, by=None, now=NOON)

        assert Post.objects.get().current_address.email == "third@la.example"

    def test_a_plan_is_the_same_in_both_languages(self):
        vietnamese = planned(LAOS).digest
        with override("en"):
            assert planned(LAOS).digest == vietnamese

    def test_new_lines_cost_few_questions_each(self, django_assert_max_num_queries):
        rows = [
            {**OXFAM, "name_en": f"NGO {number}", "email": f"a{number}@x.example"} for number in range(60)
        ]

        with django_assert_max_num_queries(30):
            imported(*rows)

        assert Address.objects.count() == 60


class TestExport:
    @pytest.mark.parametrize("export", [exporting.as_csv, exporting.as_xlsx])
    def test_what_goes_out_comes_in_again_unchanged(self, export):
        tricky = {
            **OXFAM,
            "name_en": "Smith, “Jones” & 'Co'; Ltd",
            "name_vi": "-5 °C",
            "post_vi": "@Giám đốc",
        }
        imported(LAOS, OXFAM | {"country": "GB"}, tricky)

        again = plan(read(export()))

        assert len(again.lines) == 3
        assert again.to_do == []
        assert again.counted(Outcome.REFUSED) == 0

    @pytest.mark.parametrize("export", [exporting.as_csv, exporting.as_xlsx])
    def test_an_empty_house_is_filled_by_its_export(self, export):
        imported(LAOS, OXFAM)
        content = export()
        for model in (Address, Post, Organisation, Country):
            model.objects.all().delete()

        table = read(content)
        importing.carry_out(plan(table), table, by=None, now=NOON)

        assert export() == content or export is exporting.as_xlsx  # a workbook knows its hour
        assert Post.objects.reachable().count() == 2

    def test_no_cell_is_a_formula_to_a_spreadsheet(self):
        house = make.organisation("ngo", name_en="=cmd|' /C calc'!A0", name_vi="+84 24")
        make.address("-x@ngo.example", of=make.post(organisation=house, title_en="@SUM(1)", title_vi="\tTab"))

        (row,) = list(csv.reader(io.StringIO(exporting.as_csv().decode("utf-8-sig"))))[1:]
        sheet = load_workbook(io.BytesIO(exporting.as_xlsx())).worksheets[0]

        assert row[2:7] == ["'=cmd|' /C calc'!A0", "'+84 24", "'@SUM(1)", "Tab", "'-x@ngo.example"]
        assert [cell.value for cell in sheet[2]][2] == "'=cmd|' /C calc'!A0"
        assert "f" not in {cell.data_type for cell in sheet[2]}

    def test_only_posts_that_are_reached_go_out(self):
        make.post()
        make.address()
        Post.objects.filter(pk=make.address().post_id).update(is_active=False)

        assert len(exporting.as_csv().splitlines()) == 2

    def test_a_long_export_asks_no_more(self, django_assert_num_queries):
        for _each in range(10):
            make.address()

        with django_assert_num_queries(4):
            exporting.as_csv()


class TestCommand:
    @pytest.fixture
    def file(self, tmp_path):
        path = tmp_path / "missions.tsv"
        path.write_bytes(tsv(LAOS, {**OXFAM, "type": "circus"}))
        return path

    def test_the_plan_is_shown_and_nothing_is_done(self, file):
        out = StringIO()

        call_command("import_directory", str(file), stdout=out)

        assert "    2  Tùy viên báo chí, Đại sứ quán Lào: Quốc gia mới: Lào (LA)." in out.getvalue()
        assert "    3  Giám đốc quốc gia, Oxfam tại Việt Nam: Từ chối:" in out.getvalue()
        assert "--write" in out.getvalue()
        assert not Organisation.objects.exists()

    def test_with_write_the_plan_is_done(self, file):
        call_command("import_directory", str(file), write=True, stdout=StringIO())

        assert Organisation.objects.get().name_en == "Embassy of Laos"

    def test_a_file_that_cannot_be_read_is_an_error_in_words(self, tmp_path):
        (tmp_path / "bad.csv").write_bytes(b"\xff\xff")

        with pytest.raises(CommandError, match="UTF-8"):
            call_command("import_directory", str(tmp_path / "bad.csv"))
        with pytest.raises(CommandError):
            call_command("import_directory", str(tmp_path / "missing.csv"))

    def test_a_workbook_is_read_like_a_text(self, tmp_path):
        (tmp_path / "missions.xlsx").write_bytes(xlsx(values(LAOS)))

        call_command("import_directory", str(tmp_path / "missions.xlsx"), write=True, stdout=StringIO())

        assert Address.objects.get().email == "press@la.embassy.example"
