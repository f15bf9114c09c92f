"""Who may see a file. What is published is not known here: `portal.editorial` and the sections register the question."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from portal.accounts.models import User

Showing = Callable[[datetime], QuerySet]

_questions: list[Showing] = []


def register(showing: Showing) -> None:
    """For an `AppConfig.ready`: `showing(now)` gives the rows whose `asset` everybody may see at that moment."""
    if showing not in _questions:
        _questions.append(showing)


def is_public(asset: Model, now: datetime) -> bool:
    """May everybody see the file at this moment? Nothing registered: no."""
    return any(showing(now).filter(asset=asset).exists() for showing in _questions)


def public(now: datetime) -> Q:
    """The same, asked of all assets together."""
    asked = [Q(Exists(showing(now).filter(asset=OuterRef("pk")))) for showing in _questions]
    return Q(*asked or [Q(pk__in=[])], _connector=Q.OR)


def may_look_into_the_library(user: User | AnonymousUser) -> bool:
    """Staff with the permission; `AssetQuerySet.shown_to` says what they find there."""
    return user.is_staff and user.has_perm("library.view_asset")
