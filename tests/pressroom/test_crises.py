"""Crisis dossiers: the clock from the moment of learning, what is written down, and nothing for anybody else's eyes."""

import io

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.duties.models import Limit
from portal.history.models import Record
from pressroom.actions import crises
from pressroom.forms.crises import EnquiriesForm
from pressroom.models import Crisis, CrisisFile
from tests import make
from tests.make import DAY, HOUR, MINUTE, NOON
from tests.pressroom import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings(settings, tmp_path):
    settings.REQUIRE_SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path / "media"


def evidence(crisis: Crisis) -> CrisisFile:
    return crises.keep_file(crisis, ContentFile(b"ghi chu\n", name="ghi-chu.txt"), by=None, now=NOON)


def spoken(crisis: Crisis, at) -> Crisis:
    return crises.made_statement(crisis, at=at, proof="https://portal.example/1", by=None, now=at)


class TestItsEnquiries:
    def test_those_related_already_stay_however_many_have_come_since(self, client):
        crisis = makers.crisis()
        asked = [makers.enquiry(now=NOON + MINUTE * each) for each in range(42)]
        crises.relate(crisis, asked[:2], by=None, now=NOON)

        offered = EnquiriesForm(crisis=crisis).fields["enquiries"].queryset

        assert set(offered) == {*asked[2:], *asked[:2]}


class TestTheClock:
    def test_it_runs_from_the_moment_of_learning_not_of_opening(self):
        assert makers.crisis(learned_at=NOON - 3 * HOUR).statement_due_at == NOON + 21 * HOUR

    def test_it_is_the_laws_of_that_day(self):
        Limit.objects.filter(duty="first-statement").update(amount=12)

        assert makers.crisis().statement_due_at == NOON + 12 * HOUR

    @pytest.mark.parametrize(("at", "late"), [(NOON + DAY, False), (NOON + DAY + MINUTE, True)])
    def test_a_statement_after_it_is_late(self, at, late):
        assert spoken(makers.crisis(), at).is_breached(at) is late

    def test_silence_is_late_when_it_has_run_out(self):
        made = makers.crisis()

        assert not made.is_breached(NOON + DAY)
        assert made.is_breached(NOON + DAY + MINUTE)
        assert list(Crisis.objects.breached(NOON + DAY + MINUTE)) == [made]

    def test_a_statement_wants_its_proof_and_a_possible_moment(self):
        made = makers.crisis()

        for at, proof in ((NOON, " "), (NOON - MINUTE, "…"), (NOON + HOUR, "…")):
            with pytest.raises(Refused):
                crises.made_statement(made, at=at, proof=proof, by=None, now=NOON)

    def test_it_is_entered_once(self):
        made = spoken(makers.crisis(), NOON + HOUR)

        with pytest.raises(Refused):
            spoken(made, NOON + 2 * HOUR)

    def test_nobody_learns_in_the_future(self):
        with pytest.raises(Refused):
            makers.crisis(learned_at=NOON + MINUTE)


class TestTheDossier:
    def test_what_is_written_down_is_in_the_order_of_what_happened(self):
        made = makers.crisis()
        for at, what in ((NOON - HOUR, "second"), (NOON - 2 * HOUR, "first")):
            crises.write_down(made, what, at=at, source="https://bao.example", by=None, now=NOON)

        assert [line.what for line in made.records.all()] == ["first", "second"]

    def test_a_task_is_given_to_nobody_who_may_not_see_the_dossier(self):
        with pytest.raises(Refused):
            crises.give_task(
                makers.crisis(), "Gọi tòa soạn", owner=make.reporter(), due_at=NOON + HOUR, by=None, now=NOON
            )

    def test_it_is_closed_with_its_lesson_when_all_tasks_are_done(self):
        made = makers.crisis()
        task = crises.give_task(
            made, "Gọi tòa soạn", owner=makers.officer(), due_at=NOON + HOUR, by=None, now=NOON
        )

        for lesson in ("Phải trực cuối tuần.", " "):
            with pytest.raises(Refused):
                crises.close(made, lesson, by=None, now=NOON)
        crises.finish_task(task, by=None, now=NOON)
        crises.close(made, "Phải trực cuối tuần.", by=None, now=NOON)

        with pytest.raises(Refused):
            crises.write_down(made, "…", at=NOON, source="…", by=None, now=NOON)

    def test_the_database_wants_the_lesson_too(self):
        makers.crisis()

        with pytest.raises(IntegrityError), transaction.atomic():
            Crisis.objects.update(closed_at=NOON)

    def test_a_page_out_of_date_overwrites_nothing(self):
        made = makers.crisis()
        crises.change(made, {"truth": "Một."}, lock_version=0, by=None, now=NOON)

        with pytest.raises(Refused):
            crises.change(made, {"truth": "Hai."}, lock_version=0, by=None, now=NOON)

    def test_evidence_is_judged_by_its_bytes(self):
        with pytest.raises(Refused):
            crises.keep_file(makers.crisis(), ContentFile(b"MZ\x90\x00", name="anh.jpg"), by=None, now=NOON)


