"""The press room's work. Each task asks the database what is due; none keeps a state of its own."""

from pressroom.tasks.enquiries import forget_enquirers, watch_units
from pressroom.tasks.journalists import forget_what_is_over, send_digests, watch_cards

__all__ = ["forget_enquirers", "forget_what_is_over", "send_digests", "watch_cards", "watch_units"]
