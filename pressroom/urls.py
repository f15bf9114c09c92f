"""Addresses of the press room, grouped by noun; the words in them are translated like any other."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from pressroom import feeds
from pressroom.views import copies, landing, releases, statements

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
]
