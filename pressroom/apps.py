from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressRoomConfig(AppConfig):
    name = "pressroom"
    verbose_name = _("Press room")

    def ready(self) -> None:
        from pressroom import roles

        roles.register()
