"""Every address of the portal. Public pages begin with their language; staff pages with /admin/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from portal.mailing import views as mailing
from portal.search import views as search
from portal.web import health

handler400 = "portal.web.errors.bad_request"
handler403 = "portal.web.errors.forbidden"
handler404 = "portal.web.errors.not_found"
handler500 = "portal.web.errors.server_error"

urlpatterns = [
    path("", search.front_door, name="front_door"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("files/", include("portal.library.urls")),
    path("mail/events/", mailing.events, name="mail_events"),
    path("mail/<str:token>/leave/", mailing.one_click, name="leave"),
    path("admin/account/", include("portal.accounts.urls")),
    path("admin/desk/", include("portal.editorial.urls")),
    path("admin/", include("portal.accounts.sign_in_urls")),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", search.home, name="home"),
        path(_("topics/"), include("portal.search.urls")),
        path(_("news/"), include("news.urls")),
        path(_("press/"), include("pressroom.urls")),
        path(_("publications/"), include("publications.urls")),
        path(_("training/"), include("training.urls")),
        path(_("mail/"), include("portal.mailing.urls")),
    ),
]
