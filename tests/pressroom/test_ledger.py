"""What was said stays said: one sealed chain, signed; and whether a text is ours is told word by word."""

import json
import os
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.editorial import effects
from portal.editorial.actions import take_step
from portal.history import signatures
from pressroom import authenticity, wording
from pressroom.authenticity import Answer
from pressroom.models import Said
from tests import make
from tests.make import DAY, HOUR, MINUTE
from tests.pressroom import releases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ours(settings, tmp_path):
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", tmp_path / "signing.key"
    make.identity()
    releases.patterns()


def do():
    effects.do_waiting(timezone.now() + MINUTE)


def said(item, language: str = "vi") -> list[str]:
    lines = Said.objects.filter(object_id=item.pk, language=language).order_by("pk")
    return list(lines.values_list("deed", flat=True))


def withdrawn_and_reinstated(item):
    take_step(make.again(item), "withdraw", language="vi", by=None, now=timezone.now(), note="Sai.")
    take_step(make.again(item), "reinstate", language="vi", by=None, now=timezone.now())
    take_step(make.again(item), "approve", language="vi", by=None, now=timezone.now())
    take_step(make.again(item), "publish", language="vi", by=None, now=timezone.now())


@pytest.fixture
def statement():
    item = make.published(releases.statement(), "vi", "en")
    do()
    return item


