from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "portal.mailing"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from portal.directory import further_columns
        from portal.mailing.checks import letters_can_be_signed
        from portal.mailing.topics_column import TopicsColumn

        checks.register(letters_can_be_signed)
        further_columns.register(TopicsColumn)
