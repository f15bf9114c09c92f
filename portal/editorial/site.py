"""Django's admin application with our staff site, which is elsewhere: this is loaded before any model."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "portal.editorial.staff_site.PortalAdminSite"
