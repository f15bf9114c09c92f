"""The notice of a press conference: its six contents, and how early it is given (Decree 237/2026/ND-CP, Article 22)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from portal.duties.models import Limit, limit_on
from portal.languages.dates import vietnamese_day
from pressroom.models import Briefing

DUTY = "briefing-notice"


def missing(briefing: Briefing, language: str) -> list[str]:
    """Which of the six contents the notice does not say yet in one language. `briefing` may be a working copy."""
    decided = briefing.root
    said: list[tuple[Any, Any]] = [
        (decided.text("place", language), _("the place")),
        (decided.precision == Briefing.Precision.EXACT, _("the time")),
        (briefing.words("body", language), _("the content")),
        (briefing.chair_id, _("the chair")),
        (briefing.text("proof", language), _("the documents of proof")),
        (decided.invitations.exists(), _("the outlets invited")),
    ]
    return [str(name) for value, name in said if not value]


def limit(briefing: Briefing) -> Limit | None:
    """The law of the day; None where no hour is set, or no law asks for a notice."""
    return limit_on(DUTY, vietnamese_day(briefing.begins_at)) if briefing.begins_at else None


def deadline(briefing: Briefing) -> datetime | None:
    """The latest moment for the notice."""
    law = limit(briefing)
    return law.before(briefing.begins_at) if law and briefing.begins_at else None


def published_at(briefing: Briefing) -> datetime | None:
    """When readers first had it, in whatever language."""
    moments = [
        edition.first_published_at for edition in briefing.editions.all() if edition.first_published_at
    ]
    return min(moments, default=None)


def given_at(briefing: Briefing) -> datetime | None:
    """When the notice was given: published, and its time confirmed."""
    published = published_at(briefing)
    return max(published, briefing.confirmed_at) if published and briefing.confirmed_at else None


def would_be_late(briefing: Briefing, at: datetime) -> bool:
    """A notice given at a moment would be too late."""
    latest = deadline(briefing)
    return latest is not None and at > latest
