"""Answers to the press for everybody to read: a question that was answered on the record, and the answer as it was cleared."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.editorial.models import Publishable
from portal.languages.fields import PlainLine, PlainText
from portal.richtext.fields import RichText
from pressroom.models.shelves import Shelf, topics_of


class PressAnswer(Publishable):
    """A question of the press and its answer. The outlet is named; the journalist only who agreed to it."""

    section = "pressroom"
    translated_content = (*Publishable.translated_content, "question", "body", "outlet")
    shared_content = (*Publishable.shared_content, "journalist_name", "asked_on", "answered_on")
    required_content = ("title", "question", "body")

    title = PlainLine(_("headline"), max_length=250, blank=True)
    question = PlainText(_("question"), max_length=4000, blank=True)
    body = RichText(_("answer"), blank=True)
    outlet = PlainLine(_("outlet"), max_length=200, blank=True)
    journalist_name = PlainLine(
        _("journalist"), max_length=120, blank=True, help_text=_("Only with the journalist’s agreement.")
    )
    asked_on = models.DateField(_("asked on"))
    answered_on = models.DateField(_("answered on"))

    class Meta:
        verbose_name = _("answer to the press")
        verbose_name_plural = _("answers to the press")
        ordering = ["-answered_on", "-pk"]

    def public_url(self) -> str:
        if self.slug:
            return reverse("pressroom:answer", args=[self.slug, self.root_pk])
        return reverse("pressroom:answer_by_number", args=[self.root_pk])

    def reason_against_release(self, language: str) -> str | None:
        """Only what was answered on the record goes out, and only from the desk that answered it."""
        enquiry = getattr(self.root, "enquiry", None)
        if enquiry is not None and enquiry.terms == enquiry.Terms.ON_RECORD:
            return None
        return gettext("This belongs to no enquiry that was answered on the record, so it is not published.")

    def read_side(self, language: str) -> dict[str, Any]:
        """See Publishable."""
        return {
            "summary": self.text("question", language),
            "text": f"<p>{escape(self.text('question', language))}</p>{self.text('body', language)}",
            **Shelf.ANSWERS.face(),
            "face": {
                "question": self.text("question", language),
                "body": self.text("body", language),
                "outlet": self.text("outlet", language),
                "journalist": self.journalist_name,
                "asked_on": self.asked_on.isoformat(),
                "answered_on": self.answered_on.isoformat(),
                "topics": topics_of(self),
            },
        }
