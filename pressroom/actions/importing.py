"""Journalists brought in from a file, as the plan said."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.reading import Cells
from pressroom.actions import journalists
from pressroom.models import Journalist
from pressroom.rules.journalist_rows import Line, plan


def carry_out(lines: list[tuple[int, Cells]], *, by: User, now: datetime) -> int:
    """Do what the file says today, all of it or nothing; lines refused are left out. Answers how many did something."""
    try:
        return _carry_out(lines, by=by, now=now)
    except IntegrityError as problem:  # somebody else brought the same at the same moment
        raise Refused(
            _("The register has changed since this plan was made: look at the plan again.")
        ) from problem


@transaction.atomic
def _carry_out(lines: list[tuple[int, Cells]], *, by: User, now: datetime) -> int:
    doing = [line for line in plan(lines) if line.does_something]
    for line in doing:
        journalists.save(_journalist(line), by=by, now=now)
    return len(doing)


def _journalist(line: Line) -> Journalist:
    said: dict[str, Any] = {
        ("outlet_id" if name == "outlet" else name): value for name, value in line.said.items()
    }
    if line.known is None:
        said["language"] = said["language"] or Journalist.Language.VIETNAMESE
        return Journalist(**said)
    journalist = Journalist.objects.select_for_update().get(pk=line.known)
    for name, value in said.items():
        if value and name != "email":
            setattr(journalist, name, value)
    if not journalist.full_name.endswith(journalist.given_name):
        journalist.given_name = ""  # proposed anew from the name the file says
    return journalist
