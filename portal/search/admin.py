"""Topics in the admin."""

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin

from portal.search.models import Topic
from portal.search.topics import save_topic
from portal.web.deleting import KeepsWhatIsUsed


@admin.register(Topic)
class TopicAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ["title", "slug", "position"]
    search_fields = ["title_vi", "title_en"]
    fields = [("title_vi", "title_en"), ("slug_vi", "slug_en"), ("summary_vi", "summary_en"), "position"]

    def save_model(self, request: HttpRequest, topic: Topic, form: ModelForm, change: bool) -> None:
        save_topic(topic, by=request.user, now=timezone.now())
