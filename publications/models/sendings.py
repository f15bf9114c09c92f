"""Which words of a bulletin went out with which mailing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.mailing.models import Mailing
from publications.models.bulletin import Bulletin


class Sending(models.Model):
    """A mailing that carries a bulletin in one language, with the versions of the pieces it carries."""

    bulletin = models.ForeignKey(
        Bulletin, verbose_name=_("bulletin"), on_delete=models.PROTECT, related_name="sendings"
    )
    language = models.CharField(_("language"), max_length=2)
    mailing = models.OneToOneField(
        Mailing, verbose_name=_("mailing"), on_delete=models.CASCADE, related_name="bulletin_sending"
    )
    #: {"news.article:12": [version, digest]}, the bulletin itself among them; {} of a correction.
    pieces = models.JSONField(_("pieces"), default=dict)
    #: Of a correction: what it tells of which piece, as `pins.Standing.named` says it.
    told = models.JSONField(_("told"), default=dict)
    corrects = models.ForeignKey(
        "self", verbose_name=_("corrects"), null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    composed_at = models.DateTimeField(_("composed"))

    class Meta:
        verbose_name = _("sending of a bulletin")
        verbose_name_plural = _("sendings of bulletins")
        ordering = ["-composed_at", "-pk"]

    def __str__(self) -> str:
        return str(self.mailing)
