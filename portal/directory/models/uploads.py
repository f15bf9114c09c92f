"""Files between their plan and its carrying out."""

from django.conf import settings
from django.db import models

from portal.languages.fields import PlainLine


class Upload(models.Model):
    """A file read and not yet imported: one for each person, gone once it is imported or given up."""

    by = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = PlainLine(max_length=200)
    lines = models.JSONField()  # [[number, {column: text}], …], as `reading.Table` has them
    left_out = models.JSONField(default=list)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
