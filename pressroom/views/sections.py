"""The press room among the pages of the portal, and the way between its own pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.web.pages import Section


def press_room() -> Section:
    return Section(_("Press room"), reverse("pressroom:landing"))


def ways(here: str) -> list[dict[str, object]]:
    """The pages for the press, with the one that is open; `here` is its name."""
    pages = [
        ("releases", _("Press releases")),
        ("statements", _("Statements")),
        ("briefings", _("Press briefings")),
        ("answers", _("Answers to the press")),
        ("ask", _("Ask a question")),
        ("apply", _("Receive our releases")),
        ("accreditations", _("Press accreditation")),
        ("foreign_press", _("Desk for foreign press")),
        ("spokesperson", _("Spokesperson")),
        ("contacts", _("Press contacts")),
        ("channels", _("Official channels")),
        ("media_kit", _("Media kit")),
        ("authentic", _("Is this text authentic?")),
    ]
    return [
        {"label": label, "url": reverse(f"pressroom:{name}"), "current": name == here}
        for name, label in pages
    ]
