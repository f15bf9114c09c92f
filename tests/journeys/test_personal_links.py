"""The pages behind personal links, as browsers send their forms: the address must not leak, the form must arrive."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_readers_choice_behind_the_link_of_a_letter_arrives(open_page, scripts):
    make.identity()
    sent = make.mailing("reader@embassy.example", now=timezone.now())
    page = open_page(java_script_enabled=scripts)
    page.goto(f"/en/mail/{sent.deliveries.get().token}/")

    page.get_by_role("button", name="Change the language").click()

    expect(page.get_by_text("Letters come in the language chosen.")).to_be_visible()
