"""The officers' pages: who may open them, what their buttons do, what they cost; flags on the desk; the pack."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.editorial.models import Publishable
from portal.history.models import Record
from portal.printing import page_count
from pressroom.actions import briefing_questions, seats
from pressroom.admin.briefing_seats import lines_of
from pressroom.mails.seats import code_of
from pressroom.models import Briefing
from pressroom.printing.pack import pack_pdf, particulars
from tests import make
from tests.make import DAY as A_DAY
from tests.make import NOON
from tests.pressroom import briefings as bf

pytestmark = pytest.mark.django_db
PAGES = ("when", "seats", "seats_csv", "questions", "check_in", "pack")


def address(name, item, *more):
    return reverse(f"admin:pressroom_briefing_{name}", args=[item.pk, *more])


@pytest.fixture
def officer() -> User:
    return make.person("press officer")


@pytest.fixture
def desk(desk_of, officer):
    return desk_of(officer)


def press(client, name, item, do, **sent):
    return client.post(
        address(name, item), {"do": do, **{key.replace("__", "-"): value for key, value in sent.items()}}
    )


class TestWhoMay:
    @pytest.mark.parametrize("role", ["press officer", "spokesperson"])
    @pytest.mark.parametrize("page", PAGES)
    def test_press_officers_and_the_spokesperson_open_every_page(self, desk_of, role, page):
        assert desk_of(make.person(role)).get(address(page, bf.announced())).status_code == 200

    @pytest.mark.parametrize(
        "role", ["reporter", "editor", "publisher", "administrator", "head of the editorial board"]
    )
    @pytest.mark.parametrize("page", PAGES)
    def test_nobody_else_does(self, desk_of, role, page):
        assert desk_of(make.person(role)).get(address(page, bf.announced())).status_code == 403

    @pytest.mark.parametrize("role", ["editor", "head of the editorial board"])
    def test_the_pack_is_printed_for_nobody_else(self, desk_of, role):
        assert desk_of(make.person(role)).get(address("pack_pdf", bf.announced(), "vi")).status_code == 403

    @pytest.mark.parametrize("page", [*PAGES, "programme", "transcript"])
    def test_a_stranger_is_asked_to_sign_in(self, client, page):
        assert client.get(address(page, bf.announced())).status_code == 302

    @pytest.mark.parametrize(("role", "status"), [("duty editor", 200), ("editor", 403)])
    def test_the_duty_editor_writes_the_transcript_and_no_editor_of_other_sections(
        self, desk_of, role, status
    ):
        assert desk_of(make.person(role)).get(address("transcript", bf.briefing())).status_code == status

    @pytest.mark.parametrize("page", ["when", "seats", "questions"])
    def test_opening_a_page_changes_nothing(self, desk, page):
        item = bf.announced()
        deeds = Record.objects.count()

        desk.get(address(page, item), {"do": "cancel", "reason_vi": "x", "reason_en": "x"})

        assert Record.objects.count() == deeds
        assert make.again(item).progress == "confirmed"


class TestBeginning:
    def test_a_new_one_belongs_to_the_first_quarter_without_a_regular_briefing(self, desk, officer):
        desk.post(
            reverse("admin:pressroom_briefing_add"),
            {
                "title_vi": "Họp báo",
                "source_language": "vi",
                "form-TOTAL_FORMS": "0",
                "form-INITIAL_FORMS": "0",
            },
        )

        item = Briefing.objects.get()
        assert (item.precision, item.kind, item.created_by) == ("quarter", "regular", officer)
        assert item.day == item.of_quarter

    def test_a_second_one_belongs_to_the_next_quarter(self, desk):
        for title in ("Một", "Hai"):
            desk.post(reverse("admin:pressroom_briefing_add"), {"title_vi": title, "source_language": "vi"})

        one, two = Briefing.objects.order_by("pk")
        assert two.quarter() == one.quarter().next

    def test_the_sheet_keeps_what_was_decided(self, desk):
        item = bf.arranged()
        page = desk.get(reverse("admin:pressroom_briefing_change", args=[item.pk])).content.decode()
        seen = re.search(r'name="lock_version" value="(\d+)"', page)[1]

        desk.post(
            reverse("admin:pressroom_briefing_change", args=[item.pk]),
            {"title_vi": "Tên mới", "source_language": "vi", "lock_version": seen, "_continue": "1"},
        )

        kept = make.again(item)
        assert (kept.title_vi, kept.day, kept.place_en) == ("Tên mới", item.day, item.place_en)


class TestDates:
    SENT = {"kind": "regular", "precision": "exact", "day": "2026-12-15", "begins": "14:00", "ends": "15:00",
            "place_vi": "Hội trường  A", "place_en": "Hall A"}  # fmt: skip

    def test_the_form_keeps_kind_date_and_place(self, desk):
        item = bf.briefing()

        press(desk, "when", item, "arrange", **self.SENT)

        kept = make.again(item)
        assert (kept.day, kept.place_vi, kept.precision) == (date(2026, 12, 15), "Hội trường A", "exact")

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [({"ends": "13:00"}, "Giờ kết thúc"), ({"day": ""}, "Cần ghi cả mục này"), ({"day": "2026-02-31"}, ""),
         ({"precision": "never"}, ""), ({"precision": "month", "month": "13", "year": "2026"}, "")],
    )  # fmt: skip
    def test_what_is_no_date_is_told_and_nothing_typed_is_lost(self, desk, wrong, words):
        item = bf.briefing()

        answer = press(desk, "when", item, "arrange", **(self.SENT | wrong))

        assert answer.status_code == 200
        assert "Hall A" in answer.content.decode()
        assert words in answer.content.decode()
        assert make.again(item).precision == "quarter"

    def test_refused_a_cancellation_keeps_the_reason_typed(self, desk):
        item = bf.announced()

        answer = press(desk, "when", item, "cancel", reason_vi="Bão số 13.", reason_en="")

        assert "Bão số 13." in answer.content.decode()
        assert make.again(item).progress == "confirmed"

    def test_an_unknown_button_changes_nothing(self, desk):
        assert press(desk, "when", bf.announced(), "explode").status_code == 200


class TestSeats:
    def test_outlets_are_invited_and_given_numbers_of_their_own(self, desk):
        item, paper = bf.arranged(), bf.outlet()

        press(desk, "seats", item, "invite", outlet=[paper.pk, 10**30, "x"])
        invitation = item.invitations.get(outlet=paper)
        press(desk, "seats", item, "invitations", **{f"seats-{invitation.pk}": "3"})

        assert make.again(invitation).seats == 3

    @pytest.mark.parametrize("number", ["-1", "many", "99999"])
    def test_what_is_no_number_of_seats_is_refused(self, desk, number):
        item = bf.arranged()
        invitation = item.invitations.get()

        answer = press(desk, "seats", item, "invitations", **{f"seats-{invitation.pk}": number})

        assert answer.status_code == 200
        assert make.again(invitation).seats is None

    def test_the_proposal_is_shown_and_given_by_one_button(self, desk):
        item = bf.hall(make.again(bf.announced(now=timezone.now() - A_DAY)), 0)
        asked = bf.seated(item, now=timezone.now())
        Briefing.objects.filter(pk=item.pk).update(capacity=1)

        assert asked.journalist.full_name in desk.get(address("seats", item)).content.decode()
        press(desk, "seats", item, "allot")

        assert make.again(asked).state == "given"

    def test_the_table_taken_out_holds_no_formula_and_is_on_record(self, desk, officer):
        item = bf.announced()
        bf.seated(item, bf.journalist('=HYPERLINK("http://x")'))

        table = desk.get(address("seats_csv", item)).content.decode("utf-8-sig")

        assert ",=HYPERLINK" not in table
        assert ',"=HYPERLINK' not in table
        assert Record.objects.about(item).filter(verb="exported the seats", by=officer).exists()

    @pytest.mark.parametrize("count", [2, 30])
    def test_the_page_asks_as_much_for_thirty_journalists_as_for_two(
        self, desk, django_assert_max_num_queries, count
    ):
        item = bf.announced()
        for _each in range(count):
            bf.seated(item)

        with django_assert_max_num_queries(32):
            desk.get(address("seats", item))

    def test_journalists_stand_by_their_given_names(self, desk):
        item, paper = bf.announced(), bf.outlet()
        for name in ("Trần Văn Yên", "Nguyễn Thị Ánh", "Lê Minh Đức"):
            bf.seated(bf.hall(item, None, 9), bf.journalist(name, at=paper))

        [line] = [line for line in lines_of(item) if line.people]
        assert [each.journalist.full_name for each in line.people] == [
            "Nguyễn Thị Ánh",
            "Lê Minh Đức",
            "Trần Văn Yên",
        ]


class TestTheDoor:
    def test_the_code_of_a_confirmation_shows_whose_it_is_and_checks_nobody_in(self, desk):
        seat = bf.seated(bf.announced())

        said = desk.get(address("check_in", seat.briefing), {"code": code_of(seat)}).content.decode()

        assert seat.journalist.card_number in said
        assert make.again(seat).arrived_at is None

    def test_a_button_checks_in(self, desk):
        seat = bf.seated(bf.announced())

        desk.post(address("check_in", seat.briefing), {"attendance": seat.pk, "do": "arrive"})

        assert make.again(seat).arrived_at is not None

    def test_the_code_of_a_seat_given_back_opens_nothing(self, desk):
        seat = bf.seated(bf.announced())
        code = code_of(seat)
        seats.give_back(seat, by=None, now=NOON)
        bf.seated(seat.briefing, seat.journalist)

        assert "Has come" not in desk.get(address("check_in", seat.briefing), {"code": code}).content.decode()
        assert (
            "Mã này không ứng với chỗ nào"
            in desk.get(address("check_in", seat.briefing), {"code": code}).content.decode()
        )

    @pytest.mark.parametrize("code", ["x", "ImEi:1:x", "é", "a" * 3000])
    def test_a_forged_code_is_told_so(self, desk, code):
        answer = desk.get(address("check_in", bf.announced()), {"code": code})

        assert "không phải do Cổng cấp" in answer.content.decode()

    def test_the_list_is_searched_without_diacritics(self, desk):
        item = bf.announced()
        for name in ("Đặng Thị Hồng", "Trần Văn Minh"):
            bf.seated(item, bf.journalist(name))

        said = desk.get(address("check_in", item), {"words": "dang hong"}).content.decode()

        assert "Đặng Thị Hồng" in said
        assert "Trần Văn Minh" not in said

    @pytest.mark.parametrize("count", [2, 30])
    def test_the_list_asks_as_much_for_thirty_as_for_two(self, desk, django_assert_max_num_queries, count):
        item = bf.announced()
        for _each in range(count):
            bf.seated(item)

        with django_assert_max_num_queries(24):
            desk.get(address("check_in", item))


class TestQuestions:
    def test_a_question_is_written_down_and_taken(self, desk):
        item, paper = bf.announced(), bf.outlet()

        press(desk, "questions", item, "enter", outlet=paper.pk, text="Bao giờ?", language="vi")
        press(desk, "questions", item, "taken", question=item.questions.get().pk)

        assert item.questions.get().state == "taken"

    def test_an_empty_one_keeps_what_was_chosen(self, desk):
        item, paper = bf.announced(), bf.outlet()

        answer = press(desk, "questions", item, "enter", outlet=paper.pk, text=" ", language="en")

        assert f'<option value="{paper.pk}" selected>' in answer.content.decode()
        assert not item.questions.exists()

    @pytest.mark.parametrize("count", [2, 30])
    def test_the_page_asks_as_much_for_thirty_as_for_two(self, desk, django_assert_max_num_queries, count):
        item = bf.announced()
        for number in range(count):
            briefing_questions.enter_question(
                item, bf.outlet(), f"Câu {number}", language="vi", topic=None, by=None, now=NOON
            )

        with django_assert_max_num_queries(24):
            desk.get(address("questions", item))


class TestRows:
    def form_of(self, page):
        sent = {"order": re.findall(r'name="order" value="(\d+)"', page)}
        sent["lock_version"] = re.search(r'name="lock_version" value="(\d+)"', page)[1]
        for name, value in re.findall(r'<input[^>]*name="(row-\d+-[\w-]+)" value="([^"]*)"', page):
            sent[name] = value
        for name, value in re.findall(r'<textarea[^>]*name="(row-\d+-[\w-]+)"[^>]*>([^<]*)</textarea>', page):
            sent[name] = value
        for name, options in re.findall(r'<select[^>]*name="(row-\d+-is)"[^>]*>(.*?)</select>', page):
            sent[name] = re.search(r'value="(\w+)" selected', options)[1]
        return sent

    def press(self, client, item, do, page="", name="transcript", **changed):
        page = page or client.get(address(name, item)).content.decode()
        return client.post(address(name, item), self.form_of(page) | changed | {"do": do})

    def test_rows_are_added_filled_in_two_columns_moved_and_saved(self, desk):
        item = bf.briefing()

        page = self.press(desk, item, "question").content.decode()
        page = self.press(
            desk, item, "answer", page, **{"row-1-who-vi": "Báo Lao Động", "row-1-text-en": "How?"}
        ).content.decode()
        page = self.press(desk, item, "up:1", page, **{"row-2-text-vi": "Thế này."}).content.decode()
        self.press(desk, item, "save", page)

        kept = make.again(item)
        assert [row["row"] for row in kept.rows("transcript", "vi")] == [2, 1]
        assert kept.rows("transcript", "en") == [{"row": 1, "is": "question", "who": "", "text": "How?"}]

    def test_the_programme_is_written_the_same_way(self, desk):
        item = bf.briefing()

        page = self.press(desk, item, "add", name="programme").content.decode()
        self.press(
            desk, item, "save", page, name="programme", **{"row-1-time": "09:00", "row-1-text-vi": "Khai mạc"}
        )

        assert make.again(item).rows("agenda", "vi") == [
            {"row": 1, "time": "09:00", "text": "Khai mạc", "who": ""}
        ]

    def test_somebody_elses_save_is_shown_beside_mine(self, desk):
        item = bf.briefing()
        page = self.press(desk, item, "statement").content.decode()
        make.changed(item, by=None, standfirst_vi="Khác.")

        answer = self.press(desk, item, "save", page, **{"row-1-text-vi": "Của tôi."}).content.decode()

        assert "Của tôi." in answer
        assert make.again(item).rows("transcript", "vi") == []

    def test_what_was_typed_into_a_text_locked_meanwhile_stands_on_the_page(self, desk):
        item = bf.briefing()
        page = self.press(desk, item, "statement").content.decode()
        make.approved(item, "vi", "en")

        answer = self.press(desk, item, "save", page, **{"row-1-text-vi": "Của tôi."})

        assert answer.status_code == 200
        assert "Của tôi." in answer.content.decode()

    def test_rows_that_are_none_are_left_out(self, desk):
        item = bf.briefing()

        desk.post(
            address("transcript", item),
            {"do": "save", "order": ["0", "-3", "x", "9" * 40], "lock_version": item.lock_version},
        )

        assert make.again(item).rows("transcript", "vi") == []

    def test_a_second_person_checks_it_by_one_button(self, desk_of, officer):
        item = bf.with_transcript(bf.held(), by=officer)

        desk_of(officer).post(address("check", item, "vi"))
        assert not item.transcript_checks.exists()
        desk_of(make.person("press officer")).post(address("check", item, "vi"))

        assert item.transcript_checks.get().language == "vi"


class TestTheDesk:
    def test_a_quarter_without_a_briefing_is_a_flag_on_the_desk_of_those_who_run_them(self, desk_of):
        said = {
            role: desk_of(make.person(role)).get("/admin/").content.decode()
            for role in ("press officer", "editor")
        }

        assert "họp báo thường kỳ" in said["press officer"]
        assert "Chưa có kế hoạch họp báo" not in said["editor"]

    @pytest.mark.parametrize("count", [2, 20])
    def test_the_list_asks_a_bounded_number_of_questions(self, desk, django_assert_max_num_queries, count):
        for _each in range(count):
            bf.briefing(kind="ad_hoc")

        with django_assert_max_num_queries(45):
            assert desk.get("/admin/pressroom/briefing/").status_code == 200


class TestThePack:
    def test_it_is_printed_in_both_languages_and_that_is_on_record(self, desk, officer):
        make.identity()
        item = bf.announced()
        bf.seated(item)

        for language in ("vi", "en"):
            answer = desk.get(address("pack_pdf", item, language))
            assert answer.content.startswith(b"%PDF")
            assert page_count(answer.content) >= 1

        assert Record.objects.about(item).filter(verb="printed the pack", by=officer).count() == 2

    def test_it_holds_notes_seats_and_questions_grouped_by_outlet_and_topic(self):
        item, paper = bf.announced(), bf.outlet("Báo Dân Trí")
        topic = make.topic(title_vi="Tiền lương")
        bf.seated(item, bf.journalist("Vũ Thị Lan", at=paper))
        briefing_questions.note_for_the_chair(item, {"vi": "Nêu số liệu trước.", "en": ""}, by=None, now=NOON)
        for text, about in (("Khác?", None), ("Lương?", topic)):
            briefing_questions.enter_question(
                item, paper, text, language="vi", topic=about, by=None, now=NOON
            )
        item = make.again(item)

        said = particulars(item, "vi", lines_of(item), NOON)

        assert said["notes"] == ["Nêu số liệu trước."]
        assert ["Báo Dân Trí", "Vũ Thị Lan", "1/2", "0", "0"] in said["outlets"]
        [group] = said["questions"]
        assert [(part["topic"], part["rows"][0]["text"]) for part in group["topics"]] == [
            ("Tiền lương", "Lương?"), ("Chưa phân chủ đề", "Khác?"),
        ]  # fmt: skip

    def test_hostile_words_are_printed_as_they_stand(self):
        item = bf.briefing(title_vi='#panic("x") ]}$ \\')
        briefing_questions.note_for_the_chair(
            item, {"vi": '#read("/etc/passwd") *a* \U0001f600', "en": ""}, by=None, now=NOON
        )

        assert pack_pdf(make.again(item), "vi", [], NOON).startswith(b"%PDF")

    def test_notes_are_kept_by_the_form(self, desk):
        item = bf.briefing()

        desk.post(address("pack", item), {"notes_vi": "Một", "notes_en": "One"})

        assert make.again(item).chair_notes_en == "One"


def test_any_publishable_draft_may_be_discarded_unless_its_section_says_why_not():
    assert Publishable.reason_against_discarding(make.article()) is None
