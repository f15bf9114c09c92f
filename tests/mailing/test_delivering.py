"""Every copy ends in a state that says what became of it."""

import quopri
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.refusal import Refused
from portal.editorial import clock
from portal.mailing import conversation, delivering, letters, settling, ways
from portal.mailing.actions import pausing, sending, suppressing
from portal.mailing.composing import STAND_IN, body_of
from portal.mailing.destinations import Recipient
from portal.mailing.models import Delivery, Mailing, Pace, Suppression
from portal.mailing.return_path import return_path, token_of
from tests import make
from tests.make import HOUR, NOON

pytestmark = pytest.mark.django_db
State = Delivery.State


def states(mailing: Mailing) -> dict[str, str]:
    return dict(mailing.deliveries.values_list("email", "state"))


def sent_to(*emails: str, now=NOON) -> Mailing:
    mailing = make.mailing(*emails, now=now)
    return sending.release(mailing, Delivery.Stage.ALL, by=None, now=now)


class TestLetters:
    def test_a_letter_arrives_whole_in_both_its_parts(self, sink, deliver):
        message = make.message(
            subject="Bản tin quý III/2026: việc làm ngoài nước",
            text="Kính gửi Quý vị,\n.dòng bắt đầu bằng dấu chấm\nTrân trọng.",
            html="<p>Kính gửi <b>Quý vị</b></p>",
        )
        letters.queue(
            message, key="k", to="press@cn.embassy.example", name="Tùy viên báo chí, Đại sứ quán", now=NOON
        )

        deliver()

        letter = sink.letters()[0]
        assert letter["Subject"] == "Bản tin quý III/2026: việc làm ngoài nước"
        assert letter["To"].addresses[0].display_name == "Tùy viên báo chí, Đại sứ quán"
        text, html = letter.iter_parts()
        assert text.get_content().splitlines() == [
            "Kính gửi Quý vị,", ".dòng bắt đầu bằng dấu chấm", "Trân trọng.",
        ]  # fmt: skip
        assert html.get_content().strip() == "<p>Kính gửi <b>Quý vị</b></p>"

    def test_no_line_is_longer_than_mail_allows(self, sink, deliver):
        message = make.message(html="<p>" + "Việt Nam " * 20_000 + "</p>")
        letters.queue(message, key="k", to="a@b.example", name="", now=NOON)

        deliver()

        raw = next(sink.folder.glob("*.eml")).read_bytes()
        assert max(len(line) for line in raw.split(b"\r\n")) <= 78

    def test_the_same_key_is_one_letter_however_often_it_is_posted(self, sink, deliver):
        for _ in range(3):
            letters.queue(make.message(), key="seat-offered:7:1", to="a@b.example", name="", now=NOON)
            deliver()

        assert sink.recipients() == ["a@b.example"]

    @pytest.mark.parametrize("words", ["Tiêu đề\r\nBcc: spy@evil.example", "A\nB", "A\x00B", "A\u2028B"])
    def test_nobody_adds_a_header_through_a_name_or_a_subject(self, sink, deliver, words):
        letters.queue(make.message(subject=words), key="k", to="a@b.example", name=words, now=NOON)

        deliver()

        letter = sink.letters()[0]
        assert letter["Bcc"] is None
        assert sink.recipients() == ["a@b.example"]

    @pytest.mark.parametrize(
        "email", ["", "a@b@c.example", "a b@c.example", "a@b.example\r\nRCPT TO:<x@y.example>"]
    )
    def test_what_is_no_address_is_refused_with_a_reason_and_holds_up_nobody(self, sink, deliver, email):
        wrong = letters.queue(make.message(), key="wrong", to=email, name="", now=NOON)
        letters.queue(make.message(), key="right", to="a@b.example", name="", now=NOON)

        deliver()

        wrong.refresh_from_db()
        assert (wrong.state, bool(wrong.reason)) == (State.REFUSED, True)
        assert sink.recipients() == ["a@b.example"]

    def test_two_copies_differ_by_their_readers_own_page_and_by_nothing_else(self, sink, deliver):
        page = f"https://portal.example/vi/thu-tin/{STAND_IN}/"
        mailing = make.mailing(
            "a@b.example", "c@d.example", text=f"Kính gửi Quý vị.\n{page}", html=f'<p><a href="{page}">Ngừng</a></p>',
            list_id="portal",
        )  # fmt: skip
        sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)

        deliver()

        tokens = dict(mailing.deliveries.values_list("email", "token"))
        copies = {
            str(letter).replace("=\n", "").replace(tokens[email], "…").replace(email, "…")
            for letter in sink.letters()
            for email in [letter["To"].addresses[0].addr_spec]
        }
        assert len(sink.letters()) == 2
        assert len(copies) == 1

    def test_a_list_is_named_in_the_head_and_an_ordinary_letter_names_none(self, sink, deliver):
        for list_id in ("portal", ""):
            message = make.message(list_id=list_id)
            letters.queue(message, key=f"k{list_id}", to=f"a{list_id}@b.example", name="", now=NOON)

        deliver()

        ordinary, of_a_list = sorted(sink.letters(), key=lambda letter: "List-Id" in letter)
        assert (of_a_list["List-Id"], of_a_list["Precedence"]) == ("<portal.portal.example>", "bulk")
        assert [name for name, _words in ordinary.items() if name.startswith("List-")] == []

    @pytest.mark.parametrize("width", range(40, 80))
    def test_the_token_stands_in_the_body_wherever_a_line_breaks(self, width):
        words = "x" * width + f"https://portal.example/mail/{STAND_IN}/ …"

        said = quopri.decodestring(body_of(words, "").for_token("f" * 32)).decode()

        assert said.strip() == words.replace(STAND_IN, "f" * 32)


