from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from portal.editorial import registry
        from portal.history import confidential
        from training import roles
        from training.models import (
            Certificate,
            Event,
            Presence,
            Quota,
            Registration,
            Ruling,
            Scan,
            Sheet,
            Ticket,
        )
        from training.views import events

        roles.register()
        # events
        registry.register(Event, preview=events.preview)
        # seats
        confidential.register(Quota, Registration)
        # the day and after
        confidential.register(Certificate, Presence, Ruling, Scan, Sheet, Ticket)
        # organisers
