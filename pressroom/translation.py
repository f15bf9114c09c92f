from modeltranslation.translator import TranslationOptions, register

from portal.languages import LANGUAGES
from pressroom.models import (
    AccreditationRound,
    Boilerplate,
    Briefing,
    Crisis,
    Enquiry,
    MediaItem,
    OfficialChannel,
    PressAnswer,
    PressContact,
    PressRelease,
    RefusalGround,
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


# The enquiry desk.


@register(RefusalGround)
class RefusalGroundTranslation(TranslationOptions):
    fields = ("words", "citation")
    required_languages = ("vi", "en")


@register(Enquiry)
class EnquiryTranslation(TranslationOptions):
    fields = ("answer",)


@register(PressAnswer)
class PressAnswerTranslation(TranslationOptions):
    fields = PressAnswer.translated_content


@register(Crisis)
class CrisisTranslation(TranslationOptions):
    fields = ("holding",)


@register(PressContact)
class PressContactTranslation(TranslationOptions):
    fields = ("name", "hours", "note")
    required_languages = dict.fromkeys(LANGUAGES, ("name", "hours"))


@register(OfficialChannel)
class OfficialChannelTranslation(TranslationOptions):
    fields = ("name", "verified")
    required_languages = dict.fromkeys(LANGUAGES, ("name",))
