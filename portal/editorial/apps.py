from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "portal.editorial"
    verbose_name = _("Editorial board")

    def ready(self) -> None:
        from portal.editorial import clock, errands, notices, roles, standing_mailings, topics, visibility  # noqa: F401 - notices registers its effect
        from portal.editorial.actions import announce_change
        from portal.search import topics as renamed_topics
        from portal.web import changes, health

        visibility.register()
        errands.register(standing_mailings.of)
        changes.register(announce_change)
        renamed_topics.register(topics.ask_for_refresh)
        health.register("clock", clock.complaint)
        # Django's own moment for what must exist after migrating; it concerns tables, not a person's deed.
        post_migrate.connect(roles.after_migrate, dispatch_uid="portal.editorial.roles")
