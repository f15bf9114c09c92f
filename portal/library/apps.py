from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "portal.library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from portal.history import confidential
        from portal.library.models import Asset

        confidential.register_rows(Asset, Asset.objects.kept_from)
