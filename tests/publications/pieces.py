"""Pieces for issues: published in English, and changed afterwards the way editors change them."""

from typing import Any

from news.models import Article
from portal.editorial.actions import open_working_copy, take_step
from tests import make


def english(**fields: Any) -> Article:
    """An article readers see in English."""
    return make.published(make.article(**fields), "en")


def corrected(
    item: Article, *, kind: str = "correction", note: str = "The year was wrong.", **fields: Any
) -> Article:
    """The article an hour later, after a change of this kind went through a working copy."""
    now = make.NOON + make.HOUR
    copy = open_working_copy(make.again(item), by=None, now=now)
    make.changed(copy, by=None, now=now, change_kind_en=kind, change_note_en=note, **fields)
    take_step(make.approved(make.again(copy), "en", now=now), "publish", language="en", by=None, now=now)
    return make.again(item)
