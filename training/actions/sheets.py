"""Printing a sign-in sheet: what its codes mean is kept."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import record
from training.models import Event, Session, Sheet, SheetRow
from training.rules.badges import rows_of


@transaction.atomic
def print_sheet(event: Event, session: Session | None, *, by: User | None, now: datetime) -> Sheet:
    """A sheet of everybody with a seat, by unit, each with a code; numbered within the event.

    As long as nothing has changed, the same sheet is given again.
    """
    event = Event.objects.select_for_update(of=["self"]).get(pk=event.pk)
    people = list(event.registrations.seated().select_related("unit"))
    if not people:
        raise Refused(_("Nobody has a seat yet."))
    rows = [(code, each.pk) for code, _unit, each in rows_of(people)]
    last = event.sheets.filter(session=session).first()
    if last and rows == list(last.rows.values_list("code", "registration_id")):
        return last
    number = (event.sheets.aggregate(last=Max("number"))["last"] or 0) + 1
    sheet = Sheet.objects.create(event=event, session=session, number=number, printed_at=now)
    SheetRow.objects.bulk_create(
        SheetRow(sheet=sheet, registration_id=who, code=code, position=place)
        for place, (code, who) in enumerate(rows)
    )
    record(event, "printed a sign-in sheet", by=by, now=now, sheet=number, rows=len(rows))
    return sheet
