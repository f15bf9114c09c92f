from modeltranslation.translator import TranslationOptions, register

from portal.mailing.models import MailingList


@register(MailingList)
class MailingListTranslation(TranslationOptions):
    fields = ("title", "description")
    required_languages = {"vi": ("title",), "en": ("title",)}
