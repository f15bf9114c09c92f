"""Addresses of the press room, grouped by noun; the words in them are translated like any other."""

from django.urls import URLPattern

app_name = "pressroom"
urlpatterns: list[URLPattern] = []
