"""Training among the pages of the portal, and the way between its own pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.web.pages import Section


def training() -> Section:
    return Section(_("Training and seminars"), reverse("training:landing"))


def ways(here: str) -> list[dict[str, object]]:
    """The pages of training, with the one that is open; `here` is its name."""
    pages = [("landing", _("To come")), ("this_month", _("Calendar")), ("past", _("Past events"))]
    return [
        {"label": label, "url": reverse(f"training:{name}"), "current": name == here} for name, label in pages
    ]
