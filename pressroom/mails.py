"""The press room's letters to single persons. The key makes each one letter for ever."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from portal.mailing.letters import post
from pressroom import tokens
from pressroom.models import Copy


def copy_given(copy: Copy, hour: datetime, now: datetime) -> None:
    _post(copy, "pressroom/mails/copy_given", {"hour": hour, "address": copy_address(copy)}, now)


def copy_closed(copy: Copy, now: datetime) -> None:
    """The title is named: the holder may have the text before them."""
    _post(copy, "pressroom/mails/copy_closed", {"opened": copy.openings.exists()}, now)


def _post(copy: Copy, template: str, context: dict, now: datetime) -> None:
    post(
        f"{template.rpartition('/')[2]}:{copy.pk}", to=copy.journalist.email, name=copy.journalist.full_name,
        language=copy.journalist.language, template=template,
        context={"copy": copy, "title": copy.thing.text("title", copy.language), **context}, now=now,
    )  # fmt: skip


def copy_address(copy: Copy) -> str:
    """The personal address of a copy, in the language of its text."""
    with override(copy.language):
        return f"{settings.MAIL_ORIGIN}{reverse('pressroom:copy', args=[tokens.of_copy(copy)])}"
