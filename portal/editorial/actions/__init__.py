"""What can be done to a publishable thing. Called alike by admin, view, task and test."""

from portal.editorial.actions.reading import announce_change, entry_of, refresh_entries
from portal.editorial.actions.refusal import Conflict, Refused
from portal.editorial.actions.releasing import release
from portal.editorial.actions.reviewing import review_afterwards
from portal.editorial.actions.stepping import refusal, take_step
from portal.editorial.actions.translating import confirm_translation, set_expiry
from portal.editorial.actions.writing import (
    discard_draft,
    discard_working_copy,
    open_working_copy,
    record_save,
    reopen_version,
    start,
)

__all__ = [
    "Conflict",
    "Refused",
    "announce_change",
    "confirm_translation",
    "discard_draft",
    "discard_working_copy",
    "entry_of",
    "open_working_copy",
    "record_save",
    "refresh_entries",
    "refusal",
    "release",
    "reopen_version",
    "review_afterwards",
    "set_expiry",
    "start",
    "take_step",
]
