"""What stands between a public answer and its readers, besides what every text is looked at for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.editorial.checklist import Finding, check
from portal.editorial.models import Publishable
from portal.languages.folding import fold
from portal.richtext import plain_text
from pressroom.models import PressAnswer

FIELDS = ("title", "question", "body", "outlet")


@check
def nobody_is_named_who_did_not_agree(item: Publishable, language: str) -> Iterator[Finding]:
    """The outlet is named; the journalist only with agreement."""
    if not isinstance(item, PressAnswer):
        return
    enquiry = getattr(item.root, "enquiry", None)
    if enquiry is None or enquiry.may_be_named:
        return
    if item.journalist_name:
        yield Finding("journalist_name", _("The journalist has not agreed to be named."), True)
    name = fold(enquiry.asked_by)
    for field in FIELDS:
        if name and name in fold(plain_text(item.words(field, language))):
            yield Finding(field, _("The journalist, who has not agreed to be named, is named here."), True)
