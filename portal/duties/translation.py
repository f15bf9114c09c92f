from modeltranslation.translator import TranslationOptions, register

from portal.duties.models import Holiday, Limit, ReportRule


@register(Limit)
class LimitTranslation(TranslationOptions):
    fields = ("name", "citation")
    required_languages = ("vi", "en")


@register(ReportRule)
class ReportRuleTranslation(TranslationOptions):
    fields = ("name", "citation")
    required_languages = ("vi", "en")


@register(Holiday)
class HolidayTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("vi", "en")
