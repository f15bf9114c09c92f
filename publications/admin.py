"""The shelf in the admin: lists of names over the shared base; a bulletin's contents have a page of their own."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin

from portal.editorial.admin import PublishableAdmin
from portal.languages import LANGUAGES
from portal.languages.dates import Quarter, quarter_of
from portal.web.deleting import KeepsWhatIsUsed
from publications import composer, mailing_room
from publications.models import Bulletin, Licence, Publication


@admin.register(Bulletin)
class BulletinAdmin(PublishableAdmin):
    shelf_columns: ClassVar[list[Any]] = ["number", "licence"]
    shelf_filters: ClassVar[list[Any]] = ["year"]
    list_select_related = ["licence"]
    written_elsewhere = ("contents", "slug")
    change_form_template = "admin/publications/bulletin_change.html"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The quarter that has ended last, and what is said in every issue."""
        last = Bulletin.objects.originals().order_by("-year", "-quarter").first()
        quarter = quarter_of(timezone.now()).previous
        if last and last.of_quarter() >= quarter:
            quarter = last.of_quarter().next
        return {**_beginning(quarter, last), **super().get_changeform_initial_data(request)}

    def get_urls(self) -> list[Any]:
        own = [
            path("<int:pk>/compose/<str:language>/", self.admin_site.admin_view(composer.compose),
                 name="publications_bulletin_compose"),
            path("<int:pk>/contents/<str:language>/", self.admin_site.admin_view(composer.step),
                 name="publications_bulletin_contents"),
            path("<int:pk>/face/<str:language>.<str:form>", self.admin_site.admin_view(composer.face),
                 name="publications_bulletin_face"),
            path("<int:pk>/mailings/<str:language>/", self.admin_site.admin_view(mailing_room.room),
                 name="publications_bulletin_mailings"),
        ]  # fmt: skip
        return [*own, *super().get_urls()]


def _beginning(quarter: Quarter, last: Bulletin | None) -> dict[str, Any]:
    licence = Licence.objects.valid_on(timezone.localdate()).first()
    said: dict[str, Any] = {
        "year": quarter.year, "quarter": quarter.number, "source_language": "en", "dated": timezone.localdate(),
        "licence": licence.pk if licence else None, "number": last.number + 1 if last and last.number else None,
    }  # fmt: skip
    if licence:
        said["title_en"] = Bulletin.usual_title(licence, quarter, "en")
    for language in LANGUAGES:
        said[f"responsible_{language}"] = last.text("responsible", language) if last else ""
    return said


@admin.register(Publication)
class PublicationAdmin(PublishableAdmin):
    shelf_columns: ClassVar[list[Any]] = ["form", "year"]
    shelf_filters: ClassVar[list[Any]] = ["form", "year"]


@admin.register(Licence)
class LicenceAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ["number", "name", "valid_from", "valid_until", "page_cap"]

    def has_change_permission(self, request: HttpRequest, obj: Licence | None = None) -> bool:
        """Its words are part of what was approved."""
        return super().has_change_permission(request, obj) and (obj is None or not obj.is_approved_with())

    fields = [
        ("name_vi", "name_en"), ("publisher_vi", "publisher_en"), "number", ("issuer_vi", "issuer_en"),
        "issued_on", ("valid_from", "valid_until"), "page_cap", ("width_mm", "height_mm"), "print_run",
        ("printed_at_vi", "printed_at_en"),
    ]  # fmt: skip
