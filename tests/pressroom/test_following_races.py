"""Two workers at once: a step is entered in the ledger once, and a text is sent once."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from portal.mailing.models import Mailing
from pressroom.actions import distributing, ledger
from pressroom.models import JournalistRule, Said
from tests import make
from tests.make import MINUTE
from tests.pressroom import releases

pytestmark = [pytest.mark.on_postgresql, pytest.mark.django_db(transaction=True)]
now = timezone.now


@pytest.fixture(autouse=True)
def _ours(settings, tmp_path):
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", tmp_path / "signing.key"
    make.identity()


def at_once(*deeds: Callable[[], Any]) -> None:
    """Do them all at the same moment, each on a connection of its own."""
    start, broken = Barrier(len(deeds)), []

    def one(deed: Callable[[], Any]) -> None:
        try:
            start.wait()
            deed()
        except Exception as problem:
            broken.append(problem)
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []


def test_two_workers_enter_the_steps_of_a_text_once_and_in_their_order():
    item = make.published(releases.statement(), "vi")
    releases.changed(item, text_said_vi="Một câu khác.\nHai.\nBa.")
    other = make.published(releases.statement(), "vi")

    at_once(*[lambda: ledger.enter(item, "vi")] * 3, *[lambda: ledger.enter(other, "vi")] * 3)

    lines = list(Said.objects.order_by("pk"))
    assert [line.deed for line in lines if line.object_id == item.pk] == ["given_out", "replaced"]
    assert [line.deed for line in lines if line.object_id == other.pk] == ["given_out"]
    assert [line.previous for line in lines] == ["", *(line.seal for line in lines[:-1])]


def test_two_workers_send_a_text_and_its_correction_as_one_letter():
    press = make.mailing_list()
    JournalistRule.objects.create(mailing_list=press)
    releases.journalist()
    published = now()
    item = make.published(releases.release(press, now=published), now=published)
    corrected = published + MINUTE
    releases.changed(item, title_vi="Bản đúng", now=corrected)

    at_once(
        *[
            lambda: distributing.distribute(item, "vi", at=published, is_first=True, now=corrected),
            lambda: distributing.distribute(item, "vi", at=corrected, is_first=False, now=corrected),
        ]
        * 2
    )

    assert [mailing.message.subject for mailing in Mailing.objects.all()] == ["Bản đúng"]
