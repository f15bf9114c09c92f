"""The states a text passes, in each language by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    SCHEDULED = "scheduled", _("scheduled")
    EMBARGOED = "embargoed", _("under embargo")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RETRACTED = "retracted", _("retracted")


#: States in which the text may be changed in place. Everything else is locked: return it, or open a working copy.
OPEN = (State.DRAFT, State.IN_REVIEW)
#: States that wait for their hour. Under embargo, some people outside have the text already, and may not use it yet.
DATED = (State.SCHEDULED, State.EMBARGOED)
#: States whose text readers see once `publish_at` has come.
PUBLIC = (*DATED, State.PUBLISHED)
