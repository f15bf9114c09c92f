"""Training's work. Each task asks the database what is due; none keeps a state of its own."""

from training.tasks.seats import forget_unconfirmed, promote_waiting, remind
from training.tasks.surveys import ask_participants

__all__ = ["ask_participants", "forget_unconfirmed", "promote_waiting", "remind"]