class TestAnswers:
    def test_each_answer_ends_in_its_state(self, sink, deliver):
        mailing = sent_to(
            "ok@a.example", "u550@b.example", "r451@c.example", "d451@d.example", "d554@e.example", "drop@f.example",
        )  # fmt: skip

        deliver()

        assert states(mailing) == {
            "ok@a.example": State.ACCEPTED,
            "u550@b.example": State.REFUSED,
            "r451@c.example": State.QUEUED,
            "d451@d.example": State.QUEUED,
            "d554@e.example": State.REFUSED,
            "drop@f.example": State.UNCERTAIN,
        }

    def test_so_does_each_of_a_server_that_takes_one_command_at_a_time(self, one_at_a_time, sink, deliver):
        mailing = sent_to(
            "ok@a.example", "u550@b.example", "d451@d.example", "fine@e.example", "drop@f.example"
        )

        deliver()

        assert states(mailing) == {
            "ok@a.example": State.ACCEPTED,
            "u550@b.example": State.REFUSED,
            "d451@d.example": State.QUEUED,
            "fine@e.example": State.ACCEPTED,
            "drop@f.example": State.UNCERTAIN,
        }
        assert sink.recipients() == ["ok@a.example", "fine@e.example"]

    @pytest.mark.parametrize("envelopes", ["together", "one at a time"])
    def test_a_connection_that_breaks_before_the_words_leaves_nothing_in_doubt(
        self, deliver, envelopes, request
    ):
        if envelopes == "one at a time":
            request.getfixturevalue("one_at_a_time")
        sink = request.getfixturevalue("sink")
        mailing = sent_to("ok@a.example", "late@b.example", "other@c.example")

        deliver()

        assert states(mailing) == {
            "ok@a.example": State.ACCEPTED,
            "late@b.example": State.QUEUED,
            "other@c.example": State.QUEUED,
        }
        assert sink.recipients() == ["ok@a.example"]

    @pytest.mark.parametrize("before", ["ok@a.example", "d554@a.example", "u550@a.example"])
    def test_a_letter_whose_envelope_has_gone_ahead_can_still_be_recalled(self, sink, before):
        mailing = sent_to(before, "leaves@d.example", "last@e.example")
        claimed = delivering._claim(NOON)
        talk = conversation.Conversation(ways.connect(), lambda: NOON, lambda seconds: None)
        talk.deliver(claimed[0], claimed[1])
        suppressing.suppress("leaves@d.example", cause=Suppression.Cause.ASKED, reason="", by=None, now=NOON)
        talk.deliver(claimed[1], claimed[2])
        talk.deliver(claimed[2])
        talk.end()

        assert [each for each in sink.recipients() if each != before] == ["last@e.example"]
        assert states(mailing)["leaves@d.example"] == State.EXCLUDED

    def test_a_letter_written_ahead_and_left_out_of_the_turn_is_not_sent_with_another_envelope(self, sink):
        sent_to("a@a.example", "skipped@d.example", "last@e.example")
        claimed = delivering._claim(NOON)
        talk = conversation.Conversation(ways.connect(), lambda: NOON, lambda seconds: None)

        talk.deliver(claimed[0], claimed[1])
        talk.deliver(claimed[2])
        talk.end()

        assert sink.recipients() == ["a@a.example", "last@e.example"]
        assert [letter["To"].addresses[0].addr_spec for letter in sink.letters()] == sink.recipients()

    def test_an_uncertain_copy_is_never_sent_again_by_itself(self, sink, deliver):
        mailing = sent_to("drop@f.example")

        for day in range(5):
            deliver(NOON + day * make.DAY)

        assert mailing.deliveries.get().attempts == 0
        assert states(mailing) == {"drop@f.example": State.UNCERTAIN}

    def test_a_temporary_refusal_is_tried_again_by_plan_and_ends_after_the_last(self, sink, deliver):
        mailing = sent_to("r450@c.example")
        moment = NOON

        deliver(moment)
        deliver(moment + timedelta(seconds=59))
        assert mailing.deliveries.get().attempts == 1
        for wait in settling.RETRIES:
            moment += wait
            deliver(moment)

        copy = mailing.deliveries.get()
        assert (copy.state, copy.attempts) == (State.REFUSED, len(settling.RETRIES) + 1)
        assert copy.reply.startswith("450")

    @pytest.mark.parametrize("envelope_or_words", ["r", "d"])
    @pytest.mark.parametrize("code", ["421", "450", "451", "452"])
    def test_whatever_is_refused_for_now_waits_its_first_minute(self, sink, deliver, code, envelope_or_words):
        mailing = sent_to(f"{envelope_or_words}{code}@c.example")

        deliver()

        copy = mailing.deliveries.get()
        assert (copy.state, copy.due_at) == (State.QUEUED, NOON + settling.RETRIES[0])
        assert copy.reply.startswith(code)
        assert Pace.objects.filter(domain="c.example", next_at__gt=NOON).exists() is (code == "421")
        assert not Suppression.objects.exists()

    def test_an_address_that_does_not_exist_is_left_alone_from_now_on(self, sink, deliver):
        sent_to("u550@b.example")

        deliver()

        again = letters.queue(make.message(), key="later", to="U550@b.example", name="", now=NOON)
        assert Suppression.objects.standing().get().email == "u550@b.example"
        assert again.state == State.EXCLUDED

    def test_a_refusal_for_our_reputation_suppresses_nobody_and_lets_the_domain_rest(self, sink, deliver):
        mailing = sent_to("r551@g.example", "ok@g.example", "ok@h.example")

        deliver()
        deliver()

        assert not Suppression.objects.exists()
        assert Pace.objects.get(domain="g.example").next_at == NOON + HOUR
        assert states(mailing)["ok@h.example"] == State.ACCEPTED

    def test_a_server_that_is_away_loses_nothing(self, sink, deliver, settings):
        mailing = sent_to("a@b.example")
        settings.EMAIL_PORT, there = 1, settings.EMAIL_PORT

        deliver()
        assert states(mailing) == {"a@b.example": State.QUEUED}
        settings.EMAIL_PORT = there
        deliver(NOON + timedelta(minutes=1))

        assert states(mailing) == {"a@b.example": State.ACCEPTED}


