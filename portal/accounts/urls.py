"""Mounted at /admin/account/, before the admin itself."""

from django.urls import path

from portal.accounts.views import second_factor, session

app_name = "accounts"
urlpatterns = [
    path("", second_factor.overview, name="overview"),
    path("language/", session.choose_language, name="language"),
    path("second-factor/", second_factor.confirm, name="second-factor"),
    path("second-factor/set-up/", second_factor.set_up, name="second-factor-set-up"),
    path("second-factor/remove/", second_factor.remove, name="second-factor-remove"),
    path("second-factor/recovery-codes/", second_factor.renew_codes, name="recovery-codes"),
]
