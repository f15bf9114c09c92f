"""Training's work. Each task asks the database what is due; none keeps a state of its own."""

from training.tasks.seats import forget_unconfirmed, promote_waiting, remind

__all__ = ["forget_unconfirmed", "promote_waiting", "remind"]
