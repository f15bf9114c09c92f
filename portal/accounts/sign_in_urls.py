"""Mounted at /admin/, before the admin itself; the password pages keep the names Django's admin looks for."""

from django.urls import path

from portal.accounts.views import password_reset, session

urlpatterns = [
    path("keep-alive/", session.keep_alive, name="keep-alive"),
    path("password-reset/", password_reset.Ask.as_view(), name="admin_password_reset"),
    path("password-reset/sent/", password_reset.Asked.as_view(), name="password_reset_done"),
    path("password-reset/<uidb64>/<token>/", password_reset.Choose.as_view(), name="password_reset_confirm"),
    path("password-reset/done/", password_reset.Chosen.as_view(), name="password_reset_complete"),
]
