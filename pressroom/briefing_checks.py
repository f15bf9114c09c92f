"""What stands between a briefing and its readers, besides what every text is looked at for; and what its deeds are called."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.editorial.checklist import Finding, check
from portal.editorial.models import Publishable
from portal.languages.dates import short_moment
from pressroom.briefing_facts import MOVED
from pressroom.models import Briefing
from pressroom.records import ANSWER, QUESTION
from pressroom.rules import notice

DEEDS = {
    MOVED: gettext_lazy("set date or place"),
    "changed the kind": gettext_lazy("changed the kind"),
    "confirmed the briefing": gettext_lazy("confirmed date and place"),
    "held the briefing": gettext_lazy("marked it as held"),
    "cancelled the briefing": gettext_lazy("cancelled it"),
    "checked the transcript": gettext_lazy("checked the transcript against delivery"),
    "wrote the transcript": gettext_lazy("wrote in the transcript"),
    "arranged the seats": gettext_lazy("arranged the seats"),
    "invited outlets": gettext_lazy("invited outlets"),
    "took invitations back": gettext_lazy("took invitations back"),
    "ordered the questions by outlet": gettext_lazy("let the outlets take turns"),
    "exported the seats": gettext_lazy("exported the seats"),
    "printed the pack": gettext_lazy("printed the pack"),
    "wrote notes for the chair": gettext_lazy("wrote notes for the chair"),
}


@check
def the_notice_is_complete(item: Publishable, language: str) -> Iterator[Finding]:
    """The six contents of Decree 237/2026/ND-CP, Article 22: all of them once the date is confirmed."""
    if not isinstance(item, Briefing):
        return
    missing = notice.missing(item, language)
    if missing and item.root.progress != Briefing.Progress.CANCELLED:
        confirmed = item.root.progress != Briefing.Progress.PROVISIONAL
        said = _("The notice does not say yet: %(contents)s.") % {"contents": ", ".join(missing)}
        yield Finding("body", said, confirmed)


@check
def the_notice_is_in_time(item: Publishable, language: str) -> Iterator[Finding]:
    if not isinstance(item, Briefing) or not item.root.is_open or notice.published_at(item.root):
        return
    latest = notice.deadline(item.root)
    if latest and timezone.now() > latest:
        said = _(
            "The notice was due by %(time)s: published now, it is late, and the lateness is kept on record."
        )
        yield Finding("body", said % {"time": short_moment(latest, language)}, False)


@check
def the_transcript_is_whole(item: Publishable, language: str) -> Iterator[Finding]:
    """Each question is headed by its outlet, and an answer follows a question."""
    if not isinstance(item, Briefing):
        return
    asked = False
    for row in item.rows("transcript", language):
        asked = asked or row["is"] == QUESTION
        if row["is"] == QUESTION and not row["who"]:
            yield Finding(
                "transcript", _("A question of the transcript does not say which outlet asked it."), True
            )
        if row["is"] == ANSWER and not asked:
            yield Finding("transcript", _("An answer of the transcript stands before any question."), True)
        if not row["text"]:
            yield Finding("transcript", _("A row of the transcript has no words in this language."), False)
