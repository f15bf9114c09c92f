"""What training keeps: events and what is decided about them; seats and who asked for them."""

from training.models.events import Event
from training.models.permits import Consultation, Permit
from training.models.quotas import Quota
from training.models.registrations import Registration
from training.models.sessions import Session
from training.models.shelves import Shelf
from training.models.themes import Theme

__all__ = ["Consultation", "Event", "Permit", "Quota", "Registration", "Session", "Shelf", "Theme"]
