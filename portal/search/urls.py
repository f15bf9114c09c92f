"""Addresses of topics; the words in them are translated like any other."""

from django.urls import path

from portal.search import views

app_name = "search"
urlpatterns = [
    path("", views.topics, name="topics"),
    path("<slug:slug>/", views.topic, name="topic"),
]
