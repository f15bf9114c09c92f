from pressroom.models.distributions import Distribution
from pressroom.models.embargoes import Copy, Opening, Terms
from pressroom.models.journalists import Journalist
from pressroom.models.ledger import Mark, Said, Sentence
from pressroom.models.media import MediaItem
from pressroom.models.numbers import Number, Pattern, Series
from pressroom.models.releases import Boilerplate, PressRelease
from pressroom.models.shelves import Shelf
from pressroom.models.spokespersons import Spokesperson
from pressroom.models.statements import Statement

__all__ = [
    "Boilerplate",
    "Copy",
    "Distribution",
    "Journalist",
    "Mark",
    "MediaItem",
    "Number",
    "Opening",
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
