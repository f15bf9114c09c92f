from modeltranslation.translator import TranslationOptions, register

from portal.duties.models import Limit


@register(Limit)
class LimitTranslation(TranslationOptions):
    fields = ("name", "citation")
    required_languages = ("vi", "en")
