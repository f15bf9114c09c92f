"""The demonstration's press room: two years of it, every number true, and its pages as readers and the office see them."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from demo.folder import FOLDER
from demo.press import briefings
from demo.press.desk import Desk
from portal.accounts.models import User
from portal.editorial.checklist import findings
from portal.editorial.models import Edition
from portal.languages.dates import quarter_of
from portal.mailing.models import Delivery, Mailing
from portal.search.models import Entry
from pressroom.audiences import reached
from pressroom.briefing_facts import When
from pressroom.models import (
    AccreditationRequest,
    Briefing,
    Copy,
    CorrectionRequest,
    Crisis,
    Enquiry,
    ForeignPressRequest,
    Journalist,
    JournalistApplication,
    JournalistRule,
    Number,
    PressAnswer,
    PressRelease,
    Said,
    Spokesperson,
    Statement,
)
from pressroom.rules.duplicates import pairs
from pressroom.views.contacts import current_spokespersons

DAY = timedelta(days=1)
PUBLIC_PAGES = ("landing", "releases", "statements", "briefings", "answers", "spokesperson", "contacts", "channels",
                "media_kit", "authentic", "accreditations")  # fmt: skip


def page(name: str, language: str) -> str:
    with override(language):
        answer = Client().get(reverse(f"pressroom:{name}"))
    assert answer.status_code == 200
    return answer.content.decode()


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.mark.django_db  # one test must ask for a database, or none is made for those that share `portal`
class TestDays:
    @pytest.mark.parametrize("year", [2027, 2028])
    def test_moved_dates_leave_no_quarter_out(self, portal, year):
        """Counted back from the next one on any day of the year, each lies in its own quarter, the held ones behind."""
        for day in (date(year, 1, 1) + number * DAY for number in range(0, 365, 9)):
            desk = Desk(None, None, _Clock(day), {})
            told = list(briefings.in_their_quarters(desk, briefings.read("briefings.toml")))
            days = [fields["day"] for fields in told if fields.get("kind") != "ad_hoc"]
            assert days[0] > day > days[1]
            assert len({When("exact", each).quarter for each in days}) == 8


class TestTexts:
    def test_there_are_twenty_five_releases_most_of_them_in_both_languages(self, portal):
        released = Counter(
            edition.object_id
            for edition in Edition.objects.filter(content_type__model="pressrelease").exclude(state="draft")
        )

        assert len(released) == 25 == len(list((FOLDER / "releases").glob("*.toml")))
        assert sum(1 for languages in released.values() if languages == 2) >= 18

    def test_they_have_come_to_every_state(self, portal):
        states = set(
            Edition.objects.filter(content_type__model="pressrelease").values_list("state", flat=True)
        )

        assert states >= {"published", "withdrawn", "retracted", "scheduled", "embargoed", "in_review"}

    @pytest.mark.parametrize(("kind", "least"), [("pressroom.pressrelease", 24), ("pressroom.statement", 6)])
    def test_numbers_have_no_gap_and_follow_the_hours(self, portal, kind, least):
        years: dict[int, list[Number]] = {}
        for number in Number.objects.filter(series__kind=kind).select_related("series").order_by("number"):
            years.setdefault(number.series.year, []).append(number)

        assert sum(len(numbers) for numbers in years.values()) >= least
        for numbers in years.values():
            assert [number.number for number in numbers] == list(range(1, len(numbers) + 1))
            assert [number.hour for number in numbers] == sorted(number.hour for number in numbers)

    @pytest.mark.parametrize("model", [PressRelease, Statement, Briefing, PressAnswer])
    def test_nothing_stands_against_what_is_published(self, portal, model):
        for item in model._default_manager.originals():
            for edition in item.editions.all():
                if edition.state == "published":
                    with override(edition.language):
                        assert not [each for each in findings(item, edition.language) if each.blocks]

    def test_every_sentence_of_a_statement_has_its_twin(self, portal):
        assert Statement.objects.originals().count() == 6
        for statement in Statement.objects.originals():
            assert len(statement.sentences("vi")) == len(statement.sentences("en")) > 2

    def test_the_ledger_is_one_chain_of_all_that_was_said(self, portal):
        lines = list(Said.objects.order_by("pk"))

        assert [line.previous for line in lines] == ["", *(line.seal for line in lines[:-1])]
        assert {line.deed for line in lines} == {"given_out", "replaced", "withdrawn", "retracted"}

    def test_a_retracted_release_leads_to_the_one_that_replaces_it(self, portal):
        gone = Entry.objects.get(kind="pressroom.pressrelease", status=Entry.Status.GONE, language="en")

        answer = Client().get(gone.url, follow=True)

        assert answer.redirect_chain == [(gone.successor, 301)]
        assert "6.4 per cent" in answer.content.decode()

    def test_releases_were_handed_over_and_their_accounts_are_settled(self, portal):
        sent = Mailing.objects.exclude(lists__slug="bulletin")

        assert sent.count() > 10
        assert {mailing.state for mailing in sent} == {Mailing.State.CLOSED}
        assert not Delivery.objects.exclude(email__endswith=".example").exists()

    def test_of_two_copies_under_embargo_one_was_accepted_and_opened(self, portal):
        opened = {copy.openings.count() > 0: copy.accepted_at for copy in Copy.objects.all()}

        assert Copy.objects.count() == 2
        assert opened[True] is not None
        assert opened[False] is None


class TestBriefings:
    def test_no_quarter_is_without_its_regular_briefing(self, portal):
        regular = Briefing.objects.standing().filter(kind="regular").order_by("of_quarter")
        quarters = [quarter_of(briefing.of_quarter) for briefing in regular]

        assert len(quarters) == 8
        assert [quarter.next for quarter in quarters[:-1]] == quarters[1:]

    def test_the_next_one_is_confirmed_and_full(self, portal):
        (coming,) = Briefing.objects.to_come()

        assert coming.progress == "confirmed"
        assert coming.begins_at > portal
        assert set(coming.attendances.values_list("state", flat=True)) == {"given", "waiting"}
        assert coming.questions.count() == 4

    def test_two_have_a_transcript_somebody_else_has_checked(self, portal):
        with_transcript = [each for each in Briefing.objects.originals() if each.rows("transcript", "vi")]

        assert len(with_transcript) == 2
        for briefing in with_transcript:
            assert set(briefing.transcript_checks.values_list("language", flat=True)) == {"vi", "en"}

    def test_one_was_moved_and_one_was_called_off_with_a_reason(self, portal):
        cancelled = Briefing.objects.originals().get(progress="cancelled")
        moved = [
            each
            for each in Entry.objects.filter(kind="pressroom.briefing", language="en")
            if each.face["facts"]["moves"]
        ]

        assert cancelled.reason_vi
        assert cancelled.reason_en
        assert len(moved) == 1


class TestPeople:
    def test_the_register_knows_every_kind_of_journalist(self, portal):
        known = Journalist.objects.all()

        assert known.count() == 24
        assert set(known.values_list("state", flat=True)) == {"known", "accredited", "lapsed"}
        assert known.running_out(portal.date(), within=30 * DAY).count() == 1
        assert len({journalist.outlet_id for journalist in known}) == 8
        assert len(pairs()) >= 1

    def test_the_press_list_is_filled_by_rule(self, portal):
        assert reached(JournalistRule.objects.get(mailing_list__slug="press")).count() == 24
        assert reached(JournalistRule.objects.get(mailing_list__slug="press-accredited")).count() < 24

    def test_an_application_waits_and_badges_stand_in_every_state(self, portal):
        assert JournalistApplication.objects.waiting().count() == 1
        assert set(AccreditationRequest.objects.values_list("state", flat=True)) == set(
            AccreditationRequest.State.values
        )
        assert set(ForeignPressRequest.objects.values_list("state", flat=True)) == {"arranged", "in_hand"}

    def test_the_spokesperson_was_named_in_time_and_the_delegation_is_over(self, portal):
        assert [card.name.split(" ", 1)[1] for card in current_spokespersons()] == ["Trịnh Uyên Nhi"]
        assert (
            Spokesperson.objects.exclude(matter_vi=None).exclude(matter_vi="").former(portal.date()).count()
            == 1
        )
        assert all(row.named_at - row.assigned_at <= DAY for row in Spokesperson.objects.all())


class TestDesk:
    def test_enquiries_stand_in_several_states_and_one_is_overdue_at_its_unit(self, portal):
        states = Counter(Enquiry.objects.values_list("state", flat=True))

        assert set(states) == {"received", "with_unit", "drafted", "cleared", "answered", "refused"}
        (late,) = Enquiry.objects.overdue(portal)
        assert late.unit_requests.overdue(portal).count() == 1
        assert Enquiry.objects.exclude(published=None).count() == 2

    def test_the_house_spoke_in_time_in_the_crisis(self, portal):
        crisis = Crisis.objects.get()

        assert crisis.first_statement_at < crisis.statement_due_at
        assert isinstance(crisis.statement, Statement)
        assert crisis.records.count() == 7
        assert crisis.tasks.filter(done_at=None).count() == 1
        assert CorrectionRequest.objects.count() == 2

    @pytest.mark.parametrize(
        "name", ["pressroom_desk", "pressroom_pressrelease_changelist", "pressroom_journalist_changelist",
                 "pressroom_enquiry_changelist", "pressroom_briefing_changelist", "pressroom_crisis_changelist"],
    )  # fmt: skip
    @pytest.mark.parametrize("username", ["hoa", "nhi"])
    def test_who_works_in_the_press_room_sees_it(self, portal, name, username):
        assert signed_in(username).get(reverse(f"admin:{name}")).status_code == 200

    def test_a_reporter_does_not(self, portal):
        assert signed_in("phuong").get(reverse("admin:pressroom_desk")).status_code == 403


class TestReaders:
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_the_front_page_shows_what_there_is(self, portal, language):
        shown = page("landing", language)
        (coming,) = Briefing.objects.to_come()

        newest = (
            Entry.objects.listed(portal)
            .filter(section="pressroom", language=language)
            .order_by("-visible_from")
        )
        for kind in ("pressroom.pressrelease", "pressroom.statement"):
            assert newest.filter(kind=kind)[0].url in shown
        assert Entry.objects.about(coming).get(language=language).url in shown
        assert "Trịnh Uyên Nhi" in shown

    @pytest.mark.parametrize("language", ["vi", "en"])
    @pytest.mark.parametrize("name", PUBLIC_PAGES)
    def test_every_page_answers(self, portal, name, language):
        assert page(name, language)

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_nothing_says_that_there_is_a_text_under_embargo(self, portal, language):
        held_back = PressRelease.objects.get(title_en="Report on Vietnamese workers abroad, 2026")

        for name in PUBLIC_PAGES:
            assert getattr(held_back, f"title_{language}") not in page(name, language)


class _Clock:
    """Days that are not moved, at noon of a day."""

    def __init__(self, today: date) -> None:
        self.now = datetime.combine(today, time(5), tzinfo=UTC)

    def day(self, written: date) -> date:
        return written
