"""How the pages of the day say a session."""

from django import template
from django.utils.translation import get_language

from training.models import Session
from training.printing.badges import session_in_words

register = template.Library()


@register.filter
def session_words(session: Session) -> str:
    """“15/12/2026, 08:00–11:30 · Buổi sáng · Phòng A”"""
    return session_in_words(session, get_language() or "vi")
