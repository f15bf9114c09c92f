from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = _("Publications")

    def ready(self) -> None:
        from portal.editorial import registry
        from publications import checks, previews  # noqa: F401  checks register themselves
        from publications.models import Bulletin, Publication

        registry.register(Bulletin, preview=previews.bulletin)
        registry.register(Publication, preview=previews.publication)
