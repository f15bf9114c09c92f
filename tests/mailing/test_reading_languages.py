"""Where the same goes out in both languages, each reader gets it in theirs, and once."""

import pytest

from portal.directory.models import Post
from portal.mailing import comparing, letters, proofing
from portal.mailing.actions import sending, subscribing
from portal.mailing.models import Delivery, Mailing, MailingList, Subscriber, Subscription
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulletin() -> MailingList:
    return make.mailing_list(kinds=["embassy"])


def reader(email: str, language: str, of: MailingList) -> Subscriber:
    subscriber = Subscriber.objects.create(email=email, language=language, created_at=NOON)
    Subscription.objects.create(
        subscriber=subscriber, list=of, state="confirmed", confirmed_at=NOON, consent="Tôi đồng ý."
    )
    return subscriber


def post(email: str, language: str) -> None:
    make.address(email, of=make.post(language=language))


def letter_in(language: str, to: MailingList, *, both: bool) -> Mailing:
    mailing = sending.compose("Bản tin", make.message(language=language), by=None, now=NOON)
    mailing.is_in_both_languages = both
    mailing.save()
    mailing.lists.add(to)
    return mailing


def recipients(mailing: Mailing) -> set[str]:
    """Whom it is sent to; the page of the draft must have said as many."""
    told = comparing.difference(mailing)
    sending.approve(mailing, by=make.publisher(), now=NOON)
    found = set(mailing.deliveries.values_list("email", flat=True))
    assert (told.total, set(told.new.first)) == (len(found), found)
    return found


class TestTwoLetters:
    def test_each_reader_gets_the_one_in_their_language(self, bulletin):
        reader("an@doc.example", "vi", bulletin)
        reader("ann@reads.example", "en", bulletin)

        assert recipients(letter_in("vi", bulletin, both=True)) == {"an@doc.example"}
        Mailing.objects.update(approved_at=None)
        assert recipients(letter_in("en", bulletin, both=True)) == {"ann@reads.example"}

    def test_so_does_each_post(self, bulletin):
        post("lao@embassy.example", "vi")
        post("france@embassy.example", "en")

        assert recipients(letter_in("vi", bulletin, both=True)) == {"lao@embassy.example"}

    def test_what_is_chosen_on_ones_own_page_is_the_last_word(self, bulletin):
        post("france@embassy.example", "en")
        letter = letters.queue(make.message(), key="một", to="France@embassy.example", name="", now=NOON)
        subscribing.choose_language(letter, "vi", now=NOON)

        assert recipients(letter_in("vi", bulletin, both=True)) == {"france@embassy.example"}


def test_what_there_is_in_one_language_goes_to_all_readers(bulletin):
    reader("an@doc.example", "vi", bulletin)
    reader("ann@reads.example", "en", bulletin)
    post("france@embassy.example", "en")

    assert len(recipients(letter_in("vi", bulletin, both=False))) == 3


def test_a_confirmed_sign_up_is_in_the_language_it_was_asked_in(bulletin):
    Subscriber.objects.create(email="ann@reads.example", language="vi", created_at=NOON)
    subscribing.sign_up("ann@reads.example", lists=[bulletin], language="en", consent="Yes.", now=NOON)
    assert Subscriber.objects.get().language == "vi"

    subscribing.confirm(Delivery.objects.get(), now=NOON)

    assert Subscriber.objects.get().language == "en"


class TestOneLetterAlone:
    """Both editions are before readers, and only one letter has been composed."""

    @pytest.fixture(autouse=True)
    def _readers(self, bulletin):
        reader("an@doc.example", "vi", bulletin)
        reader("ann@reads.example", "en", bulletin)
        post("france@embassy.example", "en")

    def told(self, mailing: Mailing) -> list[str]:
        return [found.message for found in proofing.findings(mailing) if "chưa soạn thư" in found.message]

    def test_its_page_says_who_would_get_nothing(self, bulletin):
        [said] = self.told(letter_in("vi", bulletin, both=True))

        assert said.startswith("Danh sách “Bản tin tiếng Anh hằng quý” chưa soạn thư tiếng Anh: 2 người nhận")

    def test_it_may_be_approved_all_the_same(self, bulletin):
        found = proofing.findings(letter_in("vi", bulletin, both=True))

        assert not any(each.blocks for each in found if "chưa soạn thư" in each.message)

    def test_with_the_other_letter_beside_it_there_is_nothing_to_say(self, bulletin):
        mailings = [letter_in(language, bulletin, both=True) for language in ("vi", "en")]

        assert [self.told(mailing) for mailing in mailings] == [[], []]

    def test_a_letter_to_another_list_does_not_help(self, bulletin):
        letter_in("en", make.mailing_list("khac"), both=True)

        assert len(self.told(letter_in("vi", bulletin, both=True))) == 1

    def test_nor_one_that_was_recalled(self, bulletin):
        recalled = letter_in("en", bulletin, both=True)
        Mailing.objects.filter(pk=recalled.pk).update(state=Mailing.State.CANCELLED)

        assert len(self.told(letter_in("vi", bulletin, both=True))) == 1

    def test_nor_the_one_of_last_quarter(self, bulletin):
        last = letter_in("en", bulletin, both=True)
        last.message.created_at = NOON - 90 * make.DAY
        last.message.save()

        assert len(self.told(letter_in("vi", bulletin, both=True))) == 1

    def test_a_letter_for_all_readers_leaves_nobody_out(self, bulletin):
        assert self.told(letter_in("vi", bulletin, both=False)) == []

    def test_where_nobody_reads_the_other_language_nobody_is_left_out(self, bulletin):
        Subscriber.objects.update(language="vi")
        Post.objects.update(language="vi")

        assert self.told(letter_in("vi", bulletin, both=True)) == []
