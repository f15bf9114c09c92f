from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from news import previews
        from news.models import Article
        from news.shelves import latest_by_category
        from portal.editorial import registry
        from portal.search import home

        registry.register(Article, preview=previews.article)
        home.register(latest_by_category)
