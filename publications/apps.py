from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = _("Publications")

    def ready(self) -> None:
        from portal.editorial import leaning, registry, timeline
        from publications import checks, previews, proofs, uses, watching  # noqa: F401  checks and proofs register themselves
        from publications.models import Bulletin, Publication

        registry.register(Bulletin, preview=previews.bulletin)
        registry.register(Publication, preview=previews.publication)
        uses.register()
        leaning.register(watching.keep_back)
        timeline.name_deeds(
            {
                "froze the contents": _("froze the contents"),
                "thawed the contents": _("let the contents follow the newest texts again"),
                watching.BEFORE: _("a text pinned in it was corrected or taken down"),
                watching.AFTER: _("a text sent with it was corrected or taken down"),
            },
            {"frozen": _("as frozen"), "thawed": _("thawed")},
        )
