"""Programme and transcript: aligned rows, the editorial steps, checked against delivery by a second person."""

import pytest
from django.core.exceptions import ValidationError

from portal.accounts.refusal import Refused
from portal.editorial import checklist
from portal.editorial.actions import Conflict, open_working_copy
from pressroom.actions import briefings as actions
from pressroom.models import Briefing, TranscriptCheck
from tests import make
from tests.make import NOON
from tests.pressroom import briefings as bf

pytestmark = pytest.mark.django_db


def test_rows_of_both_languages_are_kept_under_the_same_numbers():
    item = actions.write_rows(bf.briefing(), "transcript", bf.TRANSCRIPT, by=None, now=NOON)

    assert [row["row"] for row in make.again(item).rows("transcript", "vi")] == [1, 2, 3]
    assert [row["text"] for row in make.again(item).rows("transcript", "en")][2] == "By 7.2 per cent."


@pytest.mark.parametrize("row", [{"row": 0, "is": "answer"}, {"row": 1, "is": "song"}, {"is": "answer"}, 7])
def test_what_is_no_row_is_refused(row):
    with pytest.raises(ValidationError):
        Briefing._meta.get_field("transcript").to_python([row])


@pytest.mark.parametrize(
    ("typed", "kept"), [("9:00", "09:00"), ("09h30", "09:30"), ("25:00", ""), ("soon", "")]
)
def test_the_hour_of_the_programme_is_an_hour_or_none(typed, kept):
    [row] = (Briefing._meta.get_field("agenda").cleaned({"row": 1, "time": typed, "text": "Khai mạc"}),)

    assert row["time"] == kept


def test_what_readers_have_is_not_written_over():
    item = bf.announced()

    with pytest.raises(Refused):
        actions.write_rows(item, "transcript", bf.TRANSCRIPT, by=None, now=NOON)


def test_rows_opened_before_somebody_elses_save_are_a_conflict():
    item = bf.briefing()
    seen = item.lock_version
    actions.write_rows(item, "agenda", {"vi": [{"row": 1, "text": "Khai mạc"}]}, by=None, now=NOON)

    with pytest.raises(Conflict):
        actions.write_rows(item, "agenda", {"vi": []}, by=None, now=NOON, lock_version=seen)


def test_each_question_names_its_outlet_before_it_is_approved():
    rows = [{"row": 1, "is": "question", "who": "", "text": "Ai hỏi?"}]
    item = actions.write_rows(bf.briefing(), "transcript", {"vi": rows}, by=None, now=NOON)

    assert [each.blocks for each in checklist.findings(item, "vi") if each.field == "transcript"] == [True]


class TestCheckedAgainstDelivery:
    def test_by_a_second_person_after_it_was_held(self):
        writer, checker = make.person("press officer"), make.person("press officer")
        item = bf.with_transcript(bf.held(), by=writer)

        with pytest.raises(Refused):
            actions.check_transcript(item, "vi", by=writer, now=NOON)
        check = actions.check_transcript(item, "vi", by=checker, now=NOON)

        assert (check.by, check.at) == (checker, NOON)

    def test_not_before_it_was_held(self):
        item = actions.write_rows(bf.briefing(), "transcript", bf.TRANSCRIPT, by=None, now=NOON)

        with pytest.raises(Refused):
            actions.check_transcript(item, "vi", by=make.person("press officer"), now=NOON)

    def test_not_without_words(self):
        with pytest.raises(Refused):
            actions.check_transcript(bf.held(), "vi", by=None, now=NOON)

    def test_twice_is_once(self):
        item = bf.with_transcript(bf.held())

        first, second = (actions.check_transcript(item, "vi", by=None, now=NOON) for _each in range(2))

        assert first == second

    def test_each_language_by_itself_is_told_to_its_readers(self, client):
        item = bf.with_transcript(bf.held())

        actions.check_transcript(item, "en", by=None, now=NOON)

        pages = {code: client.get(item.get_absolute_url(code)).content.decode() for code in ("vi", "en")}
        assert "Checked against delivery." in pages["en"]
        assert "Theo bản chuẩn bị." in pages["vi"]

    def test_a_word_changed_afterwards_is_as_prepared_again(self, client):
        item = bf.with_transcript(bf.held())
        actions.check_transcript(item, "vi", by=None, now=NOON)
        copy = open_working_copy(item, by=None, now=NOON)
        rows = [*bf.TRANSCRIPT["vi"][:2], bf.TRANSCRIPT["vi"][2] | {"text": "Tăng 7,3%."}]
        actions.write_rows(copy, "transcript", {"vi": rows}, by=None, now=NOON)

        item = bf.released(make.changed(make.again(copy), by=None, change_kind_vi="minor"), "vi")

        assert "Theo bản chuẩn bị." in client.get(item.get_absolute_url("vi")).content.decode()
        assert TranscriptCheck.objects.count() == 1
