"""Letters to those who hold copies of texts under embargo."""

from datetime import datetime

from portal.mailing.letters import post
from pressroom.models import Copy
from pressroom.rules import links


def copy_given(copy: Copy, hour: datetime, now: datetime) -> None:
    _post(
        copy,
        "pressroom/mails/copy_given",
        {"hour": hour, "address": links.COPY.url(copy, copy.language)},
        now,
    )


def copy_closed(copy: Copy, now: datetime) -> None:
    """The title is named: the holder may have the text before them."""
    _post(copy, "pressroom/mails/copy_closed", {"opened": copy.openings.exists()}, now)


def _post(copy: Copy, template: str, context: dict, now: datetime) -> None:
    post(
        f"{template.rpartition('/')[2]}:{copy.pk}", to=copy.journalist.email, name=copy.journalist.full_name,
        language=copy.journalist.language, template=template,
        context={"copy": copy, "title": copy.thing.text("title", copy.language), **context}, now=now,
    )  # fmt: skip
