from modeltranslation.translator import TranslationOptions, register

from training.models import Certificate, Event, Question, Quota, RetentionRule, Session, Theme

BOTH = ("vi", "en")


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name", "citation")
    required_languages = dict.fromkeys(BOTH, ("name",))


@register(Event)
class EventTranslation(TranslationOptions):
    fields = (*Event.translated_content, "place", "reason")


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "room")


@register(Quota)
class QuotaTranslation(TranslationOptions):
    fields = ("name",)


# the day and after
@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("words",)
    required_languages = dict.fromkeys(BOTH, ("words",))


@register(Certificate)
class CertificateTranslation(TranslationOptions):
    fields = ("why",)


@register(RetentionRule)
class RetentionRuleTranslation(TranslationOptions):
    fields = ("citation",)
    required_languages = BOTH
