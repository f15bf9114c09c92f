"""The forms of the editorial board."""

from portal.editorial.forms.publishable import PublishableForm
from portal.editorial.forms.steps import ExpiryForm, NoteForm, step_form

__all__ = ["ExpiryForm", "NoteForm", "PublishableForm", "step_form"]
