"""Addresses that change, posts that are left, the quarterly review."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from portal.accounts.refusal import Refused
from portal.directory import actions
from portal.directory.models import Address, Country, Organisation, Post, Review
from portal.history.models import Record
from portal.languages.dates import Quarter, quarter_of
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db
AUTUMN = quarter_of(NOON)


def deeds(post: Post) -> list[str]:
    return [record.verb for record in Record.objects.about(post)]


class TestChangeAddress:
    def test_the_first_address_is_current_from_today(self):
        post, by = make.post(), make.person()

        address = actions.change_address(
            post, "Press@LA.Embassy.Example", holder="Bà Khamla", by=by, now=NOON
        )

        assert (address.email, address.holder) == ("Press@la.embassy.example", "Bà Khamla")
        assert (address.since.isoformat(), address.left_on) == ("2026-11-20", None)
        assert post.current_address == address
        assert deeds(post) == ["change_address", "created"]

    def test_the_address_before_is_kept_with_its_last_day(self):
        post = make.post()
        old = make.address("old@la.embassy.example", of=post)

        new = make.address("new@la.embassy.example", of=post, now=NOON + 30 * DAY)

        old.refresh_from_db()
        assert old.left_on == new.since
        assert list(post.addresses.current()) == [new]
        assert list(post.addresses.former()) == [old]
        assert Record.objects.about(post).first().details == {
            "before": "old@la.embassy.example",
            "after": "new@la.embassy.example",
            "holder": "",
        }

    def test_the_same_address_and_holder_change_nothing(self):
        post = make.post()
        kept = make.address("press@la.embassy.example", of=post)

        again = make.address("press@LA.embassy.example", of=post, now=NOON + DAY)

        assert again == kept
        assert deeds(post).count("change_address") == 1

    def test_another_holder_of_the_same_mailbox_is_another_row(self):
        post = make.post()
        make.address("press@la.embassy.example", of=post, holder="A")

        make.address("press@la.embassy.example", of=post, holder="B")

        assert [address.holder for address in post.addresses.all()] == ["B", "A"]

    def test_a_clock_set_back_never_ends_an_address_before_it_began(self):
        post = make.post()
        old = make.address(of=post)

        make.address(of=post, now=NOON - 10 * DAY)

        old.refresh_from_db()
        assert old.left_on == old.since

    def test_a_day_begins_in_viet_nam(self):
        assert make.address(now=NOON + 13 * HOUR).since.isoformat() == "2026-11-21"

    def test_a_post_out_of_use_gets_no_address(self):
        with pytest.raises(Refused, match="không còn được sử dụng"):
            make.address(of=make.post(is_active=False))

    @pytest.mark.parametrize(
        "written",
        [
            "", "press", "press@", "@la.example", "a b@la.example", "a@la", "a@-la.example",
            "a@la.example\nBcc: b@c.example", "Báo chí <a@la.example>", "a@la.example,b@la.example",
            "báochí@la.example", f"{'a' * 65}@la.example", f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.example",
            "a@" + "é" * 70 + ".example", "a@b..example", "a@\x00.example",
        ],
    )  # fmt: skip
    def test_what_is_no_address_is_refused_in_words(self, written):
        post = make.post()

        with pytest.raises(Refused) as refusal:
            actions.change_address(post, written, by=None, now=NOON)

        assert "\n" not in refusal.value.reason
        assert not post.addresses.exists()

    def test_white_space_around_an_address_is_nobodys_attack(self):
        assert make.address("  a@la.example\r\n").email == "a@la.example"

    def test_an_international_domain_is_kept_as_sent_and_shown_as_read(self):
        address = make.address("baochi@Bộ-Ngoại-giao.example")

        assert address.email.startswith("baochi@xn--")
        assert address.email.isascii()
        assert str(address) == "baochi@bộ-ngoại-giao.example"


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_the_same_moment_leave_one_current_address():
    post, start, refused = make.post(), threading.Barrier(3), []

    def change(number: int) -> None:
        start.wait()
        try:
            make.address(f"a{number}@la.embassy.example", of=post)
        except Exception as problem:  # SQLite may be locked; never two current rows
            refused.append(problem)
        connection.close()

    threads = [threading.Thread(target=change, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert post.addresses.current().count() == 1
    assert post.addresses.count() == 3 - len(refused)


class TestLeavePost:
    def test_who_left_has_no_address_any_more_and_the_note_stays(self):
        address = make.address()

        actions.leave_post(address, by=None, now=NOON + DAY, note="Về nước")

        address.refresh_from_db()
        assert (address.left_on.isoformat(), address.note) == ("2026-11-21", "Về nước")
        assert address.post.current_address is None
        assert deeds(address.post)[0] == "leave_post"

    def test_leaving_twice_changes_nothing(self):
        address = make.address()
        actions.leave_post(address, by=None, now=NOON)

        actions.leave_post(address, by=None, now=NOON + DAY, note="lần hai")

        address.refresh_from_db()
        assert (address.left_on, address.note) == (address.since, "")
        assert deeds(address.post).count("leave_post") == 1


class TestReview:
    def test_posts_with_holders_wait_once_a_quarter(self):
        waiting, answered = make.address().post, make.address().post
        make.address(of=make.post(is_general=True))
        make.post()
        make.address(of=make.post(organisation=make.organisation(is_active=True)))
        Organisation.objects.filter(posts__addresses__isnull=False).exclude(
            pk__in=[waiting.organisation_id, answered.organisation_id]
        ).update(is_active=False)

        actions.answer_review(answered, Review.Answer.STILL_THERE, quarter=AUTUMN, by=None, now=NOON)

        assert list(Post.objects.to_review(AUTUMN)) == [waiting]
        assert set(Post.objects.to_review(AUTUMN.next)) == {waiting, answered}

    def test_who_has_left_loses_the_address_at_once(self):
        address, by = make.address(), make.person()

        review = actions.answer_review(address.post, Review.Answer.LEFT, quarter=AUTUMN, by=by, now=NOON)

        address.refresh_from_db()
        assert address.left_on is not None
        assert (review.quarter, review.answer, review.by) == ("2026-Q4", "left", by)
        assert deeds(address.post)[:2] == ["answer_review", "leave_post"]

    def test_another_answer_replaces_the_first_and_both_are_in_the_history(self):
        post = make.address().post
        actions.answer_review(post, Review.Answer.UNKNOWN, quarter=AUTUMN, by=None, now=NOON)

        actions.answer_review(post, Review.Answer.STILL_THERE, quarter=AUTUMN, by=None, now=NOON + HOUR)

        assert post.reviews.get().answer == "still_there"
        assert deeds(post).count("answer_review") == 2

    def test_nobody_is_still_there_without_an_address(self):
        post = make.address().post
        actions.answer_review(post, Review.Answer.LEFT, quarter=AUTUMN, by=None, now=NOON)

        with pytest.raises(Refused):
            actions.answer_review(post, Review.Answer.STILL_THERE, quarter=AUTUMN, by=None, now=NOON)


class TestWords:
    @pytest.mark.parametrize(
        "words", ["dai su quan lao", "LÀO", "embassy laos", "la", "tuy vien", "PRESS@la.emb", "Lào tùy viên"]
    )
    def test_a_post_is_found_by_its_words_its_house_its_country_and_its_address(self, words):
        laos = make.country("LA", name_vi="Lào", name_en="Laos")
        house = make.organisation(name_vi="Đại sứ quán Lào", name_en="Embassy of Laos", country=laos)
        found = make.address("press@la.embassy.example", of=make.post(organisation=house)).post
        make.post(
            organisation=make.organisation("ngo", name_vi="Oxfam", name_en="Oxfam"),
            title_vi="Giám đốc",
            title_en="Director",
        )

        assert list(Post.objects.matching(words)) == [found]

    def test_an_organisation_is_found_by_a_current_address_only(self):
        post = make.post()
        make.address("old@x.example", of=post)
        make.address("new@x.example", of=post)

        assert list(Organisation.objects.matching("new@x.example")) == [post.organisation]
        assert not Organisation.objects.matching("old@x.example").exists()

    def test_only_posts_in_use_with_an_address_are_reachable(self):
        reachable = make.address().post
        make.post()
        make.address(of=make.post(organisation=make.organisation(is_active=True)))
        Post.objects.exclude(pk=reachable.pk).update(is_active=False)

        assert list(Post.objects.reachable()) == [reachable]

    def test_the_current_addresses_of_a_list_cost_one_question_more(self, django_assert_num_queries):
        for _each in range(5):
            make.address()

        with django_assert_num_queries(2):
            shown = [(str(post), str(post.current_address)) for post in Post.objects.with_current_address()]

        assert len(shown) == 5

    def test_a_country_keeps_its_words_for_the_search(self):
        country = make.country("CI", name_vi="Bờ Biển Ngà", name_en="Côte d'Ivoire")

        assert list(Country.objects.matching("cote d'ivoire")) == [country]


class TestIntegrity:
    @pytest.mark.parametrize(
        "break_it",
        [
            lambda: Country.objects.create(code="la", name_vi="Lào", name_en="Laos"),
            lambda: Organisation.objects.create(kind="ngo", name_vi="Không tên tiếng Anh"),
            lambda: [Organisation.objects.create(kind="ngo", name_en="Oxfam") for _twice in range(2)],
            lambda: [make.organisation(name_en="Embassy of Laos") for _twice in range(2)],
            lambda: Post.objects.create(organisation=make.organisation(), title_vi="Tùy viên"),
            lambda: Post.objects.create(organisation=make.organisation(), title_en="x", language="fr"),
            lambda: Address.objects.create(post=make.address().post, email="b@c.example", since=NOON.date()),
            lambda: Address.objects.create(
                post=make.post(), email="b@c.example", since=NOON.date(), left_on=(NOON - DAY).date()
            ),
            lambda: Address.objects.create(post=make.post(), email="b@c.example\nBcc: d", since=NOON.date()),
            lambda: Review.objects.create(post=make.post(), quarter="2026-Q5", answer="left", at=NOON),
        ],
    )
    def test_the_database_refuses_what_must_not_be(self, break_it):
        with pytest.raises(IntegrityError), transaction.atomic():
            break_it()

    def test_a_quarter_is_written_as_it_says_itself(self):
        review = actions.answer_review(
            make.post(), Review.Answer.UNKNOWN, quarter=Quarter(2027, 1), by=None, now=NOON
        )

        assert review.quarter == "2027-Q1"