class TestPace:
    def test_one_domain_is_not_hurried_and_another_does_not_wait_for_it(self, sink, deliver, settings):
        settings.MAIL_PER_MINUTE_AND_DOMAIN = 1
        mailing = sent_to("a@slow.example", "b@slow.example", "c@other.example")

        deliver()
        assert sorted(sink.recipients()) == ["a@slow.example", "c@other.example"]
        deliver(NOON + timedelta(minutes=1))

        assert set(states(mailing).values()) == {State.ACCEPTED}

    def test_nor_is_our_own_server_hurried_whoever_is_written_to(self, sink, deliver, settings):
        settings.MAIL_PER_MINUTE = 1
        sent_to("a@one.example", "b@two.example", "c@three.example")

        deliver()
        assert len(sink.recipients()) == 1
        deliver(NOON + timedelta(minutes=1))

        assert len(sink.recipients()) == 2

    def test_a_restart_forgets_no_pace(self, sink, deliver, settings):
        settings.MAIL_PER_MINUTE_AND_DOMAIN = 1
        sent_to("a@slow.example")
        deliver()
        sent_to("b@slow.example")

        deliver(NOON + timedelta(seconds=30))

        assert sink.recipients() == ["a@slow.example"]


class TestMailing:
    def test_its_composer_may_not_approve_it(self):
        composer = make.publisher()
        mailing = sending.compose("Bản tin", make.message(), by=composer, now=NOON)
        mailing.staff_first = "a@b.example"
        mailing.save()

        with pytest.raises(Refused, match="người khác duyệt"):
            sending.approve(mailing, by=composer, now=NOON)

    def test_an_empty_list_is_refused(self):
        mailing = sending.compose("Bản tin", make.message(), by=None, now=NOON)

        with pytest.raises(Refused, match="trống"):
            sending.approve(mailing, by=make.publisher(), now=NOON)

    def test_an_address_on_three_lists_gets_one_copy(self, sink, deliver):
        mailing = sent_to("a@b.example", "A@b.example", "a@B.example ")

        deliver()

        assert (mailing.candidates, sink.recipients()) == (1, ["a@b.example"])

    def test_nothing_goes_before_its_stage_is_released(self, sink, deliver):
        mailing = make.mailing(
            Recipient("staff@portal.example", stage=Delivery.Stage.OWN_STAFF),
            Recipient("friend@b.example", stage=Delivery.Stage.A_FEW),
            "all@c.example",
        )
        deliver()
        assert sink.recipients() == []

        sending.release(mailing, Delivery.Stage.OWN_STAFF, by=None, now=NOON)
        deliver()
        assert sink.recipients() == ["staff@portal.example"]
        sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)
        deliver()

        assert sorted(sink.recipients()) == ["all@c.example", "friend@b.example", "staff@portal.example"]

    def test_a_paused_mailing_sends_nothing_until_it_goes_on(self, sink, deliver):
        mailing = sent_to("a@b.example")
        pausing.pause(mailing, by=make.publisher(), now=NOON)
        deliver()
        assert sink.recipients() == []

        pausing.resume(mailing, by=make.publisher(), now=NOON)
        deliver()

        assert sink.recipients() == ["a@b.example"]

    def test_a_pause_stops_a_worker_that_has_claimed_already(self, sink):
        mailing = sent_to("a@b.example", "c@d.example")
        claimed = delivering._claim(NOON)
        talk = conversation.Conversation(ways.connect(), lambda: NOON, lambda seconds: None)
        talk.deliver(claimed[0])
        pausing.pause(mailing, by=make.publisher(), now=NOON)
        talk.deliver(claimed[1])
        talk.end()

        assert sink.recipients() == ["a@b.example"]

    def test_a_recipient_who_leaves_while_it_runs_gets_nothing(self, sink):
        sent_to("a@b.example", "leaves@d.example")
        claimed = delivering._claim(NOON)
        talk = conversation.Conversation(ways.connect(), lambda: NOON, lambda seconds: None)
        talk.deliver(claimed[0])
        suppressing.suppress("leaves@d.example", cause=Suppression.Cause.ASKED, reason="", by=None, now=NOON)
        talk.deliver(claimed[1])
        talk.end()

        assert sink.recipients() == ["a@b.example"]

    def test_a_cancelled_mailing_recalls_what_has_not_gone_and_its_ledger_balances(self, sink, deliver):
        mailing = make.mailing(
            Recipient("staff@portal.example", stage=Delivery.Stage.OWN_STAFF), "all@c.example"
        )
        sending.release(mailing, Delivery.Stage.OWN_STAFF, by=None, now=NOON)
        deliver()
        pausing.cancel(mailing, by=make.publisher(), now=NOON, why="sai số liệu")

        closed = sending.close(mailing, by=None, now=NOON)

        assert closed.state == Mailing.State.CLOSED
        assert states(mailing) == {"staff@portal.example": State.ACCEPTED, "all@c.example": State.EXCLUDED}

    def test_it_cannot_be_closed_while_a_copy_is_on_its_way(self):
        mailing = sent_to("a@b.example")

        with pytest.raises(Refused):
            sending.close(mailing, by=None, now=NOON)

    def test_nor_when_a_copy_has_disappeared_from_its_account(self, sink, deliver):
        mailing = sent_to("a@b.example", "lost@d.example")
        deliver()
        mailing.deliveries.get(email="lost@d.example").delete()

        with pytest.raises(Refused, match="không cân"):
            sending.close(mailing, by=None, now=NOON)

    def test_the_database_itself_wants_a_second_person(self):
        both = make.publisher()
        mailing = sending.compose("Bản tin", make.message(), by=both, now=NOON)

        with pytest.raises(IntegrityError), transaction.atomic():
            Mailing.objects.filter(pk=mailing.pk).update(approved_by=both)

    def test_a_run_of_errors_pauses_it(self, sink, deliver):
        mailing = sent_to(
            *[f"d554-{number}@n{number}.example" for number in range(pausing.RUN_OF_ERRORS + 5)]
        )

        deliver()

        mailing.refresh_from_db()
        assert (mailing.state, bool(mailing.reason)) == (Mailing.State.PAUSED, True)
        assert list(states(mailing).values()).count(State.QUEUED) == 5

    def test_a_scheduled_one_starts_at_its_hour(self, sink, deliver):
        mailing = make.mailing("a@b.example")
        Mailing.objects.filter(pk=mailing.pk).update(send_at=NOON)

        assert sending.send_due(NOON - timedelta(seconds=1)) == 0
        assert sending.send_due(NOON) == 1
        deliver()

        assert sink.recipients() == ["a@b.example"]

    def test_a_beat_that_found_it_due_starts_nothing_that_is_not_due_any_more(self):
        Mailing.objects.filter(pk=make.mailing("a@b.example").pk).update(send_at=NOON)
        found = Mailing.objects.due(NOON).get()
        Mailing.objects.update(send_at=None)

        assert not sending._start(found, NOON)

        assert Mailing.objects.get().state == Mailing.State.APPROVED

    def test_one_found_long_after_its_hour_waits_for_a_person(self):
        mailing = make.mailing("a@b.example")
        Mailing.objects.filter(pk=mailing.pk).update(send_at=NOON)

        assert sending.send_due(NOON + HOUR + timedelta(seconds=1)) == 0

        mailing.refresh_from_db()
        assert (mailing.state, mailing.send_at) == (Mailing.State.APPROVED, None)
        assert mailing.reason


