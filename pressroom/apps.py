from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressRoomConfig(AppConfig):
    name = "pressroom"
    verbose_name = _("Press room")

    def ready(self) -> None:
        from portal.editorial import errands, flags, registry, timeline
        from portal.history import confidential
        from portal.library import access
        from portal.mailing import audiences as lists
        from portal.mailing import private, wishes
        from pressroom import (  # noqa: F401  checks and effects register themselves
            audiences,
            briefing_checks,
            briefing_watch,
            checks,
            correspondence,
            desk,
            following,
            press_desk,
            previews,
            reporting,
            roles,
            vocabulary,
        )
        from pressroom.models import (
            Attendance,
            Briefing,
            BriefingQuestion,
            Copy,
            Crisis,
            CrisisFile,
            CrisisRecord,
            CrisisTask,
            Enquiry,
            Invitation,
            Journalist,
            Opening,
            PressAnswer,
            PressRelease,
            Statement,
            UnitRequest,
        )
        from pressroom.models.media import offered
        from pressroom.rules import answers  # noqa: F401  its checks register themselves
        from pressroom.views.briefings import preview as preview_of_briefing

        roles.register()
        for right, beginnings in correspondence.PRIVATE.items():
            private.register(right, *beginnings)
        # releases and statements
        registry.register(PressRelease, preview=previews.release)
        registry.register(Statement, preview=previews.statement)
        access.register(offered)
        # journalists
        lists.register(audiences.of_list)
        wishes.register(correspondence.CORRESPONDENT)
        errands.register(desk.of_journalists)
        registry.register_list(Journalist)
        # briefings
        registry.register(Briefing, preview=preview_of_briefing)
        flags.register(briefing_watch.flags)
        timeline.name_deeds(briefing_checks.DEEDS)
        # the enquiry desk
        registry.register(PressAnswer, preview=previews.answer)
        confidential.register(Attendance, BriefingQuestion, Copy, Invitation, Opening)
        confidential.register(Crisis, CrisisFile, CrisisRecord, CrisisTask, Enquiry, UnitRequest)
        timeline.name_deeds(vocabulary.DEEDS)
        press_desk.register_workplace()
        flags.register(press_desk.flags)
        reporting.register_own_figures()
