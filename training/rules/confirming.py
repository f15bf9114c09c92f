"""What an event needs before it is confirmed."""

from django.utils.translation import gettext as _

from portal.languages import LANGUAGES
from training.models import Event, Permit


def refusal(event: Event) -> str | None:
    """Why an event cannot be confirmed as it stands; None when nothing speaks against it."""
    if event.precision not in {Event.Precision.DAY, Event.Precision.EXACT}:
        return _("Set its days first: so far only the year or the month is known.")
    if missing := [language for language in LANGUAGES if _says_no_place(event, language)]:
        return {"vi": _("Say its place in Vietnamese first."), "en": _("Say its place in English first.")}[
            missing[0]
        ]
    if (
        event.has_foreign_element
        and not Permit.objects.filter(event=event, state=Permit.State.GRANTED).exists()
    ):
        return _(
            "An event with a foreign element needs a permit before it is confirmed (Decision 06/2020/QD-TTg): none is granted yet."
        )
    if (
        event.has_foreign_element
        and not Permit.objects.filter(event=event, state=Permit.State.GRANTED).exists()
    ):
        return _(
            "An event with a foreign element needs a permit before it is confirmed (Decision 06/2020/QD-TTg): none is granted yet."
        )
    return None


def _says_no_place(event: Event, language: str) -> bool:
    written = bool(event.text("title", language))
    return written and not event.online_url and not event.text("place", language)
