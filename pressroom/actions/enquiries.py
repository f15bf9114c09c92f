"""What can be done with an enquiry: asked, drafted, cleared by a second person, sent, refused, closed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.duties.models import limit_on
from portal.history.actions import record
from portal.languages import LANGUAGES
from portal.languages.dates import vietnamese_day
from pressroom.mails import enquiries as letters
from pressroom.models import Enquiry, EnquirySeries, Journalist, RefusalGround
from pressroom.rules.enquiries import STEPS, Step

State = Enquiry.State
FIRST_PREFIX = EnquirySeries._meta.get_field("prefix").default


@transaction.atomic
def ask(enquiry: Enquiry, *, by: User | None, now: datetime) -> Enquiry:
    """Take in a new enquiry: it gets its reference and due time, and the journalist a letter with the link to follow it."""
    enquiry.reference = _next_reference(now)
    enquiry.asked_at = enquiry.asked_at or now
    enquiry.due_at = due_of(enquiry)
    enquiry.journalist = enquiry.journalist or known_journalist(enquiry.email)
    if enquiry.journalist and not enquiry.outlet_id and not enquiry.outlet_name:
        enquiry.outlet = enquiry.journalist.outlet
    enquiry.save(force_insert=True)
    record(enquiry, "took in an enquiry", by=by, now=now, channel=enquiry.channel)
    letters.received(enquiry, now)
    return enquiry


def due_of(enquiry: Enquiry) -> datetime:
    """The house's own limit, or the journalist's deadline when that is sooner and still to come."""
    limit = limit_on("enquiry-answered", vietnamese_day(enquiry.asked_at))
    own = limit.after(enquiry.asked_at) if limit else enquiry.wanted_by or enquiry.asked_at
    wanted = enquiry.wanted_by
    return min(own, wanted) if wanted and wanted > enquiry.asked_at else own


def known_journalist(email: str) -> Journalist | None:
    """Who on the register has this address."""
    known = (
        Journalist.objects.exclude(state=Journalist.State.CLOSED).filter(email__iexact=email)
        if email
        else None
    )
    return known.first() if known is not None else None


def _next_reference(now: datetime) -> str:
    """The next of the Vietnamese year; the series' row is locked, so no two are alike and none is missing."""
    year = vietnamese_day(now).year
    before = EnquirySeries.objects.filter(year__lt=year).first()
    made, _new = EnquirySeries.objects.get_or_create(
        year=year, defaults={"prefix": before.prefix if before else FIRST_PREFIX}
    )
    series = EnquirySeries.objects.select_for_update().get(pk=made.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return series.reference(series.last)


@transaction.atomic
def follow_up(enquiry: Enquiry, question: str, *, now: datetime) -> Enquiry:
    """A further question by the same journalist: an enquiry of its own, with its own clock, that follows the first."""
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if enquiry.forgotten_at:
        raise Refused(_("This enquiry is closed, and its particulars have been erased. Please ask anew."))
    carried = {
        name: getattr(enquiry, name)
        for name in ("journalist_id", "asked_by", "outlet_id", "outlet_name", "email", "phone", "consent", "language",
                     "may_be_named", "terms", "subject")
    }  # fmt: skip
    new = Enquiry(follows=enquiry, question=question, channel=Enquiry.Channel.FORM, asked_at=now, **carried)
    return ask(new, by=None, now=now)


@transaction.atomic
def draft(
    enquiry: Enquiry,
    answers: dict[str, str],
    *,
    ground: RefusalGround | None = None,
    lock_version: int | None = None,
    by: User | None,
    now: datetime,
) -> Enquiry:
    """Keep the answer in each language, or, with a ground, the words of a refusal. Unchanged words change nothing.

    Raises Refused when it is cleared or sent, or when somebody else has written in it since `lock_version`.
    """
    enquiry = _locked(enquiry, "draft", by)
    if lock_version is not None and enquiry.lock_version != lock_version:
        raise Refused(
            _("Somebody else has kept a draft since you opened this page. Compare, and keep yours again.")
        )
    if (
        ground is not None
        and not RefusalGround.objects.valid_on(vietnamese_day(now)).filter(pk=ground.pk).exists()
    ):
        raise Refused(_("This ground is not the law today. Choose one that is."))
    said = {code: answers.get(code, "").strip() for code in LANGUAGES}
    if said == {code: enquiry.answer_in(code) for code in LANGUAGES} and enquiry.ground == ground:
        return enquiry
    for code in LANGUAGES:
        setattr(enquiry, f"answer_{code}", said[code])
    enquiry.ground, enquiry.drafted_by = ground, by
    enquiry.cleared_by = enquiry.cleared_at = None
    enquiry.lock_version += 1
    fields = ["answer_vi", "answer_en", "ground", "drafted_by", "cleared_by", "cleared_at", "lock_version"]
    return _stepped(enquiry, STEPS["draft"], fields, by=by, now=now)


@transaction.atomic
def change_terms(
    enquiry: Enquiry, terms: str, *, may_be_named: bool, by: User | None, now: datetime
) -> Enquiry:
    """On record, background or off the record, and whether the journalist may be named: until the answer has gone."""
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if not enquiry.is_open:
        raise Refused(_("The answer has gone out on the terms agreed to. They stand."))
    enquiry.terms, enquiry.may_be_named = terms, may_be_named
    enquiry.save(update_fields=["terms", "may_be_named"])
    record(enquiry, "changed the terms", by=by, now=now, terms=terms)
    return enquiry


@transaction.atomic
def clear(enquiry: Enquiry, *, by: User | None, now: datetime) -> Enquiry:
    """Let the answer go out: a second person's word."""
    enquiry = _locked(enquiry, "clear", by)
    enquiry.cleared_by, enquiry.cleared_at = by, now
    return _stepped(enquiry, STEPS["clear"], ["cleared_by", "cleared_at"], by=by, now=now)


@transaction.atomic
def give_back(enquiry: Enquiry, note: str, *, by: User | None, now: datetime) -> Enquiry:
    """Return a cleared answer to its drafters, with the reason."""
    enquiry = _locked(enquiry, "return", by, note)
    enquiry.cleared_by = enquiry.cleared_at = None
    return _stepped(enquiry, STEPS["return"], ["cleared_by", "cleared_at"], by=by, now=now, note=note)


@transaction.atomic
def send(enquiry: Enquiry, *, by: User | None, now: datetime) -> Enquiry:
    """Send the answer by letter, in the journalist's language."""
    return _reply(enquiry, "send", by=by, now=now)


@transaction.atomic
def refuse(enquiry: Enquiry, *, by: User | None, now: datetime) -> Enquiry:
    """Send the refusal with its ground (Decree 244/2026/ND-CP, Article 4.3)."""
    return _reply(enquiry, "refuse", by=by, now=now)


@transaction.atomic
def tell(enquiry: Enquiry, note: str, *, by: User | None, now: datetime) -> Enquiry:
    """Write down that the answer was given by voice: to whom, when."""
    return _reply(enquiry, "tell", by=by, now=now, note=note)


@transaction.atomic
def tell_refusal(enquiry: Enquiry, note: str, *, by: User | None, now: datetime) -> Enquiry:
    """Write down that the refusal was told by voice."""
    return _reply(enquiry, "tell_refusal", by=by, now=now, note=note)


def _reply(enquiry: Enquiry, name: str, *, by: User | None, now: datetime, note: str = "") -> Enquiry:
    enquiry = _locked(enquiry, name, by, note)
    enquiry.replied_at = enquiry.closed_at = now
    _stepped(enquiry, STEPS[name], ["replied_at", "closed_at"], by=by, now=now, note=note)
    if name == "send":
        letters.answered(enquiry, now)
    elif name == "refuse":
        letters.refused(enquiry, now)
    return enquiry


@transaction.atomic
def close(enquiry: Enquiry, note: str, *, by: User | None, now: datetime) -> Enquiry:
    """End an enquiry nobody waits for any more."""
    enquiry = _locked(enquiry, "close", by, note)
    enquiry.closed_at = now
    return _stepped(enquiry, STEPS["close"], ["closed_at"], by=by, now=now, note=note)


def _locked(enquiry: Enquiry, name: str, by: User | None, note: str = "") -> Enquiry:
    """The row read again under its lock, when the step may be taken. Raises Refused."""
    step = STEPS[name]
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if reason := step.refusal(enquiry, by):
        raise Refused(reason)
    if step.note == "required" and not note.strip():
        raise Refused(_("Say why, in a few words."))
    return enquiry


def _stepped(
    enquiry: Enquiry,
    step: Step,
    fields: list[str],
    *,
    by: User | None,
    now: datetime,
    note: str = "",
    **details: Any,
) -> Enquiry:
    enquiry.state = step.to
    enquiry.save(update_fields=["state", *fields])
    record(enquiry, step.done, by=by, now=now, note=note.strip(), **details)
    return enquiry
