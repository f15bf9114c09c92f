"""Training among the pages of the portal."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.web.pages import Section


def training() -> Section:
    return Section(_("Training and seminars"), reverse("training:landing"))
