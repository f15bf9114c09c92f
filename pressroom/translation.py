from modeltranslation.translator import TranslationOptions, register

from pressroom.models import Spokesperson


@register(Spokesperson)
class SpokespersonTranslation(TranslationOptions):
    fields = ("matter",)
