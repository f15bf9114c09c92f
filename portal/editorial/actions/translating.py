"""The translator's word that a translation still holds, and the day a text expires."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.editorial import content, translations
from portal.editorial.actions.locking import editions_of, lock
from portal.editorial.actions.reading import refresh_entries
from portal.editorial.actions.refusal import Refused
from portal.editorial.models import Edition, Publishable, State
from portal.history.actions import record


@transaction.atomic
def confirm_translation(
    item: Publishable, *, language: str, by: User, now: datetime, note: str = ""
) -> Edition:
    """“Still correct”: the translation holds for the source as it is published now. Logged; nothing else changes."""
    item = lock(item)
    original = item.root
    if not by.has_perm(f"editorial.write_{language}"):
        raise Refused(_("Your role does not include this step."))
    edition, source = editions_of(item).get(language), original.edition(original.source_language)
    if edition is None or source is None or translations.truth(item, language) != translations.Truth.OUTDATED:
        raise Refused(_("This translation is not out of date."))
    made_from = {
        field: {"digest": digest, "version": source.published_version}
        for field, digest in source.field_digests.items()
    }
    for each in _in_row_and_copy(item, language):
        each.made_from = made_from
        each.save(update_fields=["made_from"])
    fields = ", ".join(content.translatable_fields(item))
    record(original, "confirmed the translation", by=by, now=now, language=language, note=note, fields=fields)
    if not item.is_working_copy:
        refresh_entries([type(item)._default_manager.get(pk=item.pk)])
    edition.refresh_from_db()
    return edition


@transaction.atomic
def set_expiry(
    item: Publishable, *, language: str, by: User, now: datetime, expire_at: datetime | None
) -> Edition:
    """Say when a text leaves the lists by itself (the clock withdraws it then), or that it does not."""
    item = lock(item.root)
    edition = editions_of(item)[language]
    if not by.has_perm("editorial.publish"):
        raise Refused(_("Your role does not include this step."))
    if edition.state in {State.WITHDRAWN, State.RETRACTED}:
        raise Refused(_("This text has already been taken down."))
    if expire_at is not None and (
        expire_at <= now or (edition.publish_at and expire_at <= edition.publish_at)
    ):
        raise Refused(_("A text can only expire after it has appeared, and in time to come."))
    edition.expire_at = expire_at
    edition.save(update_fields=["expire_at"])
    record(
        item,
        "set the expiry",
        by=by,
        now=now,
        language=language,
        until=expire_at.isoformat() if expire_at else None,
    )
    refresh_entries([type(item)._default_manager.get(pk=item.pk)])
    return edition


def _in_row_and_copy(item: Publishable, language: str) -> list[Edition]:
    """The edition in the row and, when there is one, in its working copy: what is confirmed holds in both."""
    copy = type(item)._default_manager.filter(working_copy_of=item).first()
    rows = [Edition.objects.of(each).filter(language=language).first() for each in (item, copy) if each]
    return [edition for edition in rows if edition]
