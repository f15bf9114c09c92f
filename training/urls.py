"""Addresses of training; the words in them are translated like any other."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from training.views import (
    certificates,
    events,
    lists,
    months,
    nominating,
    own,
    registering,
    rights,
    surveys,
)

app_name = "training"
urlpatterns = [
    # events
    path("", lists.landing, name="landing"),
    path(_("past/"), lists.past_events, name="past"),
    path(_("calendar/"), months.this_month, name="this_month"),
    path(_("calendar/<int:year>/<int:month>/"), months.month, name="month"),
    path(_("training.ics"), events.calendar, name="ics"),
    path(_("event-<int:pk>.ics"), events.one_calendar, name="event_ics"),
    path("<int:pk>/", events.event, name="event_by_number"),
    path("<slug:slug>-<int:pk>/", events.event, name="event"),
    # seats
    path(_("<int:pk>/register/"), registering.register, name="register"),
    path(_("<int:pk>/registered/"), registering.registered, name="registered"),
    path(_("confirm/<str:token>/"), registering.confirm, name="confirm"),
    path(_("mine/<str:token>/"), own.own, name="own"),
    path(_("mine/<str:token>/calendar.ics"), own.own_calendar, name="own_calendar"),
    path(_("who-comes/<str:token>/"), nominating.nominate, name="nominate"),
    # the day and after
    path(_("certificates/"), certificates.find, name="certificates"),
    path(_("certificates/<str:code>/"), certificates.certificate, name="certificate"),
    path(_("certificates/<str:code>/signed.json"), certificates.signed, name="certificate_signed"),
    path(_("certificates/<str:code>/certificate.pdf"), certificates.pdf, name="certificate_pdf"),
    path(_("opinion/<uuid:key>/"), surveys.survey, name="survey"),
    # organisers
    path(_("mine/erased/"), rights.erased, name="erased"),
    path(_("mine/<str:token>/data/"), rights.data, name="own_data"),
    path(_("mine/<str:token>/my-data.json"), rights.data_json, name="own_data_json"),
    path(_("mine/<str:token>/erase/"), rights.erase, name="own_erase"),
]
