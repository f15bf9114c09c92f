from modeltranslation.translator import TranslationOptions, register

from portal.accounts.models import Unit


@register(Unit)
class UnitTranslation(TranslationOptions):
    fields = ("name",)
