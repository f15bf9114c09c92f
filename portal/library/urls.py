"""Under /files/."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from portal.library import renditions, views


class RenditionWidth(IntConverter):
    regex = "|".join(str(width) for width in renditions.WIDTHS)


class RenditionExtension(StringConverter):
    regex = "|".join(renditions.EXTENSIONS)


register_converter(RenditionWidth, "rendition_width")
register_converter(RenditionExtension, "rendition_extension")

app_name = "library"
urlpatterns = [
    path(
        "<uuid:uuid>/<rendition_width:width>.<rendition_extension:extension>",
        views.rendition,
        name="rendition",
    ),
    path(f"<uuid:uuid>/{renditions.CARD}", views.card, name="card"),
    path("<uuid:uuid>/<str:filename>", views.file, name="file"),
]
