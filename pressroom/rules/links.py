"""The personal links of the press room's letters, and for how long each holds."""

from datetime import timedelta

from portal.web.personal import PersonalLink

CONFIRM = PersonalLink("pressroom:confirm_application", timedelta(days=7))
PREFERENCES = PersonalLink("pressroom:preferences", timedelta(days=180))
COPY = PersonalLink("pressroom:copy", timedelta(days=60))
ACCREDITATION = PersonalLink("pressroom:accreditation_status", timedelta(days=400))
FOREIGN_PRESS = PersonalLink("pressroom:foreign_press_status", timedelta(days=400))
