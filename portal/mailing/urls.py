"""A reader's own mail. The one-click address has no language: mail services call it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.mailing import views

app_name = "mailing"
urlpatterns = [
    path("", views.sign_up, name="sign_up"),
    path(_("asked/"), views.asked, name="asked"),
    path("<str:token>/", views.own_mail, name="own_mail"),
    path(_("<str:token>/decision/"), views.decide, name="decide"),
]
