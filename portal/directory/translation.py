from modeltranslation.translator import TranslationOptions, register

from portal.directory.models import Country, Organisation, Post

BOTH = ("vi", "en")


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = BOTH


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = BOTH


@register(Post)
class PostTranslation(TranslationOptions):
    fields = ("title", "salutation")
    required_languages = dict.fromkeys(BOTH, ("title",))
