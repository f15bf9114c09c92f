"""Training in the admin, by noun."""

from training.admin import events, retention

__all__ = ["events", "retention"]
