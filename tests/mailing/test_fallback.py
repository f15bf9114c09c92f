"""A post that cannot be written to today: its organisation's general mailbox gets the letter, once, and the list says so."""

import pytest

from portal.accounts.refusal import Refused
from portal.directory import actions as directory
from portal.directory.models import Organisation, Post
from portal.mailing import audiences, comparing, statements
from portal.mailing.actions import sending, subscribing, suppressing
from portal.mailing.models import Delivery, Interest, Mailing, MailingList, Suppression
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
State, Cause = Delivery.State, Suppression.Cause
PRESS, GENERAL = "press@cn.embassy.example", "info@cn.embassy.example"


@pytest.fixture
def china() -> Organisation:
    return make.organisation(country=make.country("CN"), name_vi="Đại sứ quán Trung Quốc")


@pytest.fixture
def press(china) -> Post:
    return make.address(PRESS, of=make.post(organisation=china)).post


@pytest.fixture
def general(china) -> Post:
    return make.address(GENERAL, of=general_post(china)).post


@pytest.fixture
def attaches(press) -> MailingList:
    """A list of posts chosen by hand: the press attaché alone."""
    chosen = make.mailing_list()
    chosen.posts.add(press)
    return chosen


def general_post(organisation: Organisation) -> Post:
    return make.post(organisation=organisation, title_vi="Hộp thư chung", title_en="General", is_general=True)


def empty(post: Post) -> None:
    directory.leave_post(post.current_address, by=None, now=NOON)


def suppress(email: str, cause: str = Cause.UNKNOWN_ADDRESS) -> None:
    suppressing.suppress(email, cause=cause, reason="", by=None, now=NOON)


def approved(*lists: MailingList) -> Mailing:
    mailing = sending.compose("Bản tin", make.message(), by=None, now=NOON)
    mailing.lists.set(lists)
    return sending.approve(mailing, by=make.publisher(), now=NOON)


def copies(mailing: Mailing) -> list[tuple[str, str]]:
    return sorted(mailing.deliveries.values_list("email", "state"))


def test_a_post_that_is_reached_needs_no_other_mailbox(attaches, general):
    assert copies(approved(attaches)) == [(PRESS, State.QUEUED)]


def test_a_post_that_stands_empty_is_stood_for_by_the_general_mailbox(attaches, press, general):
    empty(press)

    mailing = approved(attaches)

    assert copies(mailing) == [("", State.EXCLUDED), (GENERAL, State.QUEUED)]
    left_out = mailing.deliveries.get(email="")
    assert left_out.name.endswith("Đại sứ quán Trung Quốc")
    assert left_out.reason == f"đầu mối hiện không có địa chỉ; gửi thay vào hộp thư chung: {GENERAL}"
    assert mailing.deliveries.get(email=GENERAL).name == "Đại sứ quán Trung Quốc"


@pytest.mark.parametrize("cause", [Cause.UNKNOWN_ADDRESS, Cause.BOUNCES, Cause.BY_HAND])
def test_so_is_one_whose_address_is_suppressed(attaches, general, cause):
    suppress(PRESS, cause)

    mailing = approved(attaches)

    assert copies(mailing) == [(GENERAL, State.QUEUED), (PRESS, State.EXCLUDED)]
    assert mailing.deliveries.get(email=PRESS).reason.endswith(GENERAL)


@pytest.mark.parametrize("cause", [Cause.ASKED, Cause.COMPLAINT])
def test_who_asked_to_be_left_alone_is_not_got_round(attaches, general, cause):
    suppress(PRESS, cause)

    assert copies(approved(attaches)) == [(PRESS, State.EXCLUDED)]


def test_nor_is_who_left_the_list(attaches, press, general):
    letter = approved(attaches).deliveries.get()
    subscribing.leave(letter, [attaches], now=NOON)
    other = make.address(of=make.post(organisation=make.organisation(country=make.country("RU")))).post
    attaches.posts.add(other)

    assert GENERAL not in [email for email, _state in copies(approved(attaches))]


def test_an_organisation_gets_one_copy_for_all_its_empty_posts(china, attaches, press, general):
    second = make.address(of=make.post(organisation=china, title_en="Consul")).post
    attaches.posts.add(second, general)
    empty(press)
    empty(second)

    mailing = approved(attaches, make.mailing_list("lan-hai", kinds=["embassy"]))

    assert copies(mailing) == [("", State.EXCLUDED), ("", State.EXCLUDED), (GENERAL, State.QUEUED)]
    assert mailing.candidates == 3


@pytest.mark.parametrize(
    "trouble", ["none", "empty", "suppressed", "out of use", "left out", "another house"]
)
def test_without_a_general_mailbox_that_may_be_written_to_the_post_gets_nothing(
    china, attaches, press, trouble
):
    if trouble != "none":
        other = make.organisation(country=make.country("RU"))
        post = make.address(GENERAL, of=general_post(other if trouble == "another house" else china)).post
        if trouble == "empty":
            empty(post)
        if trouble == "suppressed":
            suppress(GENERAL)
        if trouble == "out of use":
            post.is_active = False
            directory.save(post, by=None, now=NOON)
        if trouble == "left out":
            attaches.left_out.add(post)
    attaches.posts.add(make.address("press@ru.example", of=make.post()).post)
    empty(press)

    mailing = approved(attaches)

    assert copies(mailing) == [("", State.EXCLUDED), ("press@ru.example", State.QUEUED)]
    assert mailing.deliveries.get(email="").reason == "đầu mối hiện không có địa chỉ"


def test_a_mailing_to_empty_posts_alone_reaches_nobody(attaches, press):
    empty(press)

    with pytest.raises(Refused):
        approved(attaches)


def test_the_preview_and_the_signed_statement_say_it_in_words(attaches, press, general):
    empty(press)
    mailing = sending.compose("Bản tin", make.message(), by=None, now=NOON)
    mailing.lists.add(attaches)

    told = comparing.difference(mailing)

    assert (told.total, told.new.first) == (1, [GENERAL])
    [(who, why)] = told.left_out.first
    assert who.endswith("Đại sứ quán Trung Quốc")
    assert why.endswith(GENERAL)
    assert why in statements.statement(approved(attaches))


def test_the_ledger_balances_with_what_was_left_out(attaches, press, general, sink, deliver):
    empty(press)
    mailing = sending.release(approved(attaches), Delivery.Stage.ALL, by=None, now=NOON)

    deliver()

    assert sink.recipients() == [GENERAL]
    assert sending.close(mailing, by=None, now=NOON).state == Mailing.State.CLOSED


def test_a_list_by_topic_reaches_those_who_asked_for_it_and_nobody_else():
    topic = make.topic()
    asked, other = make.post(), make.post()
    newspaper = make.post(organisation=make.organisation("press"))
    for post in (asked, other, newspaper):
        make.address(f"post{post.pk}@mail.example", of=post)
    for post in (asked, newspaper):
        Interest.objects.create(post=post, topic=topic)
    of_all_kinds, of_missions = make.mailing_list(), make.mailing_list("missions", kinds=["embassy"])
    for chosen in (of_all_kinds, of_missions):
        chosen.topics.add(topic)

    reached = [
        {each.email for each in audiences.recipients(each, "en")} for each in (of_all_kinds, of_missions)
    ]

    assert reached == [
        {f"post{asked.pk}@mail.example", f"post{newspaper.pk}@mail.example"},
        {f"post{asked.pk}@mail.example"},
    ]
