"""Addresses of the shelf; the words in them are translated like any other."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from publications import feeds, views

app_name = "publications"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path(_("bulletin/"), views.bulletins, name="bulletins"),
    path(_("bulletin/feed.xml"), feeds.Issues(), name="feed"),
    path(_("bulletin/<int:year>-<int:quarter>/"), views.bulletin, name="bulletin"),
    path(_("bulletin/<int:year>-<int:quarter>.<str:form>"), views.bulletin_file, name="bulletin_file"),
    path(_("bulletin/<int:pk>/"), views.bulletin_by_number, name="bulletin_by_number"),
    path(_("file/<int:pk>/<uuid:uuid>/"), views.file, name="file"),
    path("<int:pk>/", views.publication, name="publication_by_number"),
    path("<slug:slug>-<int:pk>/", views.publication, name="publication"),
    path("<slug:slug>-<int:pk>.pdf", views.photo_book_file, name="photo_book_file"),
    path("<slug:slug>-<int:pk>/<int:number>/", views.photo, name="photo"),
]
