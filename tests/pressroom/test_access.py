"""Who sees what of the press room before it is public: roles by surfaces."""

import pytest
from django.utils import timezone

from portal.editorial.actions import take_step
from portal.editorial.effects import do_waiting
from portal.editorial.models import Effect
from portal.history.models import Record
from portal.mailing import letters
from portal.mailing.models import Returned
from tests import make
from tests.make import DAY, NOON
from tests.pressroom import releases

pytestmark = pytest.mark.django_db

#: Role → whether it works in the press room.
ROLES = {
    "press officer": True, "spokesperson": True, "duty editor": True, "head of the editorial board": True,
    "reporter": False, "editor": False, "translator": False, "approver-vi": False, "approver-en": False,
    "publisher": False, "administrator": False,
}  # fmt: skip


@pytest.fixture
def item():
    now = timezone.now()
    item = releases.embargoed(at=now + DAY, now=now, title_vi="Xylophonia ra mắt")
    releases.accepted(item, now=now)
    return item


def surfaces(item) -> list[str]:
    kind = "pressroom.pressrelease"
    return [
        f"/admin/pressroom/pressrelease/{item.pk}/change/",
        "/admin/pressroom/pressrelease/",
        f"/admin/pressroom/pressrelease/{item.pk}/copies/vi/",
        f"/admin/desk/{kind}/{item.pk}/history/",
        f"/admin/desk/{kind}/{item.pk}/vi/preview/",
        f"/admin/desk/{kind}/{item.pk}/vi/lift_embargo/",
        f"/admin/pressroom/pressrelease/{item.pk}/preview/vi/",
        "/admin/pressroom/said/",
    ]


@pytest.mark.parametrize(("role", "works_there"), ROLES.items())
def test_an_embargoed_text_is_shown_to_those_who_work_with_it_alone(
    client, settings, item, role, works_there
):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")

    told = [path for path in surfaces(item) if "Xylophonia" in client.get(path).content.decode()]

    assert bool(told) is works_there, told


@pytest.mark.parametrize(("role", "works_there"), ROLES.items())
def test_nor_does_the_desk_or_the_history_tell_of_it(client, settings, item, role, works_there):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")
    assert Record.objects.exists()

    pages = "".join(client.get(path).content.decode() for path in ("/admin/", "/admin/history/record/"))

    assert works_there or "Xylophonia" not in pages


@pytest.mark.parametrize("path", ["change/", "copies/vi/", "preview/vi/"])
def test_strangers_are_sent_to_the_door(client, item, path):
    answer = client.get(f"/admin/pressroom/pressrelease/{item.pk}/{path}")

    assert answer.status_code == 302
    assert "/admin/login/" in answer.url


@pytest.mark.parametrize("role", ["reporter", "publisher", "administrator"])
def test_whoever_does_not_work_there_can_do_nothing_with_copies(client, settings, item, role):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(f"/admin/pressroom/pressrelease/{item.pk}/copies/vi/", {"journalists": ["1"]})

    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("role", ["reporter", "translator", "publisher"])
def test_trying_to_delete_its_signer_tells_nobody_of_it(client, settings, role):
    settings.REQUIRE_SECOND_FACTOR = False
    now, signer = timezone.now(), releases.speaker()
    draft = releases.release(now=now, signer=signer, title_vi="Xylophonia ra mắt")
    releases.embargoed(draft, at=now + DAY, now=now)
    client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")

    client.get(f"/admin/people/person/{signer.pk}/delete/")

    assert "Xylophonia" not in client.get("/admin/").content.decode()


OTHERS = [role for role, works_there in ROLES.items() if not works_there]


@pytest.mark.parametrize("role", OTHERS)
def test_a_file_tells_nobody_else_which_text_under_embargo_places_it(client, settings, role):
    settings.REQUIRE_SECOND_FACTOR = False
    now, asset = timezone.now(), make.document(title_vi="Phụ lục")
    draft = releases.release(now=now, title_vi="Xylophonia ra mắt")
    make.placed(draft, asset, "attachment")
    releases.embargoed(make.again(draft), at=now + DAY, now=now)
    make.placed(article := make.article(), asset, "attachment")
    make.published(make.again(article), now=now)
    client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(f"/admin/library/asset/{asset.pk}/change/").content.decode()
    client.get(f"/admin/library/asset/{asset.pk}/delete/")

    assert "1 nội dung mà vai trò của bạn không được xem" in page
    assert "Xylophonia" not in page + client.get("/admin/").content.decode()


