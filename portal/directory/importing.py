"""The directory brought in from a file, as a plan said it would be."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory import actions, countries
from portal.directory.models import Organisation, Post
from portal.directory.planning import OF_COUNTRIES, SALUTATIONS, Known, Plan, plan
from portal.directory.reading import Table
from portal.directory.rows import Row

Deeds = list[tuple[Row, set[str]]]  # each line with the keys of SENTENCES it does


def carry_out(agreed: Plan, table: Table, *, by: User | None, now: datetime) -> Plan:
    """Do what the plan says, all of it or nothing. Raises Refused when it would no longer do the same."""
    try:
        return _carry_out(agreed, table, by=by, now=now)
    except IntegrityError as problem:  # somebody else brought the same at the same moment
        raise outdated() from problem


@transaction.atomic
def _carry_out(agreed: Plan, table: Table, *, by: User | None, now: datetime) -> Plan:
    current = plan(table)
    if current.digest != agreed.digest:
        raise outdated()
    known = Known()
    rows = [(line.row, {change.what for change in line.changes}) for line in current.to_do if line.row]
    _bring_countries(rows, known, by=by, now=now)
    _bring_organisations(rows, known, by=by, now=now)
    _bring_posts(rows, known, by=by, now=now)
    _bring_addresses(rows, known, by=by, now=now)
    _bring_further(rows, known, by=by, now=now)
    return current


def outdated() -> Refused:
    """The refusal of a plan that would no longer do what was shown."""
    return Refused(_("The directory has changed since this plan was made: look at the plan again."))


def _bring_countries(rows: Deeds, known: Known, *, by: User | None, now: datetime) -> None:
    for row, whats in rows:
        if whats & {"country", *OF_COUNTRIES}:
            country = known.countries.get(row.country) or countries.named(row.country)
            country.national_day = row.national_day or country.national_day
            country.relations_since = row.relations_since or country.relations_since
            known.countries[row.country] = actions.save(country, by=by, now=now)


def _bring_organisations(rows: Deeds, known: Known, *, by: User | None, now: datetime) -> None:
    new = {
        row.organisation_key: Organisation(
            kind=row.kind,
            country=known.countries.get(row.country),
            **{"name_en": row.name_en, "name_vi": row.name_vi},
        )
        for row, whats in rows
        if "organisation" in whats
    }
    actions.add_all(list(new.values()), by=by, now=now)
    known.organisations |= new
    for row, whats in rows:
        if "name_vi" in whats:
            organisation = known.organisations[row.organisation_key]
            organisation.name_vi = row.name_vi
            actions.save(organisation, by=by, now=now)


def _bring_posts(rows: Deeds, known: Known, *, by: User | None, now: datetime) -> None:
    new = {
        row.post_key: Post(
            organisation=known.organisations[row.organisation_key],
            language=row.language or Post.Language.ENGLISH,
            **{"title_en": row.title_en, "title_vi": row.title_vi},
            **{field: getattr(row, field) for field in SALUTATIONS},
        )
        for row, whats in rows
        if "post" in whats
    }
    actions.add_all(list(new.values()), by=by, now=now)
    known.posts |= new
    for row, whats in rows:
        if "post" not in whats and whats & {"title_vi", "language", *SALUTATIONS}:
            post = known.posts[row.post_key]
            post.title_vi = row.title_vi
            post.language = row.language or post.language
            for field in SALUTATIONS:
                setattr(post, field, getattr(row, field) or getattr(post, field))
            actions.save(post, by=by, now=now)


def _bring_addresses(rows: Deeds, known: Known, *, by: User | None, now: datetime) -> None:
    first = [(known.posts[row.post_key], row.email) for row, whats in rows if "first_address" in whats]
    actions.give_first_addresses(first, by=by, now=now)
    for row, whats in rows:
        if "address" in whats:
            actions.change_address(known.posts[row.post_key], row.email, by=by, now=now)


def _bring_further(rows: Deeds, known: Known, *, by: User | None, now: datetime) -> None:
    for name, column in known.further.items():
        said = [(known.posts[row.post_key], dict(row.further)[name]) for row, whats in rows if name in whats]
        if said:
            column.bring(said, by=by, now=now)
