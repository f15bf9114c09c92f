from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "portal.duties"
    verbose_name = _("Statutory time limits")
