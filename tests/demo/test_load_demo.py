"""The demonstration: what an empty portal holds after loading. It is loaded once for those who read it."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from demo import loading
from demo.days import days_for
from demo.folder import pieces
from demo.people import PASSWORD, sign_ins
from news.models import Article, Category
from portal.accounts.models import Unit, User
from portal.directory.models import Organisation, Post
from portal.editorial import translations
from portal.editorial.contributors import writers
from portal.editorial.models import Edition, Effect, Notice
from portal.history.models import Record, Version
from portal.languages.dates import ICT, vietnamese_day
from portal.library.models import Asset, Placement
from portal.search.models import Entry, Topic
from portal.web.models import MenuItem, SiteIdentity
from tests import make
from training.models import Event, HeadCount, Permit
from training.rules.doors import doors_of
from training.rules.seats import Hall

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEWEST = datetime(2026, 11, 21, 10, 0, tzinfo=ICT)  # the last publication the folder names


def article(key: str) -> Article:
    title = next(piece.words("vi")["title"] for piece in pieces() if piece.key == key)
    return Article.objects.originals().get(title_vi=title)


def page_of(key: str, language: str = "vi"):
    return Client().get(Entry.objects.about(article(key)).get(language=language).url)


class TestDays:
    def test_dates_stay_as_written_while_they_are_fresh(self):
        assert days_for(pieces(), NEWEST + 2 * DAY).shift == timedelta(0)

    def test_stale_dates_are_moved_by_whole_days_until_the_newest_is_of_today(self):
        days = days_for(pieces(), NEWEST + 400 * DAY + HOUR)

        assert days.shift == 400 * DAY
        assert days.moment("2026-11-21T10:00") == NEWEST + 400 * DAY

    def test_the_newest_is_of_yesterday_while_its_hour_has_not_come_today(self):
        assert days_for(pieces(), NEWEST + 400 * DAY - HOUR).shift == 399 * DAY

    def test_nothing_has_happened_in_the_future_where_the_clock_is_behind(self):
        now = NEWEST - 30 * DAY - HOUR

        days = days_for(pieces(), now)

        assert days.shift == -31 * DAY
        assert days.moment("2026-11-21T10:00") <= now

    def test_a_distance_counts_from_now(self):
        assert days_for(pieces(), NEWEST).moment("+2h") == NEWEST + 2 * HOUR


@pytest.mark.django_db
class TestCommand:
    def test_nothing_is_loaded_where_somebody_has_an_account(self):
        make.person(username="first")

        call_command("load_demo", stdout=StringIO())

        assert User.objects.count() == 1
        assert not Article.objects.exists()

    def test_no_sign_ins_are_told_of_a_portal_without_the_demonstration(self):
        out = StringIO()
        make.person(username="phuong", full_name="Lý Bích Phượng")

        call_command("load_demo", sign_ins=True, stdout=out)

        assert out.getvalue() == ""

    @pytest.mark.parametrize("options", [{}, {"sign_ins": True}])
    def test_production_is_left_alone(self, settings, options):
        settings.PRODUCTION = True

        with pytest.raises(CommandError):
            call_command("load_demo", **options)

        assert not User.objects.exists()

    def test_loading_itself_refuses_production(self, settings):
        settings.PRODUCTION = True

        with pytest.raises(loading.Refused):
            loading.load(make.NOON)

    def test_what_cannot_be_loaded_whole_leaves_nothing(self, monkeypatch, tmp_path, settings):
        settings.MEDIA_ROOT = tmp_path
        # A folder without its pictures.
        monkeypatch.setattr("demo.pictures.FOLDER", tmp_path)

        with pytest.raises(CommandError):
            call_command("load_demo", stdout=StringIO())

        assert not User.objects.exists()
        assert not SiteIdentity.objects.exists()


class TestLoaded:
    def test_every_text_stands_in_the_state_its_file_names(self, portal):
        wanted = {
            (piece.key, language): piece.state(language) for piece in pieces() for language in piece.languages
        }

        found = {(key, language): make.state(article(key), language) for key, language in wanted}

        assert found == wanted

    def test_the_directory_is_filled_and_nobody_in_it_can_be_reached(self, portal):
        posts = Post.objects.reachable().with_current_address()

        assert len(posts) == 69
        assert {post.organisation.kind for post in posts} == set(Organisation.Kind)
        assert all(post.current_address.email.endswith(".example") for post in posts)

    def test_a_second_time_changes_nothing(self, portal):
        before = (Article.objects.count(), Record.objects.count(), Asset.objects.count())

        assert loading.load(portal) is None

        assert (Article.objects.count(), Record.objects.count(), Asset.objects.count()) == before

    def test_every_text_was_approved_by_somebody_who_had_no_hand_in_it(self, portal):
        approved = Edition.objects.exclude(approved_by=None)

        assert approved.count() > 40
        assert not [
            edition
            for edition in approved
            if edition.approved_by_id in writers(edition.thing, edition.language)
        ]

    def test_the_history_is_written_in_its_order_and_ends_now(self, portal):
        deeds = Record.objects.filter(content_type__model="article").order_by("pk")
        moments = [deed.at for deed in deeds]

        assert moments == sorted(moments)
        assert moments[-1] <= portal

    def test_nothing_waits_to_be_done_and_nothing_has_failed(self, portal):
        assert not Effect.objects.filter(done_at=None).exists()
        assert not Edition.objects.exclude(failure="").exists()

    def test_the_urgent_warning_still_owes_its_review(self, portal):
        waiting = Edition.objects.awaiting_review_afterwards()

        assert [(edition.thing, edition.urgent_by.username) for edition in waiting] == [
            (article("recruitment-warning"), "an")
        ]

    def test_a_correction_names_the_error_and_keeps_the_text_as_it_was(self, portal):
        entry = Entry.objects.about(article("social-insurance-year")).get(language="vi")

        change = entry.changes[-1]

        replaced = Version.objects.about(article("social-insurance-year")).get(number=change["replaces"])
        assert change["kind"] == "correction"
        assert "<td>70</td>" in replaced.content["vi"]["body"]
        assert "<td>70</td>" not in entry.face["body"]

    def test_an_update_is_told_in_both_languages(self, portal):
        entries = Entry.objects.about(article("press-briefing-q3"))

        assert [entry.changes[-1]["kind"] for entry in entries] == ["update", "update"]

    def test_an_update_of_the_vietnamese_alone_is_told_to_its_readers(self, portal):
        entries = Entry.objects.about(article("japan-skill-employment"))

        (change,) = entries.get(language="vi").changes
        assert [change["kind"], entries.get(language="en").changes] == ["update", []]
        assert "31/12/2026" in change["note"]
        assert change["note"] in page_of("japan-skill-employment").content.decode()

    def test_a_correction_of_both_languages_leaves_the_translation_current(self, portal):
        assert translations.truth(article("social-insurance-year"), "en") == "current"

    def test_the_translation_made_from_an_earlier_text_is_known_to_be_out_of_date(self, portal):
        item = article("japan-skill-employment")

        assert translations.truth(item, "en") == "outdated"
        assert set(translations.changed_source(item, "en")) == {"standfirst", "body"}
        assert Entry.objects.about(item).get(language="en").translation["outdated"] is True

    def test_a_working_copy_stands_open_while_readers_see_the_old_headline(self, portal):
        original = article("safe-migration-centres")

        assert original.working_copy.title_vi.startswith("Tám văn phòng")
        assert make.state(original.working_copy) == "draft"
        assert Entry.objects.about(original).get(language="vi").title.startswith("Sáu văn phòng")

    def test_a_returned_draft_waits_for_its_writer_with_the_note(self, portal):
        item = article("elderly-care")

        notice = Notice.objects.get(object_id=item.pk, verb="return")

        assert (notice.to, notice.read_at) == (item.created_by, None)
        assert notice.note == item.edition("vi").returned_note != ""

    def test_old_notices_have_been_read(self, portal):
        unread = Notice.objects.filter(read_at=None).exclude(verb="return")

        assert unread.exists()
        assert not unread.filter(at__lt=portal - 2 * DAY).exists()

    def test_both_languages_of_the_call_appear_at_the_same_second(self, portal):
        entries = Entry.objects.about(article("migrants-day"))
        hour = entries[0].visible_from

        assert article("migrants-day").released_together
        assert portal + HOUR < hour <= portal + 2 * HOUR
        assert entries.begun(hour - timedelta(seconds=1)).count() == 0
        assert entries.begun(hour).count() == 2

    def test_pictures_are_described_in_both_languages(self, portal):
        pictures = Asset.objects.images()

        assert pictures.count() == 22
        assert not [
            picture for picture in pictures if not (picture.alt_vi and picture.alt_en and picture.caption_en)
        ]

    @pytest.mark.parametrize(
        "model", [Article, Asset, Category, MenuItem, Placement, SiteIdentity, Topic, Unit]
    )
    def test_every_text_fits_its_column(self, portal, model):
        rows = model.objects.all()

        assert rows.exists()
        for row in rows:
            row.clean_fields()

    def test_the_notice_that_this_is_a_demonstration_stands_at_the_foot(self, portal):
        assert "minh họa" in SiteIdentity.objects.get().licence_vi
        assert "illustrative" in SiteIdentity.objects.get().licence_en


class TestTraining:
    def test_the_record_of_2015_to_2017_keeps_its_figures_with_their_words(self, portal):
        said = HeadCount.objects.filter(event__ends_on__year__lte=2017).values_list("number", "qualifier")

        assert sorted(said) == [(70, ""), (100, "nearly"), (100, "over"), (150, "nearly"), (350, "about")]

    def test_two_events_are_open_to_register_for_and_one_of_them_is_full(self, portal):
        coming = Event.objects.to_come(vietnamese_day(portal))

        assert sorted(door.state for door in doors_of(list(coming), portal).values()) == ["full", "open"]

    def test_nobody_has_more_seats_than_there_are_and_somebody_waits(self, portal):
        course = Event.objects.to_come(vietnamese_day(portal)).first()

        assert Hall.of(course, portal).is_sound
        assert list(course.registrations.waiting())

    def test_the_seminar_with_a_foreign_element_has_its_permit(self, portal):
        permit = Permit.objects.get(event__has_foreign_element=True)

        assert (permit.state, bool(permit.number)) == (Permit.State.GRANTED, True)


class TestReaders:
    def test_every_address_of_the_menus_answers(self, portal):
        items = SiteIdentity.objects.get().menu_items.all()
        addresses = [path for item in items for path in (item.path_vi, item.path_en)]

        answers = {path: Client().get(path, follow=True).status_code for path in addresses}

        assert len(answers) == 32
        assert set(answers.values()) == {200}

    def test_every_published_page_answers(self, portal):
        entries = Entry.objects.listed(portal)

        assert entries.count() > 35
        assert {Client().get(entry.url).status_code for entry in entries} == {200}

    def test_a_withdrawn_page_is_readable_under_its_notice_and_in_no_list(self, portal):
        page = page_of("job-fair")

        assert page.status_code == 200
        assert article("job-fair").edition("vi").explanation[:40] in page.content.decode()
        assert not Entry.objects.about(article("job-fair")).listed(portal).exists()

    def test_a_retracted_page_is_gone(self, portal):
        assert page_of("scholarship-notice").status_code == 410

    def test_pictures_are_served_before_any_worker_has_made_them(self, portal):
        cover = article("eps-ten-years").placements.get(role="cover").asset

        answer = Client().get(f"/files/{cover.uuid}/640.webp")

        assert cover.renditions_made_at is None
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")

    def test_a_picture_of_an_unpublished_text_is_nobodys(self, portal):
        attached = article("foreign-information-training").placements.get(role="attachment").asset
        unpublished = article("migrants-day").placements.get(role="cover").asset

        assert Client().get(attached.get_absolute_url()).status_code == 200
        assert Client().get(unpublished.get_absolute_url()).status_code == 404


class TestStaff:
    def test_there_is_an_account_for_every_role(self, portal):
        roles = set(User.objects.values_list("groups__name", flat=True))

        assert len(roles) == 12
        assert User.objects.get(username="khanh").has_perm("editorial.approve_en")
        assert not User.objects.get(username="khanh").has_perm("editorial.approve_vi")

    def test_the_administrator_alone_is_a_superuser(self, portal):
        assert [person.username for person in User.objects.superusers()] == ["quantri"]

    def test_the_password_opens_every_account_and_keeps_the_rules(self, portal):
        people = User.objects.all()

        assert all(person.check_password(PASSWORD) for person in people)
        for person in people:
            validate_password(PASSWORD, person)

    def test_the_sign_ins_are_told(self, portal):
        out = StringIO()

        call_command("load_demo", sign_ins=True, stdout=out)

        assert PASSWORD in out.getvalue()
        assert all(person.username in out.getvalue() for person in User.objects.all())

    def test_who_has_chosen_a_password_is_not_told_as_open(self, portal):
        with transaction.atomic():
            own = User.objects.get(username="lan")
            own.set_password("mot-mat-khau-khac-han-2026")
            own.save()

            known = {sign_in.username: sign_in.has_own_password for sign_in in sign_ins()}

            transaction.set_rollback(True)
        assert known["lan"] is True
        assert known["oanh"] is False
