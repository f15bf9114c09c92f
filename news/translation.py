from modeltranslation.translator import TranslationOptions, register

from news.models import Article, Category


@register(Category)
class CategoryTranslation(TranslationOptions):
    fields = ("name", "slug", "description")


@register(Article)
class ArticleTranslation(TranslationOptions):
    fields = Article.translated_content
