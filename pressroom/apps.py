from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressRoomConfig(AppConfig):
    name = "pressroom"
    verbose_name = _("Press room")

    def ready(self) -> None:
        from portal.editorial import errands, flags, registry, timeline
        from portal.library import access
        from portal.mailing import audiences as lists
        from portal.mailing import wishes
        from pressroom import (  # noqa: F401  checks and effects register themselves
            audiences,
            briefing_checks,
            briefing_watch,
            checks,
            correspondence,
            desk,
            following,
            previews,
            roles,
        )
        from pressroom.models import Briefing, PressRelease, Statement
        from pressroom.models.media import is_in_the_kit
        from pressroom.views.briefings import preview as preview_of_briefing

        roles.register()
        # releases and statements
        registry.register(PressRelease, preview=previews.release)
        registry.register(Statement, preview=previews.statement)
        access.register(is_in_the_kit)
        # journalists
        lists.register(audiences.of_list)
        wishes.register(correspondence.CORRESPONDENT)
        errands.register(desk.of_journalists)
        # briefings
        registry.register(Briefing, preview=preview_of_briefing)
        flags.register(briefing_watch.flags)
        timeline.name_deeds(briefing_checks.DEEDS)
