"""What is found in the letter of an issue before it may be approved, and once more before it leaves."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.mailing.models import Mailing
from portal.mailing.proofing import Finding, check
from portal.search.models import Entry
from publications import pins
from publications.models import Sending


@check
def the_issue_stands_as_it_was_composed(mailing: Mailing) -> Iterator[Finding]:
    sending = Sending.objects.filter(mailing=mailing, corrects=None).select_related("bulletin").first()
    if sending is None:
        return
    entry = Entry.objects.about(sending.bulletin).in_language(sending.language).first()
    if entry is None or not entry.is_listed(timezone.now()):
        yield Finding(_("The issue is not before readers any more, so the letter would lead nowhere."))
    for key, standing in pins.standings(sending.pieces, sending.language).items():
        if standing.is_wrong or (key == sending.bulletin.reference and standing.state != pins.State.CURRENT):
            yield Finding(
                _("The letter holds a text that has changed since: cancel it, and compose it anew.")
            )
            return
