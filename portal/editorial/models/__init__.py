from portal.editorial.models.edition import Edition, EditionQuerySet
from portal.editorial.models.outbox import Effect, Heartbeat, Notice
from portal.editorial.models.publishable import Publishable, PublishableQuerySet
from portal.editorial.models.state import DATED, PUBLIC, State

__all__ = [
    "DATED",
    "PUBLIC",
    "Edition",
    "EditionQuerySet",
    "Effect",
    "Heartbeat",
    "Notice",
    "Publishable",
    "PublishableQuerySet",
    "State",
]
