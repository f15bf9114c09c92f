"""Who may see a file. What is published is not known here: `portal.editorial` registers the question."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.library.models import Asset

Visible = Callable[[Asset, datetime], bool]

_questions: list[Visible] = []


def register(visible: Visible) -> None:
    """For an `AppConfig.ready`: `visible(asset, now)` says whether something public places the asset."""
    if visible not in _questions:
        _questions.append(visible)


def is_public(asset: Asset, now: datetime) -> bool:
    """May everybody see the file at this moment? Nothing registered: no."""
    return any(visible(asset, now) for visible in _questions)


def may_see_unpublished(user: User | AnonymousUser) -> bool:
    """Staff with the permission to look into the library."""
    return user.is_staff and user.has_perm("library.view_asset")