def test_deleting_a_topic_counts_the_texts_one_may_not_see_and_names_the_others(client, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    now, topic = timezone.now(), make.topic()
    draft = releases.release(now=now, title_vi="Xylophonia ra mắt")
    for item in (draft, article := make.article(title_vi="Tin thường")):
        item.topics.set([topic])
        make.record_save(item, by=None, now=now)
    make.published(article, now=now)
    releases.embargoed(make.again(draft), at=now + DAY, now=now)
    client.force_login(make.person("administrator"), backend="django.contrib.auth.backends.ModelBackend")

    said = client.get(f"/admin/search/topic/{topic.pk}/delete/", follow=True).content.decode()

    assert "Tin thường; 1 nội dung mà vai trò của bạn không được xem" in said
    assert "Xylophonia" not in said


#: The beginnings of keys under which the press room's letters to one person leave.
LETTERS = [
    "copy_given:7", "copy_closed:7", "enquiry-answered:7", "unit-asked:7", "briefing_seat:7:1", "accreditation-decided:7:x",
    "foreign-press-step:7", "application-confirm:7:x", "card-lapsed:7:x", "journalist-known:7:x", "digest:7:x",
]  # fmt: skip


@pytest.mark.parametrize("key", LETTERS)
def test_letters_of_the_press_room_are_shown_to_those_who_work_there_alone(desk_of, key):
    letter = letters.queue(
        make.message(subject="Thư số bảy"), key=key, to="lan@bao.example", name="", now=NOON
    )
    rows, page = "/admin/mailing/delivery/", f"/admin/mailing/delivery/{letter.pk}/change/"
    officer, publisher = desk_of(make.person("press officer")), desk_of(make.person("publisher"))

    assert "Thư số bảy" in officer.get(rows).content.decode()
    assert officer.get(page).status_code == 200
    assert "lan@bao.example" not in publisher.get(rows).content.decode()
    assert publisher.get(page).status_code == 302  # as for a number that never was
    assert "lan@bao.example" not in publisher.get(rows, {"q": "lan@bao"}).content.decode()


def test_nor_is_what_came_back_to_them(desk_of):
    letter = letters.queue(make.message(), key="copy_given:7", to="lan@bao.example", name="", now=NOON)
    back = Returned.objects.create(
        delivery=letter, kind="reply", at=NOON, digest="7" * 64, words="Tôi đi vắng."
    )
    officer, publisher = desk_of(make.person("press officer")), desk_of(make.person("publisher"))

    assert "lan@bao.example" in officer.get("/admin/mailing/returned/").content.decode()
    assert "lan@bao.example" not in publisher.get("/admin/mailing/returned/").content.decode()
    assert officer.get(f"/admin/mailing/returned/{back.pk}/change/").status_code == 200
    assert publisher.get(f"/admin/mailing/returned/{back.pk}/change/").status_code == 404


def test_nor_the_file_a_machine_without_mail_keeps_of_them(desk_of, settings, tmp_path):
    settings.EMAIL_HOST, settings.EMAIL_FILE_PATH = "", tmp_path
    letter = letters.queue(make.message(), key="copy_given:7", to="lan@bao.example", name="", now=NOON)
    name = f"lan@bao.example--bounce+{letter.token}-{'0' * 16}.eml"
    (tmp_path / name).write_bytes(b"To: lan@bao.example\r\nSubject: x\r\n\r\nx")
    box = "/admin/mailing/mailing/local-box/"
    officer, publisher = desk_of(make.person("press officer")), desk_of(make.person("publisher"))

    assert name in officer.get(box).content.decode()
    assert officer.get(f"{box}{name}/").status_code == 200
    assert name not in publisher.get(box).content.decode()
    assert publisher.get(f"{box}{name}/").status_code == 404


@pytest.mark.parametrize(("role", "works_there"), ROLES.items())
def test_what_follows_a_step_is_told_to_those_who_may_see_the_text(desk_of, item, role, works_there):
    take_step(item, "lift_embargo", language="vi", by=None, now=timezone.now(), note="Bỏ.")
    Effect.objects.filter(name="close_copies").update(attempts=1, error="Xylophonia")

    browser = desk_of(make.person(role))
    pages = "".join(browser.get(path).content.decode() for path in ("/admin/", "/admin/editorial/effect/"))

    assert ("close_copies" in pages) is works_there


def test_the_desk_forgets_texts_of_a_section_one_has_left(desk_of):
    person, now = make.person("press officer"), timezone.now()
    draft = releases.release(now=now, by=person, title_vi="Xylophonia ra mắt")
    take_step(draft, "submit", language="vi", by=person, now=now)
    take_step(make.again(draft), "return", language="vi", by=None, now=now, note="Viết lại.")
    do_waiting(timezone.now())
    assert "Xylophonia" in desk_of(person).get("/admin/").content.decode()

    person.groups.set(make.person("reporter").groups.all())

    assert "Xylophonia" not in desk_of(person).get("/admin/").content.decode()
