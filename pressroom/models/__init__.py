from pressroom.models.accreditation import (
    AccreditationFile,
    AccreditationRequest,
    AccreditationRound,
    OutletQuota,
)
from pressroom.models.answers import PressAnswer
from pressroom.models.applications import JournalistApplication
from pressroom.models.audiences import JournalistRule
from pressroom.models.briefing_questions import BriefingQuestion
from pressroom.models.briefings import Briefing
from pressroom.models.contacts import OfficialChannel, PressContact
from pressroom.models.corrections import CorrectionRequest
from pressroom.models.crises import Crisis, CrisisFile, CrisisRecord, CrisisTask
from pressroom.models.distributions import Distribution
from pressroom.models.embargoes import Copy, Opening, Terms
from pressroom.models.enquiries import Enquiry, EnquirySeries, RefusalGround
from pressroom.models.foreign_press import ForeignPressRequest, ForeignPressStep
from pressroom.models.journalists import ERASED, CardReminder, DifferentPeople, Journalist
from pressroom.models.ledger import Mark, Said, Sentence
from pressroom.models.media import MediaItem
from pressroom.models.meetings import PressMeeting
from pressroom.models.numbers import Number, Pattern, Series
from pressroom.models.releases import Boilerplate, PressRelease
from pressroom.models.seats import Attendance, Invitation
from pressroom.models.shelves import Shelf
from pressroom.models.spokespersons import Spokesperson
from pressroom.models.statements import Statement
from pressroom.models.transcripts import TranscriptCheck
from pressroom.models.units import UnitRequest

__all__ = [
    "ERASED",
    "AccreditationFile",
    "AccreditationRequest",
    "AccreditationRound",
    "Attendance",
    "Boilerplate",
    "Briefing",
    "BriefingQuestion",
    "CardReminder",
    "Copy",
    "CorrectionRequest",
    "Crisis",
    "CrisisFile",
    "CrisisRecord",
    "CrisisTask",
    "DifferentPeople",
    "Distribution",
    "Enquiry",
    "EnquirySeries",
    "ForeignPressRequest",
    "ForeignPressStep",
    "Invitation",
    "Journalist",
    "JournalistApplication",
    "JournalistRule",
    "Mark",
    "MediaItem",
    "Number",
    "OfficialChannel",
    "Opening",
    "OutletQuota",
    "Pattern",
    "PressAnswer",
    "PressContact",
    "PressMeeting",
    "PressRelease",
    "RefusalGround",
    "Said",
    "Sentence",
    "Series",
    "Shelf",
    "Spokesperson",
    "Statement",
    "Terms",
    "TranscriptCheck",
    "UnitRequest",
]
