import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from portal.accounts import actions
from portal.accounts.models import User
from portal.accounts.views import password_reset

ASK = "/admin/password-reset/"
NEW = "a wholly new secret"


def link(letter):
    return urlsplit(re.search(r"https?://\S+", letter.body)[0]).path


def ask(email, **headers):
    return Client().post(ASK, {"email": email}, **headers)


def test_the_letter_leads_to_a_new_password(staff, mailoutbox):
    user = staff()
    ask(user.email)
    client = Client()
    page = client.get(link(mailoutbox[0]), follow=True)
    client.post(page.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_the_link_works_once(staff, mailoutbox):
    user = staff()
    ask(user.email)
    client = Client()
    page = client.get(link(mailoutbox[0]), follow=True)
    client.post(page.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    assert Client().get(link(mailoutbox[0]), follow=True).context["validlink"] is False


def test_a_short_new_password_is_refused(staff, mailoutbox):
    user = staff()
    ask(user.email)
    client = Client()
    page = client.get(link(mailoutbox[0]), follow=True)
    response = client.post(
        page.redirect_chain[-1][0], {"new_password1": "k7$wPq2z", "new_password2": "k7$wPq2z"}
    )
    assert response.context["form"].errors["new_password2"]
    user.refresh_from_db()
    assert not user.check_password("k7$wPq2z")


def test_a_new_password_does_not_replace_the_second_factor(enrolled, browser, mailoutbox):
    user = enrolled()
    ask(user.email)
    client = Client()
    page = client.get(link(mailoutbox[0]), follow=True)
    client.post(page.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    response = browser(user, NEW).get("/admin/account/")
    assert response.headers["Location"].startswith("/admin/account/second-factor/")


def test_known_and_unknown_addresses_get_the_same_answer(staff, mailoutbox):
    user = staff()
    known, unknown = ask(user.email), ask("nobody@ministry.example")
    assert [known.status_code, known.headers["Location"]] == [
        unknown.status_code,
        unknown.headers["Location"],
    ]
    assert len(mailoutbox) == 1


def test_the_letter_leaves_after_the_answer(staff, mailoutbox, rf):
    request = rf.post(ASK, {"email": staff().email})
    response = password_reset.Ask.as_view()(csrf_exempt(request))
    waiting = len(mailoutbox)
    response.close()
    assert [waiting, len(mailoutbox)] == [0, 1]


def csrf_exempt(request):
    request._dont_enforce_csrf_checks = True
    return request


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_letter_speaks_the_persons_language(staff, mailoutbox, language):
    user = staff(language=language)
    Client(headers={"accept-language": "vi" if language == "en" else "en"}).post(ASK, {"email": user.email})
    with translation.override(language):
        assert mailoutbox[0].subject == gettext("Choose a new password for the portal")
    assert ("Dear" in mailoutbox[0].body) is (language == "en")


def test_the_letter_is_whole(staff, mailoutbox):
    ask(staff(language="en", full_name="Nguyễn Thị <Lan> & Co").email)
    assert mailoutbox[0].body.startswith("Dear Nguyễn Thị <Lan> & Co,\n\nSomebody, probably you,")
    assert "http://testserver/admin/password-reset/" in mailoutbox[0].body
    assert "within 72 hours" in mailoutbox[0].body


def test_the_letter_names_the_public_address(staff, mailoutbox, settings):
    settings.PUBLIC_ORIGIN = "https://portal.example"
    ask(staff().email)
    assert "https://portal.example/admin/password-reset/" in mailoutbox[0].body


def test_a_closed_account_gets_no_letter(staff, mailoutbox):
    ask(staff(is_active=False).email)
    assert mailoutbox == []


def test_a_new_account_chooses_its_first_password_this_way(superuser, noon, mailoutbox):
    user = actions.open_account("lan", "Lan", [], by=superuser, now=noon, email="lan@ministry.example")
    ask("LAN@ministry.example")
    client = Client()
    page = client.get(link(mailoutbox[0]), follow=True)
    client.post(page.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW})
    assert User.objects.get(pk=user.pk).check_password(NEW)


def test_a_password_taken_away_does_not_come_back_by_letter(staff, noon, mailoutbox):
    user = staff(last_login=noon)
    user.set_unusable_password()
    user.save()
    ask(user.email)
    assert mailoutbox == []


def test_an_address_gets_three_letters_an_hour(staff, mailoutbox):
    user = staff()
    answers = {ask(user.email).status_code for _time in range(5)}
    assert [answers, len(mailoutbox)] == [{302}, 3]


def test_one_place_asks_twenty_times_an_hour(staff, mailoutbox):
    users = [staff(f"person{number}") for number in range(22)]
    for user in users:
        ask(user.email, REMOTE_ADDR="192.0.2.9")
    assert len(mailoutbox) == 20
    ask(users[21].email, REMOTE_ADDR="192.0.2.10")
    assert len(mailoutbox) == 21


def test_every_page_of_the_way_can_be_read_signed_out():
    for page in ("", "sent/", "xx/xx-xx/", "done/"):
        assert Client().get(f"{ASK}{page}").status_code == 200


def test_something_that_is_no_address_is_refused_in_words(mailoutbox):
    response = ask("no address")
    assert response.context["form"].errors["email"]
