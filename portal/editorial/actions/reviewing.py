"""The second pair of eyes on what was published urgently."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.editorial.actions.locking import editions_of, lock
from portal.editorial.actions.refusal import Refused
from portal.editorial.contributors import urgent_publishers, writers
from portal.editorial.models import Edition, Publishable
from portal.editorial.states import STEPS
from portal.history.actions import record


@transaction.atomic
def review_afterwards(
    item: Publishable, *, language: str, by: User, now: datetime, note: str = ""
) -> Edition:
    """The second pair of eyes after an urgent publication: not the publisher, nobody who wrote the text."""
    item = lock(item)
    edition = editions_of(item)[language]
    if edition.urgent_at is None or edition.reviewed_after_at is not None:
        raise Refused(_("This text is not waiting for a review afterwards."))
    if not by.has_perm(STEPS["approve"].permission_for(language)):
        raise Refused(_("Your role does not include this step."))
    if by.pk in urgent_publishers(item, edition) | writers(item, language):
        raise Refused(_("You wrote or published this text, so another person must review it."))
    edition.reviewed_after_at, edition.reviewed_after_by = now, by
    edition.reviewed_version = edition.published_version
    edition.save(update_fields=["reviewed_after_at", "reviewed_after_by", "reviewed_version"])
    record(item, "reviewed afterwards", by=by, now=now, language=language, note=note)
    return edition
