"""Addresses of the press room, grouped by noun; the words in them are translated like any other."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from pressroom import feeds
from pressroom.views import (
    accreditation,
    answers,
    briefings,
    contacts,
    copies,
    enquiries,
    foreign_press,
    journalists,
    landing,
    releases,
    seats,
    statements,
)

app_name = "pressroom"
urlpatterns = [
    path("", landing.landing, name="landing"),
    path(_("media-kit/"), landing.media_kit, name="media_kit"),
    path("feed.xml", feeds.OfThePress(), name="feed"),
    path("changes.xml", feeds.Changes(), name="changes"),
    path("changes.json", feeds.changes_json, name="changes_json"),
    # Releases
    path(_("releases/"), releases.releases, name="releases"),
    path(_("releases/feed.xml"), feeds.Releases(), name="releases_feed"),
    path(_("releases/<int:pk>.pdf"), releases.release_pdf, name="release_pdf"),
    path(_("releases/<int:pk>.json"), statements.release_json, name="release_json"),
    path(_("releases/<int:pk>/"), releases.release, name="release_by_number"),
    path(_("releases/<slug:slug>-<int:pk>/"), releases.release, name="release"),
    # Statements
    path(_("statements/"), releases.statements, name="statements"),
    path(_("statements/feed.xml"), feeds.Statements(), name="statements_feed"),
    path(_("statements/<int:pk>.json"), statements.statement_json, name="statement_json"),
    path(_("statements/<int:pk>/"), statements.statement, name="statement_by_number"),
    path(_("statements/<slug:slug>-<int:pk>/"), statements.statement, name="statement"),
    path(_("authentic/"), statements.authentic, name="authentic"),
    # Texts under embargo
    path(_("embargo/<str:token>/"), copies.copy, name="copy"),
    path(_("embargo/<str:token>/<uuid:uuid>/"), copies.copy_file, name="copy_file"),
    # journalists
    path(_("for-journalists/"), journalists.apply, name="apply"),
    path(_("for-journalists/asked/"), journalists.applied, name="applied"),
    path(_("for-journalists/erased/"), journalists.erased, name="erased"),
    path(
        _("for-journalists/confirm/<str:token>/"), journalists.confirm_application, name="confirm_application"
    ),
    path(_("for-journalists/preferences/<str:token>/"), journalists.preferences, name="preferences"),
    path(_("for-journalists/preferences/<str:token>/decision/"), journalists.decide, name="decide"),
    path(_("for-journalists/preferences/<str:token>/my-data.json"), journalists.own_data, name="own_data"),
    # accreditation
    path(_("accreditation/"), accreditation.open_rounds, name="accreditations"),
    path(_("accreditation/asked/"), accreditation.asked, name="accreditation_asked"),
    path(_("accreditation/<int:pk>/"), accreditation.ask, name="accreditation"),
    path(_("accreditation/status/<str:token>/"), accreditation.status, name="accreditation_status"),
    # the desk for foreign press
    path(_("foreign-press/"), foreign_press.ask, name="foreign_press"),
    path(_("foreign-press/asked/"), foreign_press.asked, name="foreign_press_asked"),
    path(_("foreign-press/status/<str:token>/"), foreign_press.status, name="foreign_press_status"),
    # Briefings.
    path(_("briefings/"), briefings.briefings, name="briefings"),
    path(_("briefings/calendar.ics"), briefings.calendar, name="briefing_calendar"),
    path(_("briefings/<int:pk>.ics"), briefings.one_calendar, name="briefing_ics"),
    path(_("briefings/<int:pk>/"), briefings.briefing, name="briefing_by_number"),
    path(_("briefings/<int:pk>/seat/"), seats.ask, name="seat"),
    path(_("briefings/<int:pk>/seat/asked/"), seats.asked, name="seat_asked"),
    path(_("briefings/seat/<str:token>/"), seats.own_seat, name="own_seat"),
    path(_("briefings/<slug:slug>-<int:pk>/"), briefings.briefing, name="briefing"),
    # The enquiry desk.
    path(_("answers/"), answers.answers, name="answers"),
    path(_("answers/<int:pk>/"), answers.answer, name="answer_by_number"),
    path(_("answers/<slug:slug>-<int:pk>/"), answers.answer, name="answer"),
    path(_("enquiries/"), enquiries.ask, name="ask"),
    path(_("enquiries/thank-you/"), enquiries.asked, name="asked"),
    path(_("enquiries/<str:token>/"), enquiries.enquiry, name="enquiry"),
    path(_("units/<str:token>/"), enquiries.unit_request, name="unit_request"),
    path(_("spokesperson/"), contacts.spokesperson, name="spokesperson"),
    path(_("contacts/"), contacts.contacts, name="contacts"),
    path(_("official-channels/"), contacts.channels, name="channels"),
]
