"""Letters of the desk for foreign press: that a request has come, and each step of it with the answer."""

from datetime import datetime

from portal.mailing import letters
from pressroom.models import ForeignPressRequest, ForeignPressStep
from pressroom.rules.links import FOREIGN_PRESS


def received(request: ForeignPressRequest, now: datetime) -> None:
    _post(f"foreign-press-received:{request.pk}", request, "pressroom/mails/foreign_press_received", now)


def moved(step: ForeignPressStep, now: datetime) -> None:
    _post(f"foreign-press-step:{step.pk}", step.request, "pressroom/mails/foreign_press_step", now, step=step)


def _post(
    key: str, request: ForeignPressRequest, template: str, now: datetime, step: ForeignPressStep | None = None
) -> None:
    letters.post(
        key, to=request.email, name=request.full_name, language=request.language, template=template, now=now,
        context={"request": request, "step": step, "link": FOREIGN_PRESS.url(request, request.language)},
    )  # fmt: skip
