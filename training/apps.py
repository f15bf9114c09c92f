from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from portal.editorial import errands, flags, registry, timeline, yearly_figures
        from portal.history import confidential
        from portal.library import uses
        from portal.mailing import audiences as lists
        from portal.mailing import private
        from training import (
            audiences,
            event_checks,
            event_watch,
            reporting,
            roles,
            training_desk,
            vocabulary,
            wording,
        )
        from training.models import (
            Certificate,
            Event,
            Presence,
            Quota,
            Registration,
            RightsRequest,
            Ruling,
            Scan,
            Sheet,
            Ticket,
        )
        from training.models.permits import events_permitted_by
        from training.views import events

        roles.register()
        # events
        registry.register(Event, preview=events.preview)
        timeline.name_deeds(event_checks.DEEDS)
        flags.register(event_watch.flags)
        errands.register(event_watch.errands)
        uses.register(events_permitted_by)
        # seats
        confidential.register(Quota, Registration)
        timeline.name_deeds(vocabulary.DEEDS)
        # the day and after
        confidential.register(Certificate, Presence, Ruling, Scan, Sheet, Ticket)
        # organisers
        timeline.name_deeds(wording.DEEDS)
        confidential.register(RightsRequest)
        lists.register(audiences.of_list)
        private.register(audiences.RIGHT, *audiences.LETTERS)
        private.register_rule(audiences.RIGHT, "participant_rule")
        training_desk.register_workplaces()
        yearly_figures.register(reporting.yearly_figures)
        errands.register(training_desk.errands)
