"""The addresses of the organisers' pages, below those of the events."""

from collections.abc import Callable
from typing import Any

from django.urls import path

from training.admin import desk_page, office_page, report_pages, rights_page


def urls(staff: Callable[..., Any]) -> list[Any]:
    """`staff` lets nobody in but staff."""
    return [
        path("desk/", staff(desk_page.desk), name="training_desk"),
        path("seats-left-empty/", staff(desk_page.no_shows), name="training_no_shows"),
        path("figures/", staff(report_pages.report), name="training_report"),
        path("figures/rows/", staff(report_pages.report_rows), name="training_report_rows"),
        path("figures.<str:form>", staff(report_pages.report_file), name="training_report_file"),
        path("personal-data/", staff(rights_page.requests), name="training_rights"),
        path("personal-data/<int:pk>/", staff(rights_page.held), name="training_rights_held"),
        path("personal-data/<int:pk>/answer/", staff(rights_page.answer), name="training_rights_answer"),
        path("<int:pk>/office/", staff(office_page.office), name="training_office"),
    ]
