"""What stands between the press room's texts and their readers, besides what every text is looked at for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.editorial.checklist import Finding, check
from portal.editorial.models import Publishable
from portal.languages import other
from portal.languages.fields import read_records
from pressroom.models import PressRelease, Statement


@check
def sentences_stand_side_by_side(item: Publishable, language: str) -> Iterator[Finding]:
    """Whoever quotes one language must find the same sentence under the same number in the other."""
    if not isinstance(item, Statement):
        return
    here, there = len(item.sentences(language)), len(item.sentences(other(language)))
    if there and here != there:
        yield Finding(
            "text_said",
            _(
                "The sentences are not aligned: %(here)d here, %(there)d in the other language. One on each line."
            )
            % {"here": here, "there": there},
            True,
        )


@check
def quotes_have_speakers(item: Publishable, language: str) -> Iterator[Finding]:
    if not isinstance(item, PressRelease):
        return
    records = read_records(item.text("quotes", language))
    if any(record["words"] and not record["speaker"] for record in records):
        yield Finding("quotes", _("Say who speaks in each quote."), True)
    if any(record["speaker"] and not record["words"] for record in records):
        yield Finding("quotes", _("A quote without words: write them, or take it out."), True)


@check
def speakers_had_a_title(item: Publishable, language: str) -> Iterator[Finding]:
    """A name without the title of the day is printed as it is; somebody should have looked."""
    if isinstance(item, PressRelease):
        for quote in item.quoted(language):
            if quote["speaker"] and not quote["title"]:
                yield Finding(
                    "quotes",
                    _("%(name)s has no title on the day of the release.") % {"name": quote["speaker"]},
                    False,
                )
