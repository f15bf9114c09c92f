"""Addresses of the news; the words in them are translated like any other."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from news import views

app_name = "news"
urlpatterns = [
    path("", views.all_news, name="all"),
    path(_("by-day/"), views.today, name="today"),
    path(_("by-day/<int:year>-<int:month>-<int:day>/"), views.day, name="day"),
    path(_("category/<slug:slug>/"), views.category, name="category"),
    path("<int:pk>/", views.article, name="article_by_number"),
    path("<slug:slug>-<int:pk>/", views.article, name="article"),
]
