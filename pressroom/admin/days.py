"""Days and moments as they are typed into the admin."""

from datetime import date
from typing import Any

from django.contrib.admin import ModelAdmin
from django.db import models
from django.http import HttpRequest

from portal.web.form_fields import refuse_impossible_year

EARLIEST, LATEST = 1900, 2199  # wide enough for what has been: offices held, cards without an end


def _possible(day: date) -> None:
    refuse_impossible_year(day, EARLIEST, LATEST)


class PossibleDays(ModelAdmin):
    """A ModelAdmin to inherit first: a year nobody means is told beside its field, before anything is reckoned from it."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(db_field, models.DateField):
            field.validators = [*field.validators, _possible]
        return field
