"""The news in the admin: lists of names over the shared base, and shelves that know their old addresses."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from news import actions
from news.models import Article, Category
from portal.editorial.admin import PublishableAdmin
from portal.web.deleting import KeepsWhatIsUsed


@admin.display(description=_("Prominence"), ordering="prominence")
def prominence(article: Article) -> str:
    return "" if article.prominence == Article.Prominence.NORMAL else article.get_prominence_display()


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    shelf_columns = ["category", "byline", prominence]
    shelf_filters = ["category", "topics", "prominence"]
    list_select_related = ["category"]
    autocomplete_fields = ["related"]


@admin.register(Category)
class CategoryAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ["name", "slug", "position", "on_home_page"]
    fields = [
        ("name_vi", "name_en"), ("slug_vi", "slug_en"), ("description_vi", "description_en"),
        "key", "position", "on_home_page",
    ]  # fmt: skip
    search_fields = ["name_vi", "name_en"]

    def save_model(self, request: HttpRequest, category: Category, form: ModelForm, change: bool) -> Any:
        if change:
            actions.rename_category(category, by=request.user, now=timezone.now())
        else:
            actions.add_category(category, by=request.user, now=timezone.now())
