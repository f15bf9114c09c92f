from modeltranslation.translator import TranslationOptions, register

from portal.languages import LANGUAGES
from publications.models import Bulletin, Licence, Publication


@register(Licence)
class LicenceTranslation(TranslationOptions):
    fields = ("name", "publisher", "issuer", "printed_at")
    required_languages = dict.fromkeys(LANGUAGES, ("name", "publisher", "issuer"))


@register(Bulletin)
class BulletinTranslation(TranslationOptions):
    fields = Bulletin.translated_content


@register(Publication)
class PublicationTranslation(TranslationOptions):
    fields = Publication.translated_content
