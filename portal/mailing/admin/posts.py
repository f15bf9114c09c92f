"""The page of a post, with what its holder wants to hear of."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from portal.directory.admin import PostAdmin
from portal.directory.models import Post
from portal.mailing.actions import interesting
from portal.mailing.models import Interest


class Interests(admin.TabularInline):
    model = Interest
    fields = ["topic"]
    extra = 1


class PostWithInterestsAdmin(PostAdmin):
    """The directory stands before topics and cannot know them: its page of a post is taken over here."""

    inlines = [Interests, *PostAdmin.inlines]

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is Interest and formset.has_changed():
            interesting.record_interests([form.instance], by=request.user, now=timezone.now())


admin.site.unregister(Post)
admin.site.register(Post, PostWithInterestsAdmin)
