"""Naming on the portal who speaks for the ministry (Decree 244/2026/ND-CP, Article 3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.duties.models import limit_on
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from portal.web import changes
from pressroom.models import Spokesperson


def naming_due(spokesperson: Spokesperson) -> datetime | None:
    """By when the portal must name this person."""
    limit = limit_on("spokesperson-published", vietnamese_day(spokesperson.assigned_at))
    return limit.after(spokesperson.assigned_at) if limit else None


@transaction.atomic
def name_on_portal(spokesperson: Spokesperson, *, by: User | None, now: datetime) -> Spokesperson:
    """Show the spokesperson to everybody from this moment; a second time changes nothing."""
    spokesperson = Spokesperson.objects.select_for_update().get(pk=spokesperson.pk)
    if spokesperson.named_at:
        return spokesperson
    if spokesperson.assigned_at > now:
        raise Refused(_("The assignment lies in the future: name the person when it has been made."))
    spokesperson.named_at = now
    spokesperson.save(update_fields=["named_at"])
    due = naming_due(spokesperson)
    record(spokesperson, "named on the portal", by=by, now=now, late=due is not None and now > due)
    changes.announce()
    return spokesperson