class TestUncertain:
    def test_a_person_may_say_it_arrived(self, sink, deliver):
        mailing = sent_to("drop@f.example")
        deliver()

        sending.decide(mailing.deliveries.get(), arrived=True, by=make.publisher(), now=NOON)

        assert sending.close(mailing, by=None, now=NOON).state == Mailing.State.CLOSED

    def test_or_send_it_again_under_the_same_message_id(self, sink, deliver):
        mailing = sent_to("drop@f.example")
        deliver()
        copy = mailing.deliveries.get()
        sending.decide(copy, arrived=False, by=make.publisher(), now=NOON)
        Delivery.objects.filter(pk=copy.pk).update(email="found@f.example")

        deliver()

        assert sink.book()[0][1] == copy.token


class TestReturnPath:
    def test_it_leads_back_to_its_delivery(self):
        assert token_of(return_path("ab" * 16)) == "ab" * 16

    @pytest.mark.parametrize("forged", [
        "bounce+" + "ab" * 16 + "-" + "0" * 16 + "@portal.example", "bounce+x@portal.example", "", "a@b",
    ])  # fmt: skip
    def test_a_forged_one_leads_nowhere(self, forged):
        assert token_of(forged) is None


def test_the_clock_and_the_mail_share_a_connection(sink, deliver):
    """A worker does both: what one has prepared in the database is not the other's to forget."""
    for round_of_both in range(2):
        mailing = make.mailing("a@laos.example", "b@laos.example", subject=f"Bản tin {round_of_both}")
        sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)
        deliver()
        clock.run(NOON)

        assert set(mailing.deliveries.values_list("state", flat=True)) == {"accepted"}
