import pytest
from django.test import Client


def language_of(response):
    return response.headers["Content-Language"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_workplace_speaks_the_persons_language(staff, browser, language):
    client = browser(staff(language=language))
    client.cookies["language"] = "vi" if language == "en" else "en"
    assert language_of(client.get("/admin/account/")) == language


def test_the_sign_in_page_follows_the_question_then_the_cookie_then_the_browser():
    client = Client(headers={"accept-language": "en"})
    assert language_of(client.get("/admin/login/")) == "en"
    client.cookies["language"] = "vi"
    assert language_of(client.get("/admin/login/")) == "vi"
    assert language_of(client.get("/admin/login/?language=en")) == "en"


def test_without_any_wish_the_sign_in_page_is_vietnamese():
    assert language_of(Client().get("/admin/login/")) == "vi"


def test_an_explicit_choice_is_remembered():
    client = Client()
    client.get("/admin/login/?language=en")
    assert language_of(client.get("/admin/login/")) == "en"


def test_an_unknown_language_is_no_choice():
    response = Client().get("/admin/login/?language=xx")
    assert language_of(response) == "vi"
    assert "language" not in response.cookies


def test_a_signed_in_person_changes_the_language_for_good(staff, browser):
    user = staff(language="vi")
    client = browser(user)
    response = client.post("/admin/account/language/", {"language": "en", "next": "/admin/account/"})
    assert response.headers["Location"] == "/admin/account/"
    user.refresh_from_db()
    assert user.language == "en"
    assert language_of(client.get("/admin/account/")) == "en"


def test_a_language_the_portal_does_not_speak_is_refused(staff, browser):
    user = staff(language="vi")
    assert browser(user).post("/admin/account/language/", {"language": "fr"}).status_code == 400
    user.refresh_from_db()
    assert user.language == "vi"


@pytest.mark.parametrize(
    "forged", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_a_forged_next_leads_home(staff, browser, forged):
    response = browser(staff()).post("/admin/account/language/", {"language": "en", "next": forged})
    assert response.headers["Location"] == "/admin/"


def test_the_language_is_changed_by_post_only(staff, browser):
    assert browser(staff()).get("/admin/account/language/?language=en").status_code == 405


def test_pages_outside_the_admin_keep_their_own_language(staff, browser):
    client = browser(staff(language="en"))
    client.cookies["language"] = "vi"
    assert language_of(client.get("/outside/")) == "vi"


def test_the_choice_stands_on_the_page_in_both_languages(staff, browser):
    page = browser(staff(language="vi")).get("/admin/account/").content.decode()
    assert 'value="vi" lang="vi" aria-current="true">Tiếng Việt' in page
    assert 'value="en" lang="en">English' in page
