"""What stands between a bulletin and its readers, besides what every text is looked at for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.editorial.checklist import Finding, check
from portal.editorial.models import Publishable
from portal.languages.dates import short_day
from portal.library.models import Asset, Placement
from portal.printing import NotTypeset
from publications import books, pins, printed
from publications.composition import PIECE, SECTION, TEXT
from publications.issues import pictures_of
from publications.models import Bulletin, Publication


@check
def the_licence_holds(item: Publishable, language: str) -> Iterator[Finding]:
    """Press Law 103/2016/QH13, article 34: no bulletin without a licence that is valid on its date."""
    if not isinstance(item, Bulletin):
        return
    if item.licence is None:
        yield Finding("licence", _("Choose the licence this bulletin appears under."), True)
    elif not item.licence.is_valid_on(item.dated):
        yield Finding(
            "licence",
            _("Licence %(number)s does not hold on %(day)s.")
            % {"number": item.licence.number, "day": short_day(item.dated, language)},
            True,
        )
    if not item.text("responsible", language):
        yield Finding("responsible", _("The last page must name who is responsible for the contents."), True)


@check
def the_contents_are_frozen(item: Publishable, language: str) -> Iterator[Finding]:
    """What the approver reads is what is printed: every piece pinned, and none found wrong since."""
    if not isinstance(item, Bulletin):
        return
    records = item.records(language)
    pieces = [record for record in records if record["is"] == PIECE]
    if records and all(record["is"] == SECTION for record in records):
        yield Finding("contents", _("There is nothing under the headings."), True)
    if any(not record["pin"] for record in pieces):
        yield Finding(
            "contents", _("Freeze the contents: until then each piece follows its newest text."), True
        )
        return
    titles = {record["of"]: record["pin"]["title"] for record in pieces}
    for key, standing in pins.standings(pins.pinned_in(records), language).items():
        if standing.state != pins.State.CURRENT:
            yield Finding(
                "contents",
                _told(titles[key], standing),
                standing.is_wrong or standing.state == pins.State.MISSING,
            )
    for record in pieces:
        if record["pin"].get("outdated"):
            yield Finding(
                "contents",
                _("“%(title)s”: the original had moved on when this translation was pinned.")
                % {"title": record["pin"]["title"]},
                False,
            )


def _told(title: str, standing: pins.Standing) -> str:
    said = _("“%(title)s”: %(state)s. Freeze the contents again, or take it out.")
    return said % {"title": title, "state": standing.state.label}


@check
def the_issue_keeps_its_quarter(item: Publishable, language: str) -> Iterator[Finding]:
    if isinstance(item, Bulletin) and item.has_moved():
        yield Finding("quarter", _("Year and quarter are its address, which readers have already."), True)


@check
def every_picture_is_there(item: Publishable, language: str) -> Iterator[Finding]:
    """A picture of a pinned piece may have left the library since."""
    if not isinstance(item, Bulletin):
        return
    named = pictures_of(item.records(language))
    known = set(Asset.objects.filter(uuid__in=named).values_list("uuid", flat=True)) if named else set()
    if missing := len(named - known):
        yield Finding(
            "contents",
            _(
                "%(count)d pictures of the pinned texts are no longer in the library. Freeze the contents again."
            )
            % {"count": missing},
            True,
        )
    placed = {str(row.asset.uuid) for row in item.placements.all() if row.role == Placement.Role.PHOTO}
    own = {record["photo"] for record in item.records(language) if record.get("photo")}
    if own - placed:
        yield Finding(
            "contents", _("A photo in the contents is no longer among the photos of this issue."), True
        )


@check
def the_pages_are_not_too_many(item: Publishable, language: str) -> Iterator[Finding]:
    """The licence's page cap, counted in the printed issue itself."""
    if not isinstance(item, Bulletin) or item.licence is None or not item.records(language):
        return
    pages = printed.pages_of(item, language)
    if pages > item.licence.page_cap:
        yield Finding(
            "contents",
            _("The printed issue has %(pages)d pages; the licence allows %(cap)d.")
            % {"pages": pages, "cap": item.licence.page_cap},
            True,
        )


@check
def own_texts_have_titles(item: Publishable, language: str) -> Iterator[Finding]:
    if not isinstance(item, Bulletin):
        return
    for record in item.records(language):
        if record["is"] == TEXT and not (record["title"] and record["text"]):
            yield Finding("contents", _("A text of your own has no title or no words."), True)


@check
def a_work_can_be_had(item: Publishable, language: str) -> Iterator[Finding]:
    """A publication is a file, or photos; its rights are told."""
    if not isinstance(item, Publication):
        return
    roles = {row.role for row in item.placements.all()}
    if item.form == Publication.Form.PHOTO_BOOK:
        if Placement.Role.PHOTO not in roles:
            yield Finding("placements", _("A photo book has photos: place them in their order."), True)
    elif not roles & (Placement.FILES - {Placement.Role.ATTACHMENT}):
        yield Finding(
            "placements", _("Place the work itself: a file in Vietnamese, in English, or for printing."), True
        )
    if Placement.Role.COVER not in roles:
        yield Finding("placements", _("A work on the shelf needs a cover picture."), True)
    if not item.text("rights", language):
        yield Finding("rights", _("Say who holds the rights, and what readers may do with it."), True)


@check
def a_photo_book_can_be_printed(item: Publishable, language: str) -> Iterator[Finding]:
    """Its PDF is set here first, so that what readers are told of it is known before they come."""
    if not isinstance(item, Publication) or item.form != Publication.Form.PHOTO_BOOK:
        return
    entry = books.draft_of(item, language)
    if entry is None or not books.is_book(entry):
        return
    try:
        printed.extent_of_draft(entry)
    except NotTypeset:
        yield Finding(
            "placements",
            _(
                "The book cannot be made into a PDF: its pictures are too many or too heavy, or its text is too long."
            ),
            True,
        )
