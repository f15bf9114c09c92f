"""How fast mail may go, to one domain and altogether. Kept in the database, so that a restart forgets nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: The row that holds for all domains together.
EVERYWHERE = "*"


class Pace(models.Model):
    """The next moment at which something may be sent to a domain."""

    domain = models.CharField(_("domain"), max_length=253, unique=True)
    next_at = models.DateTimeField(_("next"))
    why = models.CharField(_("reason"), max_length=300, blank=True)  # when the domain itself asked for rest

    class Meta:
        verbose_name = _("pace")
        verbose_name_plural = _("paces")

    def __str__(self) -> str:
        return self.domain
