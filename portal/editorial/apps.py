from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "portal.editorial"
    verbose_name = _("Editorial board")

    def ready(self) -> None:
        from portal.editorial import clock, notices, roles, visibility  # noqa: F401 - notices registers its effect
        from portal.web import health

        visibility.register()
        health.register("clock", clock.complaint)
        # Django's own moment for what must exist after migrating; it concerns tables, not a person's deed.
        post_migrate.connect(roles.after_migrate, dispatch_uid="portal.editorial.roles")
