"""Letters to journalists about their card and their application. The key makes each one letter for ever."""

from datetime import datetime
from typing import Any

from portal.mailing import letters
from pressroom.models import CardReminder, Journalist, JournalistApplication
from pressroom.rules.links import CONFIRM, PREFERENCES


def card_runs_out(reminder: CardReminder, now: datetime) -> None:
    journalist = reminder.journalist
    _post(
        f"card-runs-out:{journalist.pk}:{reminder.valid_until}:{reminder.days_before}", journalist,
        "pressroom/mails/card_runs_out", now,
    )  # fmt: skip


def card_has_lapsed(journalist: Journalist, now: datetime) -> None:
    _post(
        f"card-lapsed:{journalist.pk}:{journalist.card_valid_until}", journalist,
        "pressroom/mails/card_lapsed", now,
    )  # fmt: skip


def confirm_application(application: JournalistApplication, now: datetime) -> None:
    """Asked again within an hour, no second letter leaves."""
    link = CONFIRM.url(application, application.language)
    _post(
        f"application-confirm:{application.pk}:{now:%Y-%m-%dT%H}", application,
        "pressroom/mails/application_confirm", now, link=link,
    )  # fmt: skip


def application_waits(application: JournalistApplication, now: datetime) -> None:
    _post(
        f"application-waits:{application.pk}:{now:%Y-%m-%dT%H}", application,
        "pressroom/mails/application_waits", now,
    )  # fmt: skip


def already_known(journalist: Journalist, now: datetime) -> None:
    """The answer to an application of somebody we write to already: where their wishes are changed."""
    _post(
        f"journalist-known:{journalist.pk}:{now:%Y-%m-%dT%H}", journalist, "pressroom/mails/journalist_known", now,
        link=PREFERENCES.url(journalist, journalist.language),
    )  # fmt: skip


def application_accepted(application: JournalistApplication, journalist: Journalist, now: datetime) -> None:
    _post(
        f"application-accepted:{application.pk}", journalist, "pressroom/mails/application_accepted", now,
        link=PREFERENCES.url(journalist, journalist.language),
    )  # fmt: skip


def application_refused(application: JournalistApplication, now: datetime) -> None:
    _post(f"application-refused:{application.pk}", application, "pressroom/mails/application_refused", now)


def _post(key: str, to: Any, template: str, now: datetime, **more: Any) -> None:
    """To a journalist or an applicant, who is `to` in the template too."""
    letters.post(
        key, to=to.email, name=to.full_name, language=to.language, template=template, context={"to": to, **more},
        now=now,
    )  # fmt: skip