@pytest.fixture
def addresses() -> list[str]:
    """Every address of a dossier."""
    made = makers.crisis(now=timezone.now())
    return [
        reverse("admin:pressroom_crisis_changelist"),
        reverse("admin:pressroom_crisis_add"),
        reverse("admin:pressroom_crisis_change", args=[made.pk]),
        reverse("admin:pressroom_crisis_history", args=[made.pk]),
        reverse("admin:pressroom_crisis_delete", args=[made.pk]),
        reverse("admin:pressroom_crisis_file", args=[made.pk, evidence(made).uuid]),
    ]


class TestWhoSees:
    @pytest.mark.parametrize(
        "role",
        ["reporter", "editor", "translator", "publisher", "duty editor", "approver-vi", "administrator"],
    )
    def test_nobody_else_finds_anything(self, client, addresses, role):
        client.force_login(make.person(role))

        assert {client.get(address).status_code for address in addresses} <= {403, 404}

    def test_nobody_without_an_account_does(self, client, addresses):
        assert all(client.get(address).status_code in {302, 404} for address in addresses)
        assert all("dien-thoai" not in client.get(address).content.decode() for address in addresses)

    @pytest.mark.parametrize("role", ["press officer", "spokesperson", "head of the editorial board"])
    def test_those_who_keep_it_do(self, client, addresses, role):
        client.force_login(make.person(role))

        seen = [client.get(address).status_code for address in addresses]

        assert seen == [200, 200, 200, 200, 403, 200]

    @pytest.mark.parametrize(
        ("role", "seen"), [("duty editor", False), ("head of the editorial board", True)]
    )
    def test_nor_is_it_told_in_the_history_of_deeds(self, client, addresses, role, seen):
        client.force_login(make.person(role))

        page = client.get(reverse("admin:history_record_changelist")).content.decode()

        assert ("Tin đồn về đường dây nóng" in page) is seen
        record = Record.objects.filter(title="Tin đồn về đường dây nóng").first()
        answer = client.get(reverse("admin:history_record_change", args=[record.pk]))
        assert (answer.status_code == 200) is seen

    def test_evidence_is_no_asset_of_the_library(self, client, addresses):
        client.force_login(make.person("editor"))

        assert "ghi-chu" not in client.get(reverse("admin:library_asset_changelist")).content.decode()

    def test_a_file_of_one_dossier_is_not_found_under_another(self, client):
        other = makers.crisis(title="Khác")
        kept = evidence(makers.crisis())
        client.force_login(makers.officer())

        assert (
            client.get(reverse("admin:pressroom_crisis_file", args=[other.pk, kept.uuid])).status_code == 404
        )


class TestThePage:
    @pytest.fixture
    def desk(self, client):
        client.force_login(makers.officer(language="en"))
        return client

    def test_a_dossier_is_opened_kept_and_closed_from_it(self, desk):
        keeper = make.User.objects.get()
        desk.post(
            reverse("admin:pressroom_crisis_add"),
            {"title": "Leak", "severity": 2, "learned_at": "2026-11-20T09:00"},
        )
        made = Crisis.objects.get()
        page = reverse("admin:pressroom_crisis_change", args=[made.pk])

        for said in (
            {
                "do": "record",
                "record-at": "2026-11-20T09:30",
                "record-what": "A post appears.",
                "record-source": "Forum",
            },
            {
                "do": "task",
                "task-what": "Call them",
                "task-owner": keeper.pk,
                "task-due_at": "2026-11-20T11:00",
            },
            {
                "do": "statement",
                "statement-at": "2026-11-20T10:00",
                "statement-proof": "https://portal.example/9",
            },
            {"do": "file", "file-file": io.BytesIO(b"a note\n")},
        ):
            desk.post(page, said)
        shown = desk.get(page).content.decode()

        for words in ("A post appears.", "Call them", "The first statement was made in time."):
            assert words in shown
        desk.post(page, {"do": f"done:{made.tasks.get().pk}"})
        desk.post(page, {"do": "close", "close-lesson": "Watch the forum."})
        assert make.again(made).lesson == "Watch the forum."

    @pytest.mark.parametrize(
        "said", [{}, {"do": "x"}, {"do": "done:x"}, {"do": "done:99999999999999999999"}, {"do": "record"}]
    )
    def test_hostile_posts_end_in_words(self, desk, said):
        page = reverse("admin:pressroom_crisis_change", args=[makers.crisis().pk])

        assert desk.post(page, said).status_code in {200, 404}

    def test_looking_changes_nothing(self, desk):
        made = makers.crisis()
        before, deeds = Crisis.objects.values().get(), Record.objects.count()

        desk.get(reverse("admin:pressroom_crisis_change", args=[made.pk]))

        assert (Crisis.objects.values().get(), Record.objects.count()) == (before, deeds)
