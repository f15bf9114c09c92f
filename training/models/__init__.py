"""What training keeps: events and what is decided about them; seats and who asked for them; who came, what it was worth."""

# the day and after
from training.models.audiences import ParticipantRule
from training.models.certificates import Certificate, CertificatePattern, CertificateYear
from training.models.counts import HeadCount
from training.models.events import Event
from training.models.permits import Consultation, Permit
from training.models.presence import How, Presence, Ruling, Scan, Sheet, SheetRow
from training.models.quotas import Quota
from training.models.registrations import Registration
from training.models.retention import Keeping, Purge, RetentionRule
from training.models.rights import RightsRequest
from training.models.sessions import Session
from training.models.shelves import Shelf
from training.models.surveys import Answer, Question, Ticket, Wave
from training.models.themes import Theme

__all__ = [
    "Answer",
    "Certificate",
    "CertificatePattern",
    "CertificateYear",
    "Consultation",
    "Event",
    "HeadCount",
    "How",
    "Keeping",
    "ParticipantRule",
    "Permit",
    "Presence",
    "Purge",
    "Question",
    "Quota",
    "Registration",
    "RetentionRule",
    "RightsRequest",
    "Ruling",
    "Scan",
    "Session",
    "Sheet",
    "SheetRow",
    "Shelf",
    "Theme",
    "Ticket",
    "Wave",
]
