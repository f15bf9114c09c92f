"""One module for each noun; importing them registers their pages."""

from pressroom.admin import (
    accreditation,
    answers,
    applications,
    audiences,
    briefings,
    contacts,
    crises,
    embargoes,
    enquiries,
    foreign_press,
    journalists,
    ledger,
    media,
    releases,
    words,
)

__all__ = [
    "accreditation",
    "answers",
    "applications",
    "audiences",
    "briefings",
    "contacts",
    "crises",
    "embargoes",
    "enquiries",
    "foreign_press",
    "journalists",
    "ledger",
    "media",
    "releases",
    "words",
]
