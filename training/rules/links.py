"""The personal links of training's letters, and for how long each holds."""

from datetime import timedelta

from portal.web.personal import PersonalLink
from training.rules.window import TO_CONFIRM

CONFIRM = PersonalLink("training:confirm", TO_CONFIRM)
OWN = PersonalLink("training:own", timedelta(days=400))
NOMINATE = PersonalLink("training:nominate", timedelta(days=400))
