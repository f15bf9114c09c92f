from modeltranslation.translator import TranslationOptions, register

from portal.people.models import Office, Person

BOTH = ("vi", "en")


@register(Person)
class PersonTranslation(TranslationOptions):
    fields = ("biography",)


@register(Office)
class OfficeTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = BOTH