class TestTheChain:
    def test_a_statement_is_entered_in_each_language_with_its_number(self, statement):
        lines = Said.objects.order_by("pk")

        assert [(line.language, line.deed, line.number) for line in lines] == [
            ("vi", "given_out", "01/PN-BLĐTBXH"), ("en", "given_out", "01/PN-BLĐTBXH"),
        ]  # fmt: skip

    def test_what_is_changed_and_taken_down_is_added_and_the_old_text_stays(self, statement):
        releases.changed(statement, text_said_vi="Một câu khác.\nHai.\nBa.")
        do()
        take_step(make.again(statement), "withdraw", language="vi", by=None, now=timezone.now(), note="Sai.")
        do()

        assert said(statement) == ["given_out", "replaced", "withdrawn"]
        assert (
            Said.objects.filter(language="vi")
            .earliest("pk")
            .text.startswith("Chúng tôi theo dõi sát vụ việc.")
        )

    def test_an_effect_done_twice_enters_once(self, statement):
        effects.Effect.objects.filter(name="enter_in_ledger").update(done_at=None)
        do()

        assert said(statement) == ["given_out"]

    def test_a_worker_that_comes_late_enters_each_text_as_it_was(self):
        item = make.published(releases.statement(), "vi")
        releases.changed(item, text_said_vi="Một câu khác.\nHai.\nBa.")
        take_step(make.again(item), "retract", language="vi", by=None, now=timezone.now(), note="Sai.")
        do()

        first, second, last = Said.objects.filter(object_id=item.pk).order_by("pk")
        assert [(line.deed, line.text[:13]) for line in (first, second, last)] == [
            ("given_out", "Chúng tôi the"), ("replaced", "Một câu khác."), ("retracted", ""),
        ]  # fmt: skip
        assert first.version < second.version == last.version

    def test_a_line_that_failed_is_entered_before_those_that_follow_it(self):
        item = make.published(releases.statement(), "vi")
        effects.Effect.objects.filter(name="enter_in_ledger").update(due_at=timezone.now() + DAY)
        take_step(make.again(item), "withdraw", language="vi", by=None, now=timezone.now(), note="Sai.")
        do()
        effects.do_waiting(timezone.now() + 2 * DAY)

        assert said(item) == ["given_out", "withdrawn"]

    def test_what_was_withdrawn_before_the_clock_came_by_was_given_out_at_its_hour(self):
        now = timezone.now()
        item = make.scheduled(releases.statement(now=now - HOUR), at=now - MINUTE, now=now - HOUR)
        take_step(make.again(item), "withdraw", language="vi", by=None, now=now, note="Sai.")
        do()

        assert said(item) == ["given_out", "withdrawn"]
        assert Said.objects.earliest("pk").at == now - MINUTE
        assert authenticity.judge("Mọi người lao động được bảo vệ.").current.deed == "withdrawn"

    def test_what_is_retracted_after_it_was_withdrawn_was_not_given_out_again(self, statement):
        for step in ("withdraw", "retract"):
            take_step(make.again(statement), step, language="vi", by=None, now=timezone.now(), note="Sai.")
        do()

        assert said(statement) == ["given_out", "withdrawn", "retracted"]

    def test_what_is_reinstated_is_given_out_again_and_may_be_withdrawn_again(self, statement):
        withdrawn_and_reinstated(statement)
        do()

        assert said(statement) == ["given_out", "withdrawn", "given_out"]
        assert authenticity.judge("\n".join(statement.sentences("vi"))).current.deed == "given_out"

        take_step(make.again(statement), "withdraw", language="vi", by=None, now=timezone.now(), note="Sai.")
        do()
        assert said(statement)[3:] == ["withdrawn"]

    def test_a_step_is_entered_once(self, statement):
        line = Said.objects.latest("pk")
        line.pk, line.previous, line.seal = None, "1" * 64, "0" * 64

        with pytest.raises(IntegrityError), transaction.atomic():
            line.save(force_insert=True)

    def test_each_line_seals_the_one_before(self, statement):
        make.published(releases.release())
        do()
        lines = list(Said.objects.order_by("pk"))

        assert [line.previous for line in lines] == ["", *(line.seal for line in lines[:-1])]

    def test_the_chain_has_one_end(self, statement):
        line = Said.objects.latest("pk")
        line.pk, line.version, line.seal = None, 99, "0" * 64

        with pytest.raises(IntegrityError), transaction.atomic():
            line.save(force_insert=True)

    def test_anybody_can_check_a_signature_with_the_published_key_alone(self, client, statement):
        answer = json.loads(client.get(f"/vi/bao-chi/phat-ngon/{statement.pk}.json").content)
        (line,) = answer["lines"]

        canonical = json.dumps(line["said"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert sha256(canonical.encode()).hexdigest() == line["seal"]
        key = Ed25519PublicKey.from_public_bytes(b64decode(answer["public_key"]))
        key.verify(b64decode(line["signature"]), line["seal"].encode())

    def test_before_its_hour_the_signed_text_is_not_there(self, client):
        item = make.scheduled(
            releases.statement(now=timezone.now()), at=timezone.now() + MINUTE, now=timezone.now()
        )

        assert client.get(f"/vi/bao-chi/phat-ngon/{item.pk}.json").status_code == 404

    def test_the_key_is_made_once_and_readable_by_its_owner_alone(self, statement, settings):
        assert settings.SIGNING_KEY_FILE.stat().st_mode & 0o777 == 0o600
        assert len(settings.SIGNING_KEY_FILE.read_bytes()) == 32


class TestTheKey:
    def test_what_a_killed_process_left_behind_stands_in_nobodys_way(self, settings):
        for left in ("signing.key.tmp", f"signing.{os.getpid()}", "signing.abc"):
            settings.SIGNING_KEY_FILE.with_name(left).write_bytes(b"half")

        assert signatures.is_ours(b"x", signatures.sign(b"x"))

    def test_two_processes_that_make_it_at_once_have_the_same(self, tmp_path):
        file = tmp_path / "kept" / "signing.key"
        with ThreadPoolExecutor(8) as pool:
            made = set(pool.map(lambda _each: signatures._kept(file), range(8)))

        assert len(made) == 1
        assert list(file.parent.iterdir()) == [file]


class TestIsItOurs:
    @pytest.mark.parametrize(
        "pasted",
        [
            "Chúng tôi theo dõi sát vụ việc. Mọi người lao động được bảo vệ. Chúng tôi sẽ thông tin tiếp.",
            "“CHÚNG TÔI theo dõi  sát vụ việc; mọi người lao động được bảo vệ – chúng tôi sẽ thông tin tiếp!”",
            "Chu\u0301ng tôi theo dõi sát vụ việc.\n\nMọi người lao động được bảo vệ.\nChúng tôi sẽ thông tin tiếp.",
        ],
    )
    def test_the_same_words_are_ours_whatever_the_typing(self, statement, pasted):
        verdict = authenticity.judge(pasted)

        assert (verdict.answer, verdict.said.object_id) == (Answer.SAME, statement.pk)

    def test_accents_are_words(self, statement):
        pasted = (
            "Chung toi theo doi sat vu viec. Moi nguoi lao dong duoc bao ve. Chung toi se thong tin tiep."
        )

        assert authenticity.judge(pasted).answer is not Answer.SAME

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Tăng 5% so với năm ngoái.", "Tăng 5‰ so với năm ngoái."), ("Tăng 5%.", "Tăng 5."),
            ("Trị giá $5 triệu.", "Trị giá €5 triệu."), ("Tăng trưởng 5%.", "Tăng trưởng −5%."),
            ("Nhiệt độ -3 độ.", "Nhiệt độ 3 độ."), ("Trị giá 1.500 đồng", "Trị giá 1,500 đồng"),
            ("1/2 số lao động", "1-2 số lao động"), ("C", "C++"), ("Mức 5 < 6", "Mức 5 > 6"),
        ],
    )  # fmt: skip
    def test_signs_and_symbols_are_words(self, one, other):
        assert wording.key(one) != wording.key(other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Tăng 5 % – mức cao", "Tăng 5%, mức cao."), ("Nhiệt độ −3", "Nhiệt độ -3"),
            ("- 3 người", "3 người"), ("COVID‑19", "Covid-19"), ("giai đoạn 2021–2025", "giai đoạn 2021-2025"),
        ],
    )  # fmt: skip
    def test_dashes_and_spaces_are_not(self, one, other):
        assert wording.key(one) == wording.key(other)

    def test_a_single_sentence_is_found(self, statement):
        verdict = authenticity.judge("Mọi người lao động được bảo vệ.")

        assert (verdict.answer, verdict.sentences[0].ours.number) == (Answer.EACH_SENTENCE, 2)

    def test_a_changed_word_is_shown(self, statement):
        verdict = authenticity.judge("Mọi người lao động không được bảo vệ.")

        (compared,) = verdict.sentences
        assert verdict.answer is Answer.NEAR
        assert [piece.text.strip() for piece in compared.pieces if piece.kind == "added"] == ["không"]

    def test_a_foreign_sentence_among_ours_is_told(self, statement):
        verdict = authenticity.judge(
            "Mọi người lao động được bảo vệ. Giá vàng hôm nay tăng mạnh ở nhiều thành phố lớn."
        )

        assert verdict.answer is Answer.NEAR
        assert [each.ours is not None for each in verdict.sentences] == [True, False]

    def test_what_we_never_said_is_not_ours(self, statement):
        assert authenticity.judge("Giá vàng hôm nay tăng mạnh ở nhiều thành phố lớn.").answer is Answer.NONE

    def test_a_text_changed_since_is_told(self, statement):
        releases.changed(statement, text_said_vi="Một câu khác.\nHai.\nBa.")
        do()

        verdict = authenticity.judge(
            "Chúng tôi theo dõi sát vụ việc. Mọi người lao động được bảo vệ. Chúng tôi sẽ thông tin tiếp."
        )

        assert verdict.answer is Answer.SAME
        assert verdict.current.deed == "replaced"

    @pytest.mark.parametrize(
        "pasted", ["", "   ", "…!?", "\u200b\u200d", "'; DROP TABLE --", "<script>alert(1)</script>"]
    )
    def test_nothing_and_tricks_are_not_ours(self, statement, pasted):
        assert authenticity.judge(pasted).answer is Answer.NONE

    def test_it_asks_the_same_however_long_the_ledger_is(self, statement, django_assert_max_num_queries):
        pasted = "Mọi người lao động không được bảo vệ. Chúng tôi theo dõi sát vụ việc. Một câu lạ."
        for _each in range(15):
            make.published(releases.release())
        do()

        with django_assert_max_num_queries(6):
            authenticity.judge(pasted)

    def test_the_page_answers_in_words_and_keeps_nothing(self, client, statement):
        answer = client.post("/vi/bao-chi/xac-thuc/", {"text": "Mọi người lao động không được bảo vệ."})

        page = answer.content.decode()
        assert "<ins>không" in page
        assert "no-store" in answer.headers["Cache-Control"]

    def test_a_very_long_text_is_cut_and_says_so(self, client, statement):
        answer = client.post("/vi/bao-chi/xac-thuc/", {"text": "Một câu lạ không ai nói. " * 3000})

        assert answer.status_code == 200
        assert "chỉ phần đầu" in answer.content.decode()


def test_sentences_end_where_a_reader_ends_them():
    assert wording.sentences("Ông nói: “Tốt.” Rồi đi. Năm 2026 có 1.300 người.\nĐoạn hai!") == [
        "Ông nói: “Tốt.”", "Rồi đi.", "Năm 2026 có 1.300 người.", "Đoạn hai!",
    ]  # fmt: skip
