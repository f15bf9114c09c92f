"""One module for each noun; importing them registers their pages."""

from pressroom.admin import (
    accreditation,
    applications,
    audiences,
    briefings,
    embargoes,
    foreign_press,
    journalists,
    ledger,
    media,
    releases,
    spokespersons,
    words,
)

__all__ = [
    "accreditation",
    "applications",
    "audiences",
    "briefings",
    "embargoes",
    "foreign_press",
    "journalists",
    "ledger",
    "media",
    "releases",
    "spokespersons",
    "words",
]
