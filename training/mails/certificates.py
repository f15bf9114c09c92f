"""Letters about certificates. Each has a key, and is one letter for ever."""

from datetime import datetime
from typing import Any

from portal.mailing import letters
from training.models import Certificate
from training.rules.certificates import public_url


def issued(certificate: Certificate, *, now: datetime) -> None:
    _post(certificate, "training/mails/certificate_issued", now=now)


def replaced(certificate: Certificate, before: Certificate, *, now: datetime) -> None:
    _post(certificate, "training/mails/certificate_replaced", now=now, before=before)


def revoked(certificate: Certificate, *, now: datetime) -> None:
    _post(certificate, "training/mails/certificate_revoked", now=now)


def _post(certificate: Certificate, template: str, *, now: datetime, **more: Any) -> None:
    """To whoever can still be written to."""
    to = certificate.registration
    if not to.email:
        return
    language = to.language
    context = {
        "certificate": certificate,
        "title": certificate.facts["title"][language],
        "reason": getattr(certificate, f"why_{language}"),
        "address": public_url(certificate, language),
        **more,
    }
    key = f"{template.rpartition('/')[2]}:{certificate.pk}"
    letters.post(
        key,
        to=to.email,
        name=certificate.full_name,
        language=language,
        template=template,
        context=context,
        now=now,
    )
