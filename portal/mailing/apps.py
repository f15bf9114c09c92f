from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "portal.mailing"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from portal.directory import further_columns
        from portal.mailing.topics_column import TopicsColumn

        further_columns.register(TopicsColumn)
