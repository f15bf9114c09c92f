from modeltranslation.translator import TranslationOptions, register

from portal.search.models import Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("title", "slug", "summary")
