from modeltranslation.translator import TranslationOptions, register

from pressroom.models import (
    AccreditationRound,
    Boilerplate,
    Briefing,
    MediaItem,
    PressRelease,
    Spokesperson,
    Statement,
    Terms,
)

BOTH = ("vi", "en")


@register(Spokesperson)
class SpokespersonTranslation(TranslationOptions):
    fields = ("matter",)


@register(PressRelease)
class PressReleaseTranslation(TranslationOptions):
    fields = PressRelease.translated_content


@register(Statement)
class StatementTranslation(TranslationOptions):
    fields = Statement.translated_content


@register(Boilerplate)
class BoilerplateTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = BOTH


@register(Terms)
class TermsTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = BOTH


@register(MediaItem)
class MediaItemTranslation(TranslationOptions):
    fields = ("title", "licence", "credit")
    required_languages = dict.fromkeys(BOTH, ("title", "licence"))


@register(AccreditationRound)
class AccreditationRoundTranslation(TranslationOptions):
    fields = ("title", "place", "terms")
    required_languages = {"vi": ("title", "place"), "en": ("title", "place")}


@register(Briefing)
class BriefingTranslation(TranslationOptions):
    fields = (*Briefing.translated_content, "place", "reason", "chair_notes")
