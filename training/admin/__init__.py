"""Training in the admin, by noun."""

from training.admin import events

__all__ = ["events"]
