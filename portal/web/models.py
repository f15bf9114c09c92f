"""The site's identity and menus: data, never code."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SiteIdentity(models.Model):
    """Who speaks here: names, hotline, address, licence. One row."""

    ministry_name = models.CharField(_("name of the ministry"), max_length=200)
    portal_name = models.CharField(_("name of the portal"), max_length=200)
    tagline = models.CharField(_("line under the name"), max_length=300, blank=True)
    address = models.CharField(_("postal address"), max_length=300, blank=True)
    hotline = models.CharField(_("hotline, as shown"), max_length=40, blank=True)
    hotline_tel = models.CharField(_("hotline, as dialled (+84…)"), max_length=20, blank=True)
    email = models.EmailField(_("public e-mail"), blank=True)
    responsible = models.CharField(_("person responsible"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identity")

    def __str__(self) -> str:
        return self.portal_name or self.portal_name_vi or "—"


class MenuItem(models.Model):
    """One line of a menu. Its address is a path on this site or a full address elsewhere, for each language."""

    class Place(models.TextChoices):
        MAIN = "main", _("main menu")
        FOOTER = "footer", _("footer")

    site = models.ForeignKey(SiteIdentity, on_delete=models.CASCADE, related_name="menu_items")
    place = models.CharField(
        pgettext_lazy("where on the page", "place"), max_length=10, choices=Place.choices, default=Place.MAIN
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("label"), max_length=80, blank=True)
    path = models.CharField(_("address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("menu item")
        verbose_name_plural = _("menus")
        ordering = ["place", "position", "pk"]

    def __str__(self) -> str:
        return self.label or self.label_vi or "—"
