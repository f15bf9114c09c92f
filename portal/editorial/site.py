"""Django's admin application, with our staff site for its default. (Loaded before any model: the site itself is elsewhere.)"""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "portal.editorial.staff_site.PortalAdminSite"
