"""Under embargo: only holders of an accepted copy see the text before its hour; called off, every copy is shut at once."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.editorial import clock
from portal.editorial.actions import discard_draft, take_step
from portal.editorial.effects import do_waiting
from portal.editorial.models import Effect
from portal.history.models import Record
from portal.mailing.models import Delivery
from pressroom import watermarks
from pressroom.actions import embargoes
from pressroom.models import Copy, Terms
from pressroom.models.numbers import Number
from pressroom.rules import links
from tests import make
from tests.make import DAY, HOUR, NOON
from tests.pressroom import releases

pytestmark = pytest.mark.django_db
T = NOON + HOUR


def letters(email: str) -> list[str]:
    return list(
        Delivery.objects.filter(email=email).order_by("pk").values_list("message__subject", flat=True)
    )


def address(copy: Copy) -> str:
    folder = {"vi": "/vi/bao-chi/truoc-gio/", "en": "/en/press/embargo/"}[copy.language]
    return f"{folder}{links.COPY.token(copy)}/"


def under_another_embargo(item):
    """Called off and put under embargo again, before any worker comes by."""
    now = timezone.now()
    take_step(make.again(item), "lift_embargo", language="vi", by=None, now=now, note="Hoãn công bố.")
    take_step(
        make.again(item),
        "embargo",
        language="vi",
        by=None,
        now=now + timedelta(microseconds=1),
        at=now + 2 * DAY,
    )
    return make.again(item)


def back_in_draft(item, *, now=NOON):
    """Called off and returned to whoever wrote it."""
    take_step(make.again(item), "lift_embargo", language="vi", by=None, now=now, note="Bỏ.")
    take_step(make.again(item), "return", language="vi", by=None, now=now, note="Viết lại.")
    return make.again(item)


class TestThrowingItAway:
    def test_a_draft_that_journalists_had_is_kept(self):
        item = releases.embargoed(at=T)
        releases.copy(item)

        with pytest.raises(Refused, match="nhà báo"):
            discard_draft(back_in_draft(item), by=None, now=NOON)

    def test_one_nobody_had_may_go_and_its_number_goes_to_the_next(self):
        item = releases.embargoed(at=T)

        discard_draft(back_in_draft(item), by=None, now=NOON)
        next_one = make.published(releases.release())

        assert Number.objects.get(object_id=next_one.pk).number == 1
        do_waiting(NOON + HOUR)
        assert not Effect.objects.failing().exists()

    def test_a_number_settled_by_then_keeps_its_draft(self):
        item = releases.embargoed(at=NOON + HOUR, now=NOON)
        moment = NOON + HOUR - timedelta(seconds=30)

        with pytest.raises(Refused, match="01/2026"):
            discard_draft(back_in_draft(item, now=moment), by=None, now=moment)


class TestTheState:
    def test_it_appears_by_itself_at_its_hour(self):
        item = releases.embargoed(at=T)

        assert not type(item).objects.published(T - timedelta(seconds=1), "vi").exists()
        assert type(item).objects.published(T, "vi").get() == item

    def test_the_clock_publishes_it(self):
        item = releases.embargoed(at=T)

        clock.run(T)

        edition = make.again(item).edition("vi")
        assert (edition.state, edition.publish_at) == ("published", T)

    def test_its_text_is_locked(self):
        item = releases.embargoed(at=T)
        item.title_vi = "Khác"
        item.save()

        with pytest.raises(Refused):
            make.record_save(item, by=None, now=NOON)

    def test_articles_have_no_embargo(self):
        with pytest.raises(Refused):
            take_step(make.approved(), "embargo", language="vi", by=None, now=NOON, at=T)

    def test_what_readers_have_seen_cannot_be_put_under_embargo(self):
        item = make.published(releases.release())
        take_step(item, "withdraw", language="vi", by=None, now=NOON, note="Sai.")
        take_step(make.again(item), "reinstate", language="vi", by=None, now=NOON)
        take_step(make.again(item), "approve", language="vi", by=make.person("spokesperson"), now=NOON)

        with pytest.raises(Refused):
            take_step(make.again(item), "embargo", language="vi", by=None, now=NOON, at=T)

    def test_its_hour_must_be_to_come(self):
        item = make.approved(releases.release())

        with pytest.raises(Refused):
            take_step(item, "embargo", language="vi", by=None, now=NOON, at=NOON)

    def test_it_cannot_be_called_off_once_readers_have_it(self):
        item = releases.embargoed(at=T)

        with pytest.raises(Refused):
            take_step(item, "lift_embargo", language="vi", by=None, now=T, note="Hoãn.")


class TestGivingCopies:
    def test_a_journalist_gets_a_letter_with_an_address_of_their_own(self):
        item, holder = releases.embargoed(at=T), releases.journalist()

        copy = releases.copy(item, holder)

        (delivery,) = Delivery.objects.filter(email=holder.email)
        (token,) = re.findall(r"/vi/bao-chi/truoc-gio/(\S+)/", delivery.message.text)
        assert links.COPY.thing(token, Copy.objects) == copy
        assert item.title_vi not in delivery.message.text

    def test_nobody_gets_two(self):
        item, holder = releases.embargoed(at=T), releases.journalist()
        releases.copy(item, holder)

        assert embargoes.give(item, "vi", [holder], by=make.person("press officer"), now=NOON) == []
        assert len(letters(holder.email)) == 1

    @pytest.mark.parametrize(
        "fields", [{"state": "known"}, {"card_valid_until": date(2026, 11, 19)}, {"state": "lapsed"}]
    )
    def test_only_the_accredited_get_one(self, fields):
        item = releases.embargoed(at=T)
        releases.terms()

        with pytest.raises(Refused, match="Lê Văn Bình"):
            embargoes.give(item, "vi", [releases.journalist(**fields)], by=make.person(), now=NOON)

    def test_a_scheduled_text_is_given_to_nobody(self):
        item = make.scheduled(releases.release(), at=T)
        releases.terms()

        with pytest.raises(Refused):
            embargoes.give(item, "vi", [releases.journalist()], by=make.person(), now=NOON)

    def test_without_terms_nothing_is_given(self):
        with pytest.raises(Refused):
            embargoes.give(
                releases.embargoed(at=T), "vi", [releases.journalist()], by=make.person(), now=NOON
            )


class TestReading:
    """The pages ask the real clock: the text's hour lies a day ahead of it."""

    @pytest.fixture
    def item(self):
        now = timezone.now()
        return releases.embargoed(at=now + DAY, now=now)

    def given(self, item, **fields):
        return releases.copy(item, releases.journalist(**fields), now=timezone.now())

    def accepted(self, item):
        copy = self.given(item)
        return embargoes.accept(copy, Terms.objects.get(), now=timezone.now())

    def test_the_terms_come_first_and_show_nothing_of_the_text(self, client, item):
        copy = self.given(item)

        page = client.get(address(copy)).content.decode()

        assert "Không công bố trước giờ." in page
        assert item.title_vi not in page

    def test_opening_the_page_accepts_nothing(self, client, item):
        copy = self.given(item)
        client.get(address(copy))

        assert make.again(copy).accepted_at is None

    def test_the_text_is_shown_once_the_terms_are_accepted(self, client, item):
        copy = self.given(item)

        client.post(address(copy), {"terms": Terms.objects.get().pk, "accepted": "yes"})

        page = client.get(address(copy))
        assert "Phần một nói về việc làm" in page.content.decode().replace(watermarks.mark_of(copy.pk), "")
        assert page.headers["Cache-Control"].startswith("max-age=0")
        assert "noindex" in page.headers["X-Robots-Tag"]
        assert make.again(copy).terms == Terms.objects.get()

    def test_without_the_tick_nothing_is_accepted(self, client, item):
        copy = self.given(item)

        answer = client.post(address(copy), {"terms": Terms.objects.get().pk})

        assert answer.status_code == 422
        assert make.again(copy).accepted_at is None

    def test_terms_that_have_changed_are_read_again(self, client, item):
        copy, old = self.given(item), Terms.objects.get()
        releases.terms(text_vi="Điều kiện mới.", valid_from=date(2026, 11, 1))

        answer = client.post(address(copy), {"terms": old.pk, "accepted": "yes"})

        assert "Điều kiện mới." in answer.content.decode()
        assert make.again(copy).accepted_at is None

    def test_each_opening_is_written_down(self, client, item):
        copy = self.accepted(item)
        client.get(address(copy))
        client.get(address(copy))

        assert copy.openings.count() == 2

    def test_the_text_bears_the_mark_of_the_copy(self, client, item):
        copy = self.accepted(item)

        page = client.get(address(copy)).content.decode()

        assert watermarks.numbers_in(page) == {copy.pk}

    def test_a_file_is_opened_by_its_holder_alone(self, client):
        now = timezone.now()
        draft = releases.release(now=now)
        asset = make.document()
        make.placed(draft, asset, "attachment")
        item = releases.embargoed(make.again(draft), at=now + DAY, now=now)
        copy = self.accepted(item)

        own = client.get(f"{address(copy)}{asset.uuid}/")

        assert b"".join(own.streaming_content).startswith(b"%PDF")
        assert client.get(f"/files/{asset.uuid}/{asset.filename}").status_code == 404
        assert client.get(f"{address(copy)}{make.document().uuid}/").status_code == 404
        assert copy.openings.filter(what="file").count() == 1

    def test_a_forged_address_leads_nowhere(self, client, item):
        copy = self.accepted(item)
        forged = links.PREFERENCES.token(copy)

        assert client.get(f"/vi/bao-chi/truoc-gio/{forged}/").status_code == 404

    def test_whoever_is_no_longer_accredited_reads_nothing(self, client, item):
        copy = self.accepted(item)
        type(copy.journalist).objects.filter(pk=copy.journalist_id).update(state="lapsed")

        answer = client.get(address(copy))

        assert answer.status_code == 410
        assert item.title_vi not in answer.content.decode()

    def test_called_off_every_copy_is_shut_before_any_worker_comes_by(self, client, item):
        copy = self.accepted(item)

        take_step(item, "lift_embargo", language="vi", by=None, now=timezone.now(), note="Hoãn công bố.")

        assert client.get(address(copy)).status_code == 410
        assert make.again(copy).closed_at is None

    def test_the_holders_are_told_once_and_it_is_known_who_had_opened(self, client, item):
        copy, unread = self.accepted(item), self.given(item)
        client.get(address(copy))
        take_step(item, "lift_embargo", language="vi", by=None, now=timezone.now(), note="Hoãn công bố.")

        do_waiting(timezone.now())
        do_waiting(timezone.now())

        assert len(letters(copy.journalist.email)) == 2
        assert item.title_vi in Delivery.objects.filter(email=copy.journalist.email).last().message.text
        assert item.title_vi not in Delivery.objects.filter(email=unread.journalist.email).last().message.text
        assert make.again(copy).closed_because == "Hoãn công bố."

    def test_a_copy_of_an_embargo_called_off_stays_shut_when_another_begins(self, client, item):
        copy = self.accepted(item)
        again = under_another_embargo(item)

        assert client.get(address(copy)).status_code == 410
        with pytest.raises(Refused):
            embargoes.open_copy(copy, now=timezone.now())
        assert make.again(again).edition("vi").state == "embargoed"

    def test_a_worker_that_comes_late_closes_no_copy_of_the_embargo_after(self, client, item):
        old, holder = self.accepted(item), releases.journalist()
        again = under_another_embargo(item)
        new = releases.copy(again, holder, now=timezone.now())

        do_waiting(timezone.now())

        assert make.again(old).closed_because == "Hoãn công bố."
        assert make.again(new).closed_at is None
        assert client.get(address(new)).status_code == 200

    def test_whoever_had_a_copy_is_given_another_one_of_the_embargo_after(self, item):
        old = self.accepted(item)
        again = under_another_embargo(item)

        new = releases.copy(again, old.journalist, now=timezone.now())

        assert (make.again(old).closed_because, new.closed_at) == ("Hoãn công bố.", None)
        do_waiting(timezone.now())
        assert make.again(new).closed_at is None
        assert len(letters(old.journalist.email)) == 3

    def test_those_with_a_copy_of_the_embargo_before_are_offered_on_the_page(self, desk_of, item):
        old = self.accepted(item)
        under_another_embargo(item)

        page = desk_of(make.person("press officer")).get(
            f"/admin/pressroom/pressrelease/{item.pk}/copies/vi/"
        )

        assert f'value="{old.journalist.pk}"' in page.content.decode()

    def test_the_copy_of_a_text_that_is_gone_says_so(self, client, item):
        copy = self.accepted(item)
        type(item).objects.filter(pk=item.pk).delete()

        assert client.get(address(copy)).status_code == 410
        assert client.get(f"{address(copy)}{make.document().uuid}/").status_code == 404

    def test_at_its_hour_the_copy_leads_to_the_page(self, client):
        now = timezone.now()
        item = releases.embargoed(at=now - HOUR, now=now - DAY)
        releases.terms()
        copy = Copy.objects.create(
            content_type=ContentType.objects.get_for_model(item), object_id=item.pk, language="vi",
            journalist=releases.journalist(), given_at=now,
        )  # fmt: skip

        answer = client.get(address(copy))

        assert answer.status_code == 302
        assert client.get(answer.url).status_code == 200


def test_the_steps_of_a_copy_are_in_the_history():
    item = releases.embargoed(at=T)
    releases.accepted(item)

    verbs = set(Record.objects.about(item).values_list("verb", flat=True))
    assert {"embargo", "gave copies under embargo"} <= verbs


@pytest.mark.parametrize("number", [0, 1, 12345, 65535])
def test_a_mark_is_read_back(number):
    assert watermarks.numbers_in(watermarks.marked_text("Bộ công bố kế hoạch", number)) == {number}


def test_a_mark_leaves_tags_and_words_as_they_are():
    html = '<p>Xem <a href="/vi/tin tuc/">tin tức mới</a> của <em>Bộ</em>.</p>'

    marked = watermarks.marked_html(html, 7)

    assert marked.replace(watermarks.mark_of(7), "") == html
    assert 'href="/vi/tin tuc/"' in marked
