"""Somebody has left: what the reply proposes is done by a person, and only what the person chose."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.refusal import Refused
from portal.directory.models import Address, Post
from portal.history.models import Record
from portal.mailing.actions import answering
from portal.mailing.models import Delivery, Returned
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
Decision = Returned.Decision
OLD, NEW = "press@cn.embassy.example", "li.wei@cn.embassy.example"


@pytest.fixture(autouse=True)
def _plain(settings):
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def post() -> Post:
    return make.address(OLD, now=NOON - 30 * DAY).post


def replied(email: str = OLD, **fields) -> Returned:
    """An automatic reply to one more mailing."""
    delivery = make.mailing(email).deliveries.get()
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.ACCEPTED, answered_at=NOON)
    said = {"kind": Returned.Kind.REPLY, "says": Returned.Says.LEFT, "proposed": NEW, "at": NOON,
            "words": f"I have left this post, write to {NEW}", "digest": str(Returned.objects.count())} | fields  # fmt: skip
    return Returned.objects.create(delivery=delivery, **said)


def decided(reply: Returned) -> str:
    reply.refresh_from_db()
    return reply.decision


def emails(post: Post) -> list[str]:
    return [address.email for address in post.addresses.current()]


class TestDecisions:
    def test_nothing_happens_by_itself(self, post):
        replied()

        assert emails(post) == [OLD]

    def test_the_post_has_another_address_from_today(self, post):
        reply, by = replied(), make.person()

        answering.give_address(reply, NEW, [post], holder="Bà Lý", note="trả lời tự động", by=by, now=NOON)

        old, new = Address.objects.get(email=OLD), post.current_address
        assert (new.email, new.holder, new.since.isoformat()) == (NEW, "Bà Lý", "2026-11-20")
        assert (old.left_on.isoformat(), old.note) == ("2026-11-20", "trả lời tự động")
        assert (decided(reply), reply.seen_by, reply.seen_at) == (Decision.NEW_ADDRESS, by, NOON)
        assert Record.objects.about(reply).get().note == "trả lời tự động"

    def test_the_post_stands_empty(self, post):
        reply = replied()

        answering.leave_empty(reply, [post], note="đã về nước", by=make.person(), now=NOON)

        assert (emails(post), decided(reply)) == ([], Decision.LEFT)

    def test_nothing_to_do_leaves_the_directory_as_it_is(self, post):
        reply = replied(says=Returned.Says.AWAY)

        answering.nothing_to_do(reply, by=make.person(), now=NOON)

        assert (emails(post), decided(reply), Record.objects.about(reply).count()) == (
            [OLD],
            Decision.NOTHING,
            1,
        )

    def test_other_replies_of_who_has_left_are_decided_with_it(self, post):
        first, second, another = replied(), replied(), replied("press@la.embassy.example")

        answering.give_address(first, NEW, [post], note="", by=make.person(), now=NOON)

        assert [decided(each) for each in (first, second, another)] == ["address", "address", ""]

    def test_what_is_decided_is_not_decided_again(self, post):
        reply = replied()
        answering.nothing_to_do(reply, by=make.person(), now=NOON)

        with pytest.raises(Refused):
            answering.leave_empty(reply, [post], note="", by=make.person(), now=NOON)
        assert emails(post) == [OLD]

    @pytest.mark.parametrize(
        "email", ["", "x", OLD, "Press@CN.embassy.example", "a@b.example\nBcc: c@d.example"]
    )
    def test_what_is_no_new_address_changes_nothing(self, post, email):
        reply = replied()

        with pytest.raises(Refused):
            answering.give_address(reply, email, [post], note="", by=make.person(), now=NOON)
        assert (emails(post), decided(reply)) == ([OLD], "")

    def test_a_post_that_has_another_address_by_now_is_left_as_it_is(self, post):
        reply = replied()
        make.address("already@cn.embassy.example", of=post)

        with pytest.raises(Refused):
            answering.leave_empty(reply, [post], note="", by=make.person(), now=NOON)
        assert emails(post) == ["already@cn.embassy.example"]


class TestPage:
    def client(self, *roles: str) -> Client:
        client = Client()
        client.force_login(make.person(*roles), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def page(self, reply: Returned) -> str:
        return reverse("admin:mailing_returned_change", args=[reply.pk])

    def press(self, client: Client, reply: Returned, decision: str, **said) -> str:
        answer = client.post(self.page(reply), {"decision": decision, **said}, follow=True)
        return answer.content.decode()

    def test_it_proposes_the_address_and_one_press_takes_it(self, post):
        reply, client = replied(), self.client("duty editor")

        page = client.get(self.page(reply)).content.decode()
        self.press(client, reply, "address", email=NEW, posts=[post.pk], note="trả lời tự động")

        assert f'value="{NEW}"' in page
        assert (emails(post), decided(reply)) == ([NEW], Decision.NEW_ADDRESS)

    def test_what_is_no_address_comes_back_in_words(self, post):
        reply = replied()

        page = self.press(self.client("duty editor"), reply, "address", email="ba@", posts=[post.pk])

        assert "“ba@”" in page
        assert decided(reply) == ""

    def test_the_post_is_emptied_without_an_address(self, post):
        reply = replied(proposed="")

        self.press(self.client("duty editor"), reply, "left", email="", posts=[post.pk])

        assert (emails(post), decided(reply)) == ([], Decision.LEFT)

    def test_whoever_may_not_change_the_directory_cannot(self, post):
        reply, client = replied(), self.client("publisher")

        answer = client.post(self.page(reply), {"decision": "address", "email": NEW, "posts": [post.pk]})

        assert (answer.status_code, emails(post)) == (403, [OLD])
        self.press(client, reply, "nothing")
        assert decided(reply) == Decision.NOTHING

    @pytest.mark.parametrize("role", ["reporter", "translator"])
    def test_others_do_not_see_it(self, role):
        reply = replied()

        assert self.client(role).get(self.page(reply)).status_code in {302, 403}

    def test_no_markup_of_a_stranger_is_rendered(self, post):
        reply = replied(words="<script>alert(1)</script><img src=x>")

        page = self.client("duty editor").get(self.page(reply)).content.decode()

        assert "<script>alert" not in page
        assert "<img src=x>" not in page

    def test_another_domain_is_warned_of(self, post):
        client = self.client("duty editor")

        assert "gọi điện" in client.get(self.page(replied(proposed="li@evil.example"))).content.decode()
        assert "gọi điện" not in client.get(self.page(replied())).content.decode()

    def test_the_desk_of_who_keeps_the_directory_names_it(self, post):
        replied()

        assert NEW in self.client("duty editor").get(reverse("admin:index")).content.decode()
        assert NEW not in self.client("publisher").get(reverse("admin:index")).content.decode()

    def test_a_letter_that_came_back_is_shown_without_buttons(self, post):
        reply = replied(kind=Returned.Kind.FAILURE, says="", proposed="", words="no such user")

        page = self.client("duty editor").get(self.page(reply)).content.decode()

        assert "no such user" in page
        assert 'name="decision"' not in page

    def test_the_list_takes_many_at_once(self, post):
        replies = [replied(), replied()]

        self.client("publisher").post(
            reverse("admin:mailing_returned_changelist"),
            {"action": "nothing_to_do", "_selected_action": [each.pk for each in replies]},
        )

        assert [decided(each) for each in replies] == ["nothing", "nothing"]
