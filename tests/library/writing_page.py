"""A page with two writing surfaces, as a page of the admin has them; served by the browser tests only."""

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from portal.urls import urlpatterns as real

PLUGIN = [("portalfigure", "/static/portal/ckeditor/portalfigure/", "plugin.js")]


class WritingForm(forms.Form):
    body_vi = forms.CharField(widget=CKEditorWidget(external_plugin_resources=PLUGIN), required=False)
    body_en = forms.CharField(widget=CKEditorWidget(external_plugin_resources=PLUGIN), required=False)


def writing(request: HttpRequest) -> HttpResponse:
    form = WritingForm(initial={"body_vi": request.GET.get("body", ""), "body_en": ""})
    return HttpResponse(
        f'<!doctype html><html lang="vi"><head><title>Viết</title></head><body><form method="post">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
        f"{form.media}{form}</form></body></html>"
    )


urlpatterns = [path("admin/writing/", writing), *real]
