"""Who has left? The answers, one a quarter."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """One answer to the quarterly question "who has left?"."""

    class Answer(models.TextChoices):
        STILL_THERE = "still_there", _("still there")
        LEFT = "left", _("has left")
        UNKNOWN = "unknown", _("not known")

    post = models.ForeignKey(
        "directory.Post", verbose_name=_("post"), on_delete=models.PROTECT, related_name="reviews"
    )
    quarter = models.CharField(_("quarter"), max_length=7)  # "2026-Q4", as `str(Quarter)` says it
    answer = models.CharField(_("answer"), max_length=12, choices=Answer.choices)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-quarter", "-at"]
        constraints = [
            models.UniqueConstraint(fields=["post", "quarter"], name="post_reviewed_once_a_quarter"),
            models.CheckConstraint(
                condition=models.Q(
                    *[("quarter__endswith", f"-Q{number}") for number in range(1, 5)], _connector=models.Q.OR
                ),
                name="review_of_a_quarter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}: {self.get_answer_display()}"
