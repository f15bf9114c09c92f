"""From a question to its reply: references, clocks, four eyes, one letter for ever."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from portal.accounts.refusal import Refused
from portal.duties.models import Limit
from portal.history.models import Record
from portal.languages import LANGUAGES
from portal.mailing.models import Delivery
from pressroom import vocabulary
from pressroom.actions import answers, enquiries
from pressroom.models import Enquiry, EnquirySeries, RefusalGround
from pressroom.rules.enquiries import STEPS
from tests import make
from tests.make import DAY, HOUR, NOON
from tests.pressroom import makers

pytestmark = pytest.mark.django_db
State = Enquiry.State


def letters(prefix: str = "enquiry") -> list[str]:
    sent = Delivery.objects.filter(key__startswith=prefix).order_by("pk")
    return [key.partition(":")[0] for key in sent.values_list("key", flat=True)]


class TestAsking:
    def test_references_count_up_within_the_vietnamese_year_and_begin_again_with_the_next(self):
        new_year = make.datetime(2026, 12, 31, 17, 0, tzinfo=make.UTC)
        asked = [makers.enquiry(now=at) for at in (NOON, NOON + HOUR, new_year)]

        assert [each.reference for each in asked] == ["HB-2026-0001", "HB-2026-0002", "HB-2027-0001"]

    def test_the_letters_in_front_are_data_and_go_on_into_the_next_year(self):
        EnquirySeries.objects.create(year=2025, prefix="BC", last=7)

        assert makers.enquiry().reference == "BC-2026-0001"

    def test_the_house_has_the_time_its_rules_give(self):
        assert makers.enquiry().due_at == NOON + timedelta(days=2)

    def test_an_earlier_deadline_of_the_journalist_is_the_houses(self):
        assert makers.enquiry(wanted_by=NOON + HOUR).due_at == NOON + HOUR

    @pytest.mark.parametrize("wanted", [NOON - HOUR, NOON + DAY * 9])
    def test_a_deadline_gone_by_or_later_than_the_houses_changes_nothing(self, wanted):
        assert makers.enquiry(wanted_by=wanted).due_at == NOON + timedelta(days=2)

    def test_without_any_rule_the_journalists_deadline_stands(self):
        Limit.objects.filter(duty="enquiry-answered").delete()

        assert makers.enquiry(wanted_by=NOON + HOUR).due_at == NOON + HOUR

    def test_a_journalist_of_the_register_is_known_by_the_address(self):
        known = makers.journalist(email="Ha@bao.example")

        asked = makers.enquiry(email="ha@bao.example", outlet_name="")

        assert asked.journalist == known
        assert asked.outlet == known.outlet

    def test_the_letter_has_reference_due_time_and_link_in_the_journalists_language(self):
        asked = makers.enquiry()

        letter = Delivery.objects.get(key=f"enquiry-received:{asked.pk}").message
        assert (letter.language, asked.reference in letter.subject) == ("en", True)
        assert "22 November 2026, 12:00" in letter.text
        assert "/en/press/enquiries/" in letter.text
        assert asked.subject not in letter.subject

    def test_who_has_no_address_gets_no_letter(self):
        makers.enquiry(email="", phone="0903", channel="phone")

        assert letters() == []


class TestAnswering:
    def test_a_draft_unchanged_changes_nothing(self):
        asked = makers.drafted()
        deeds = Record.objects.about(asked).count()

        enquiries.draft(asked, makers.ANSWERS, by=None, now=NOON)

        assert Record.objects.about(asked).count() == deeds

    def test_nobody_clears_what_they_have_written_in(self):
        writer = make.person("press officer", "spokesperson")
        asked = makers.drafted(by=writer)

        with pytest.raises(Refused):
            enquiries.clear(asked, by=writer, now=NOON)

    def test_nor_what_they_wrote_in_before_somebody_else_did(self):
        first, second = make.person("press officer", "spokesperson"), makers.officer()
        asked = makers.drafted(by=first)
        enquiries.draft(asked, {"vi": "Khác.", "en": "Other."}, by=second, now=NOON)

        with pytest.raises(Refused):
            enquiries.clear(asked, by=first, now=NOON)

    def test_a_superuser_is_not_exempt_from_four_eyes(self):
        everything = make.person(superuser=True)

        with pytest.raises(Refused):
            enquiries.clear(makers.drafted(by=everything), by=everything, now=NOON)

    def test_the_database_itself_wants_four_eyes(self):
        writer = makers.officer()
        asked = makers.drafted(by=writer)

        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.filter(pk=asked.pk).update(cleared_by=writer)

    def test_a_press_officer_clears_nothing(self):
        with pytest.raises(Refused):
            enquiries.clear(makers.drafted(), by=makers.officer(), now=NOON)

    def test_what_is_cleared_is_not_changed_but_returned(self):
        asked = makers.cleared()

        with pytest.raises(Refused):
            enquiries.draft(asked, {"vi": "Khác."}, by=None, now=NOON)
        enquiries.give_back(asked, "The annex is wrong.", by=makers.speaker(), now=NOON)

        assert make.again(asked).state == State.DRAFTED
        assert make.again(asked).cleared_by is None

    def test_an_answer_that_was_not_cleared_is_not_sent(self):
        with pytest.raises(Refused):
            enquiries.send(makers.drafted(), by=None, now=NOON)

    def test_an_answer_missing_in_the_journalists_language_is_not_cleared(self):
        asked = enquiries.draft(makers.enquiry(), {"vi": "Chỉ tiếng Việt."}, by=None, now=NOON)

        with pytest.raises(Refused):
            enquiries.clear(asked, by=None, now=NOON)

    def test_the_answer_goes_out_once_in_the_journalists_language(self):
        asked = makers.answered()

        with pytest.raises(Refused):
            enquiries.send(asked, by=None, now=NOON)

        assert letters() == ["enquiry-received", "enquiry-answered"]
        letter = Delivery.objects.get(key=f"enquiry-answered:{asked.pk}").message
        assert "The figure is 6 per cent." in letter.text
        assert "Số liệu" not in letter.text

    @pytest.mark.parametrize(
        ("terms", "words"),
        [("on_record", "on the record"), ("background", "background"), ("off_record", "off the record")],
    )
    def test_the_letter_says_on_what_terms(self, terms, words):
        asked = makers.answered(terms=terms)

        assert words in Delivery.objects.get(key=f"enquiry-answered:{asked.pk}").message.text

    def test_an_answer_by_telephone_is_written_down_with_how(self):
        asked = makers.cleared(email="", phone="0903")

        with pytest.raises(Refused):
            enquiries.send(asked, by=None, now=NOON)
        with pytest.raises(Refused):
            enquiries.tell(asked, " ", by=None, now=NOON)
        enquiries.tell(asked, "By telephone at noon.", by=None, now=NOON)

        assert make.again(asked).state == State.ANSWERED

    def test_a_draft_kept_by_somebody_else_meanwhile_is_not_overwritten(self):
        asked = makers.drafted()

        with pytest.raises(Refused):
            enquiries.draft(asked, {"vi": "Mới."}, lock_version=0, by=None, now=NOON)

    def test_the_terms_stand_once_the_answer_has_gone(self):
        with pytest.raises(Refused):
            enquiries.change_terms(makers.answered(), "on_record", may_be_named=True, by=None, now=NOON)


class TestRefusing:
    def test_a_refusal_names_its_ground_and_the_source_of_it(self):
        asked = makers.refused()

        letter = Delivery.objects.get(key=f"enquiry-refused:{asked.pk}").message.text
        assert asked.state == State.REFUSED
        assert "being investigated" in letter
        assert "Decree 244/2026/ND-CP, Article 4.3" in letter

    def test_a_ground_that_is_no_longer_the_law_is_not_taken(self):
        RefusalGround.objects.update(valid_until=NOON.date() - DAY)

        with pytest.raises(Refused):
            makers.drafted(ground=makers.ground())

    def test_the_database_keeps_no_refusal_without_a_ground(self):
        asked = makers.answered()

        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.filter(pk=asked.pk).update(state="refused")

    def test_what_has_a_ground_is_not_sent_as_an_answer(self):
        with pytest.raises(Refused):
            enquiries.send(makers.cleared(ground=makers.ground()), by=None, now=NOON)


class TestPublishing:
    @pytest.mark.parametrize("terms", ["background", "off_record"])
    def test_what_was_not_on_the_record_is_never_published(self, terms):
        asked = makers.answered(terms=terms)

        with pytest.raises(Refused):
            answers.publish(asked, by=None, now=NOON)

    @pytest.mark.parametrize("terms", ["background", "off_record"])
    def test_nor_does_the_database_let_a_published_one_become_such(self, terms):
        asked = makers.answered()
        answers.publish(asked, by=None, now=NOON)

        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.filter(pk=asked.pk).update(terms=terms)

    def test_a_refusal_is_not_published(self):
        with pytest.raises(Refused):
            answers.publish(makers.refused(), by=None, now=NOON)

    def test_one_click_makes_a_draft_in_both_languages(self):
        made = answers.publish(makers.answered(), by=makers.officer(), now=NOON)

        assert made.body_vi == "<p>Số liệu là 6%.</p><p>Chi tiết ở phụ lục.</p>"
        assert made.body_en == "<p>The figure is 6 per cent.</p><p>See the annex.</p>"
        assert (made.title_en, made.question_en) == (
            "Wages in the third quarter",
            "By how much did wages rise?",
        )
        assert [made.edition(language).state for language in LANGUAGES] == ["draft", "draft"]

    def test_it_is_made_once(self):
        asked = makers.answered()
        answers.publish(asked, by=None, now=NOON)

        with pytest.raises(Refused):
            answers.publish(asked, by=None, now=NOON)

    def test_hostile_words_of_an_answer_are_text(self):
        asked = makers.enquiry()
        enquiries.draft(asked, {"en": "<script>alert(1)</script>"}, by=None, now=NOON)
        enquiries.clear(asked, by=None, now=NOON)
        enquiries.send(asked, by=None, now=NOON)

        assert "<script" not in answers.publish(asked, by=None, now=NOON).body_en


class TestTheTable:
    @pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.name)
    def test_every_step_has_words_in_both_languages_and_its_deed_a_name(self, step):
        said = {}
        for language in LANGUAGES:
            with override(language):
                said[language] = (str(step.label), str(vocabulary.DEEDS[step.done]))

        assert all(vi != en for vi, en in zip(said["vi"], said["en"], strict=True))

    def test_every_state_can_be_reached_and_every_open_one_left(self):
        assert {step.to for step in STEPS.values()} | {State.RECEIVED} == set(State)
        assert set(Enquiry.OPEN) <= {source for step in STEPS.values() for source in step.sources}

    @pytest.mark.parametrize("name", STEPS)
    def test_a_person_of_no_role_takes_no_step(self, name):
        nobody = make.reporter()
        for asked in (makers.enquiry(), makers.drafted(), makers.cleared(), makers.answered()):
            assert STEPS[name].refusal(asked, nobody)

    def test_everything_is_in_the_history(self):
        asked = makers.answered()

        assert [deed.verb for deed in Record.objects.about(asked)] == [
            "sent the answer", "cleared the answer", "drafted the answer", "took in an enquiry",
        ]  # fmt: skip
