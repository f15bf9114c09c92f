"""Issuing, revoking and reissuing certificates. A number is given once, without a gap, and no certificate is ever deleted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.duties.patterns import printed
from portal.history import signatures
from portal.history.actions import record
from portal.languages import LANGUAGES
from portal.languages.dates import vietnamese_day
from portal.people.models import Person
from training.actions import attendance
from training.mails import certificates as letters
from training.models import Certificate, CertificatePattern, CertificateYear, Event, Registration
from training.rules.certificates import Terms, canonical, check_code_of, common_facts, facts_of

MOST_HOURS = 2000


@transaction.atomic
def issue_entitled(event: Event, terms: Terms, *, by: User | None, now: datetime) -> list[Certificate]:
    """A certificate for everybody who attended enough and never had one; each gets a letter."""
    event = Event.objects.select_for_update(of=["self"]).get(pk=event.pk)
    _check(event, terms, now)
    people = entitled(event)
    if not people:
        raise Refused(_("Nobody without a certificate has attended enough."))
    made = _give(event, terms, [(each, each.full_name) for each in people], now=now)
    for each in made:
        letters.issued(each, now=now)
    first, last = made[0].printed, made[-1].printed
    record(event, "issued certificates", by=by, now=now, first=first, last=last, count=len(made))
    return made


def entitled(event: Event) -> list[Registration]:
    """Who attended enough and was never given one, by given name. A purged registration certifies nobody."""
    have = set(event.certificates.values_list("registration_id", flat=True))
    return [
        each.registration
        for each in attendance.of_event(event)
        if each.is_enough and each.registration.pk not in have and each.registration.full_name
    ]


def _check(event: Event, terms: Terms, now: datetime) -> None:
    if not event.gives_certificate:
        raise Refused(_("This event gives no certificates."))
    if event.progress == Event.Progress.CANCELLED:
        raise Refused(_("This event was cancelled."))
    if (event.ends_at or now) > now or event.ends_on > vietnamese_day(now):
        raise Refused(_("The event is not over yet."))
    if not event.ends_on <= terms.issued_on <= vietnamese_day(now):
        raise Refused(_("Certificates bear a day between the last day of the event and today."))
    if not 0 < terms.hours <= MOST_HOURS:
        raise Refused(_("Say how many hours the event had."))
    if not terms.signer.title_on(terms.issued_on, "vi"):
        raise Refused(
            _("%(name)s held no office on that day and cannot sign.") % {"name": terms.signer.full_name}
        )


@transaction.atomic
def revoke(certificate: Certificate, *, why: dict[str, str], by: User | None, now: datetime) -> Certificate:
    """Take a certificate back. Its page says so from now on, with the reason, in both languages."""
    certificate = _valid(certificate)
    _end(certificate, why, revoked_at=now)
    letters.revoked(certificate, now=now)
    record(certificate.event, "revoked a certificate", by=by, now=now, number=certificate.printed)
    return certificate


@transaction.atomic
def reissue(
    certificate: Certificate, *, full_name: str, why: dict[str, str], by: User | None, now: datetime
) -> Certificate:
    """A new certificate of today in place of one whose name was wrong or has changed, or that was revoked by mistake.

    The old page leads on to it.
    """
    before = _last_of_its_chain(certificate)
    if not full_name.strip():
        raise Refused(_("Write the name as it is to stand on the certificate."))
    if before.is_valid:
        _end(before, why, replaced_at=now)
    terms = _terms_of(before, vietnamese_day(now))
    (made,) = _give(before.event, terms, [(before.registration, full_name)], now=now, replaces=before)
    letters.replaced(made, before, now=now)
    record(before.event, "reissued a certificate", by=by, now=now, number=made.printed, before=before.printed)
    return made


def _terms_of(before: Certificate, today: date) -> Terms:
    """The hours that were certified; the signer with the title of today, or, out of office, of the first issue."""
    on = today if before.signer.title_on(today, "vi") else date.fromisoformat(before.facts["issued"])
    return Terms(before.signer, Decimal(before.facts["hours"]), on)


def _locked(certificate: Certificate) -> Certificate:
    rows = Certificate.objects.select_for_update(of=["self"]).select_related(
        "event", "registration", "signer"
    )
    return rows.get(pk=certificate.pk)


def _valid(certificate: Certificate) -> Certificate:
    found = _locked(certificate)
    if not found.is_valid:
        raise Refused(_("Certificate %(number)s is not valid any more.") % {"number": found.printed})
    return found


def _last_of_its_chain(certificate: Certificate) -> Certificate:
    found = _locked(certificate)
    if Certificate.objects.filter(replaces=found).exists():
        raise Refused(
            _("Another certificate stands in the place of %(number)s already.") % {"number": found.printed}
        )
    return found


def _end(certificate: Certificate, why: dict[str, str], **ended: datetime) -> None:
    if not all(why.get(language, "").strip() for language in LANGUAGES):
        raise Refused(_("Give the reason in both languages: readers of the public page see it."))
    for name, value in {**ended, **{f"why_{language}": why[language] for language in LANGUAGES}}.items():
        setattr(certificate, name, value)
    certificate.save(update_fields=[*ended, "why_vi", "why_en"])


@dataclass(frozen=True)
class _Numbers:
    """The next number of a year, whose row is locked."""

    year: int
    next: int

    @classmethod
    def locked(cls, year: int) -> "_Numbers":
        CertificateYear.objects.get_or_create(year=year)
        CertificateYear.objects.select_for_update().get(year=year)
        last = Certificate.objects.filter(year=year).aggregate(last=Max("number"))["last"]
        return cls(year, (last or 0) + 1)


def _give(
    event: Event,
    terms: Terms,
    people: Iterable[tuple[Registration, str]],
    *,
    now: datetime,
    replaces: Certificate | None = None,
) -> list[Certificate]:
    numbers = _Numbers.locked(terms.issued_on.year)
    patterns = list(CertificatePattern.objects.all())
    terms = replace(terms, signer=type(terms.signer).objects.with_offices().get(pk=terms.signer.pk))
    common, made = common_facts(event, terms), []
    for number, (registration, name) in enumerate(people, numbers.next):
        written = printed(number, terms.issued_on, patterns)
        before = replaces.printed if replaces else ""
        facts = facts_of(common, name=_line(name), number=written, replaces=before)
        certificate = _signed(facts, event, registration, terms.signer)
        certificate.year, certificate.number, certificate.issued_at = numbers.year, number, now
        certificate.replaces = replaces
        made.append(certificate)
    return Certificate.objects.bulk_create(made, batch_size=200)


def _signed(facts: dict[str, Any], event: Event, registration: Registration, signer: Person) -> Certificate:
    signature = signatures.sign(canonical(facts))
    return Certificate(
        printed=facts["number"], event=event, registration=registration, signer=signer, full_name=facts["name"],
        facts=facts, signature=signature, check_code=check_code_of(signature),
    )  # fmt: skip


def _line(name: str) -> str:
    return Certificate._meta.get_field("full_name").to_python(name)[:200]
