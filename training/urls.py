"""Addresses of training; the words in them are translated like any other."""

from django.urls import path

from training.views import events

app_name = "training"
urlpatterns = [
    # events
    path("", events.landing, name="landing"),
    path("<int:pk>/", events.event, name="event_by_number"),
    path("<slug:slug>-<int:pk>/", events.event, name="event"),
    # seats
    # the day and after
    # organisers
]
