"""Making a cleared answer into one that everybody can read."""

from datetime import datetime

from django.db import transaction
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.editorial.actions import start
from portal.history.actions import record
from portal.languages import LANGUAGES
from portal.languages.dates import vietnamese_day
from pressroom.models import Enquiry, PressAnswer
from pressroom.rules.enquiries import STEPS


@transaction.atomic
def publish(enquiry: Enquiry, *, by: User | None, now: datetime) -> PressAnswer:
    """A draft of the public answer in both languages, pre-filled with what was sent; it passes the usual steps.

    The outlet is named; the journalist only who agreed. Raises Refused for what was not on the record.
    """
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if reason := STEPS["publish"].refusal(enquiry, by):
        raise Refused(reason)
    answer = PressAnswer(
        created_at=now, created_by=by, source_language=enquiry.language,
        journalist_name=enquiry.asked_by if enquiry.may_be_named else "",
        asked_on=vietnamese_day(enquiry.asked_at), answered_on=vietnamese_day(enquiry.replied_at or now),
    )  # fmt: skip
    for language in LANGUAGES:
        setattr(answer, f"body_{language}", paragraphs(enquiry.answer_in(language)))
        setattr(answer, f"outlet_{language}", enquiry.outlet_in(language))
    setattr(answer, f"title_{enquiry.language}", enquiry.subject)
    setattr(answer, f"question_{enquiry.language}", enquiry.question)
    answer.save()
    start(answer, by=by, now=now, why=_("from enquiry %(reference)s") % {"reference": enquiry.reference})
    enquiry.published = answer
    enquiry.save(update_fields=["published"])
    record(enquiry, STEPS["publish"].done, by=by, now=now)
    return answer


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs."""
    parts = [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)
