"""Public answers to the press: the shared base of everything publishable."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from portal.editorial.admin import PublishableAdmin
from pressroom.models import PressAnswer


@admin.register(PressAnswer)
class PressAnswerAdmin(PublishableAdmin):
    shelf_columns: ClassVar[list[Any]] = ["outlet", "answered_on"]
    shelf_filters: ClassVar[list[Any]] = ["answered_on"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Begun from the enquiry that was answered, and nowhere else."""
        return False
