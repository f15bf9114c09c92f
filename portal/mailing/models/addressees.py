"""Whom an approved mailing is meant for, until each has a copy."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Post
from portal.mailing.models.deliveries import Delivery
from portal.mailing.models.lists import MailingList
from portal.mailing.models.mailings import Mailing


class Addressee(models.Model):
    """Somebody named by the approval: a row from that moment until the copy is made, in the order of the copies.

    A post is reached at the address it has when its copy is made; whoever is no post has one already.
    """

    mailing = models.ForeignKey(
        Mailing, verbose_name=_("mailing"), on_delete=models.CASCADE, related_name="addressees"
    )
    list = models.ForeignKey(
        MailingList, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Delivery.Stage.choices)
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="+")
    email = models.TextField(_("address"), blank=True)  # as written: what is wrong with it, its copy says
    name = models.TextField(_("name"), blank=True)
    salutation = models.TextField(_("salutation"), blank=True)

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")

    def __str__(self) -> str:
        return f"{self.mailing} → {self.email or self.post}"
