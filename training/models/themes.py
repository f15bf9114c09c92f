"""What is taught."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine


class Theme(models.Model):
    """A theme of training in foreign information. Circular 02/2019/TT-BTTTT names nine; they are data, for laws change."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = PlainLine(_("name"), max_length=200)
    citation = PlainLine(_("source"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("training theme")
        verbose_name_plural = _("training themes")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name or self.name_vi or self.code

    def said(self, language: str) -> dict[str, str]:
        """As the face of an entry keeps it."""
        return {"code": self.code, "name": getattr(self, f"name_{language}") or self.name_vi}
