"""Addresses of the desk, beside Django's admin. A kind is a model's label: "news.article"."""

from django.urls import path

from portal.editorial.views import copies, desk, reading, steps

app_name = "desk"
urlpatterns = [
    path("release-late/", desk.release_late, name="release_late"),
    path("notices/read/", desk.read_notices, name="read_notices"),
    path("effects/try-again/", desk.try_effects_again, name="try_effects_again"),
    path("<str:kind>/<int:pk>/history/", reading.history, name="history"),
    path("<str:kind>/<int:pk>/compare/", reading.compare, name="compare"),
    path("<str:kind>/<int:pk>/reopen/", reading.reopen, name="reopen"),
    path("<str:kind>/<int:pk>/preview/<str:language>/", reading.preview, name="preview"),
    path("<str:kind>/<int:pk>/working-copy/open/", copies.open_copy, name="open_copy"),
    path("<str:kind>/<int:pk>/working-copy/discard/", copies.discard_copy, name="discard_copy"),
    path("<str:kind>/<int:pk>/discard/", copies.discard_draft, name="discard_draft"),
    path("<str:kind>/<int:pk>/<str:language>/expiry/", steps.expiry, name="expiry"),
    path(
        "<str:kind>/<int:pk>/<str:language>/still-correct/",
        steps.confirm_translation,
        name="confirm_translation",
    ),
    path("<str:kind>/<int:pk>/<str:language>/reviewed/", steps.review_afterwards, name="review_afterwards"),
    path("<str:kind>/<int:pk>/<str:language>/<str:name>/", steps.step, name="step"),
]
