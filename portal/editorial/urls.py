"""Addresses of the desk, beside Django's admin."""

from django.urls import path

from portal.editorial import views

app_name = "desk"
urlpatterns = [
    path("release-late/", views.release_late, name="release_late"),
]
