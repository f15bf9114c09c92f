from pressroom.models.accreditation import (
    AccreditationFile,
    AccreditationRequest,
    AccreditationRound,
    OutletQuota,
)
from pressroom.models.applications import JournalistApplication
from pressroom.models.audiences import JournalistRule
from pressroom.models.distributions import Distribution
from pressroom.models.embargoes import Copy, Opening, Terms
from pressroom.models.foreign_press import ForeignPressRequest, ForeignPressStep
from pressroom.models.journalists import CardReminder, DifferentPeople, Journalist
from pressroom.models.ledger import Mark, Said, Sentence
from pressroom.models.media import MediaItem
from pressroom.models.numbers import Number, Pattern, Series
from pressroom.models.releases import Boilerplate, PressRelease
from pressroom.models.shelves import Shelf
from pressroom.models.spokespersons import Spokesperson
from pressroom.models.statements import Statement

__all__ = [
    "AccreditationFile",
    "AccreditationRequest",
    "AccreditationRound",
    "Boilerplate",
    "CardReminder",
    "Copy",
    "DifferentPeople",
    "Distribution",
    "ForeignPressRequest",
    "ForeignPressStep",
    "Journalist",
    "JournalistApplication",
    "JournalistRule",
    "Mark",
    "MediaItem",
    "Number",
    "Opening",
    "OutletQuota",
    "Pattern",
    "PressRelease",
    "Said",
    "Sentence",
    "Series",
    "Shelf",
    "Spokesperson",
    "Statement",
    "Terms",
]
