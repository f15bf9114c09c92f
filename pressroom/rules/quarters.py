"""The duty of one regular briefing a quarter (Decree 244/2026/ND-CP, Article 6), and what is amiss with the briefings to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.duties.models import Limit, limit_on
from portal.languages.dates import Quarter, quarter_of, short_day, short_moment, vietnamese_day
from pressroom.models import Briefing
from pressroom.rules import notice

DUTY = "regular-briefing"
SOON = timedelta(days=21)


@dataclass(frozen=True)
class Amiss:
    """What is amiss, with which briefing if with one; one that is not grave can still be put right in time."""

    words: str
    briefing: Briefing | None = None
    grave: bool = True


def amiss(now: datetime) -> list[Amiss]:
    """Everything, the quarters first. Five queries."""
    return [*_quarters(now), *_to_come(now)]


def next_open_quarter(now: datetime) -> Quarter:
    """The first quarter from this one on that has no regular briefing."""
    quarter = quarter_of(now)
    while Briefing.objects.regular_in(quarter).exists():
        quarter = quarter.next
    return quarter


def _quarters(now: datetime) -> Iterator[Amiss]:
    law = limit_on(DUTY, vietnamese_day(now))
    if law is None:
        return
    this, last = quarter_of(now), quarter_of(now).previous
    regular = Briefing.objects.standing().filter(kind=Briefing.Kind.REGULAR)
    found = {
        quarter_of(each.of_quarter): each
        for each in regular.filter(of_quarter__in=[this.first_day, last.first_day])
    }
    earliest = regular.order_by("of_quarter").values_list("of_quarter", flat=True).first()
    if _was_owed(last, law, earliest) and (
        found.get(last) is None or found[last].progress != Briefing.Progress.HELD
    ):
        yield Amiss(
            _in_words(_("No regular briefing was held in the %(quarter)s (%(law)s)."), last, law),
            found.get(last),
        )
    if this not in found:
        yield Amiss(_in_words(_("No regular briefing is planned for the %(quarter)s (%(law)s)."), this, law))
    elif found[this].progress == Briefing.Progress.PROVISIONAL and vietnamese_day(now + SOON) > this.last_day:
        said = _("The regular briefing is still provisional, and the quarter ends on %(day)s.")
        yield Amiss(said % {"day": short_day(this.last_day, _language())}, found[this], grave=False)


def _was_owed(quarter: Quarter, law: Limit, earliest: object) -> bool:
    """Within the law, and not before this portal kept briefings at all."""
    return earliest is not None and earliest <= quarter.last_day and law.valid_from <= quarter.first_day  # type: ignore[operator]


def _in_words(said: str, quarter: Quarter, law: Limit) -> str:
    name = quarter.title(_language())
    return said % {"quarter": name[0].lower() + name[1:], "law": law.citation}


def _language() -> str:
    return get_language() or "vi"


def _to_come(now: datetime) -> Iterator[Amiss]:
    for briefing in Briefing.objects.to_come().exclude(begins_at=None).prefetch_related("editions"):
        if briefing.ends_at and briefing.ends_at <= now:
            yield Amiss(
                _("“%(title)s” is over and is neither marked as held nor cancelled.") % {"title": briefing},
                briefing,
            )
        elif (said := late_notice(briefing, now)) is not None:
            yield said


def late_notice(briefing: Briefing, now: datetime) -> Amiss | None:
    """What is to be said of its notice: given too late, not given though it is due, or due within a day."""
    latest, given = notice.deadline(briefing), notice.given_at(briefing)
    if latest is None:
        return None
    names = {"title": briefing, "time": short_moment(latest, _language())}
    if given is not None:
        excused = briefing.kind == Briefing.Kind.AD_HOC and briefing.urgency
        if given <= latest or excused:
            return None
        return Amiss(
            _("The notice of “%(title)s” was due by %(time)s and was given later.") % names, briefing
        )
    if now > latest:
        return Amiss(
            _("The notice of “%(title)s” was due by %(time)s and has not been given.") % names, briefing
        )
    if now > latest - timedelta(days=1):
        return Amiss(_("The notice of “%(title)s” is due by %(time)s.") % names, briefing, grave=False)
    return None
