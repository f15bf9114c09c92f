"""Training's work. Each task asks the database what is due; none keeps a state of its own."""

from training.tasks.retention import erase_what_is_over
from training.tasks.seats import forget_unconfirmed, promote_waiting, remind
from training.tasks.surveys import ask_participants

__all__ = ["ask_participants", "erase_what_is_over", "forget_unconfirmed", "promote_waiting", "remind"]
