"""Forgetting who asked: particulars kept with an enquiry go some time after it is closed, as was promised when they were given."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.duties.models import limit_on
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from portal.mailing.actions import forgetting
from pressroom.models.enquiries import Enquiry, new_key

LETTERS = ("enquiry-received", "enquiry-answered", "enquiry-refused")


def forget_due(now: datetime) -> int:
    """Erase whatever is due; how many and how fast they were answered stays. Answers how many were erased."""
    limit = limit_on("enquirer-forgotten", vietnamese_day(now))
    if limit is None:
        return 0
    due = list(Enquiry.objects.to_forget(limit.before(now)).values_list("pk", flat=True))
    for pk in due:
        forget(pk, now=now)
    return len(due)


@transaction.atomic
def forget(pk: int, *, now: datetime) -> None:
    """Erase name, outlet as named, addresses, consent and the letters; the link ends. The question, the outlet of the
    directory and the times stay. Twice is once.

    A journalist of the register is in the register no less, but this question is no longer theirs.
    """
    enquiry: Any = Enquiry.objects.select_for_update().get(pk=pk)
    if enquiry.forgotten_at:
        return
    enquiry.asked_by = enquiry.outlet_name = enquiry.email = enquiry.phone = enquiry.consent = ""
    enquiry.key, enquiry.forgotten_at, enquiry.journalist = new_key(), now, None
    enquiry.save(
        update_fields=[
            "asked_by", "outlet_name", "email", "phone", "consent", "key", "forgotten_at", "journalist",
        ]
    )  # fmt: skip
    for letter in LETTERS:
        forgetting.forget_letter(f"{letter}:{enquiry.pk}")
    record(enquiry, "erased the particulars", by=None, now=now)
