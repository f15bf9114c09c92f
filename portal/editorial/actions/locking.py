"""The first thing every action does: lock the row, read it again, and see that it is still what the person saw."""

from portal.editorial.actions.refusal import Conflict
from portal.editorial.models import Edition, Publishable
from portal.languages import LANGUAGES


def lock(item: Publishable, *, lock_version: int | None = None) -> Publishable:
    """The row, locked until the transaction ends and read afresh; the original is locked before its working copy.

    Raises Conflict when `lock_version` is given and no longer the row's. Call inside a transaction.
    """
    model = type(item)
    wanted = [pk for pk in (item.working_copy_of_id, item.pk) if pk]
    rows = {
        row.pk: row for row in model._default_manager.select_for_update().filter(pk__in=wanted).order_by("pk")
    }
    if item.pk not in rows:
        raise Conflict
    fresh = rows[item.pk]
    if fresh.working_copy_of_id:
        fresh.working_copy_of = rows.get(fresh.working_copy_of_id) or fresh.working_copy_of
    if lock_version is not None and fresh.lock_version != lock_version:
        raise Conflict
    return fresh


def editions_of(item: Publishable) -> dict[str, Edition]:
    """The editions of a locked row, locked too."""
    found = Edition.objects.of(item).select_for_update()
    editions = {edition.language: edition for edition in found}
    return {language: editions[language] for language in LANGUAGES if language in editions}
