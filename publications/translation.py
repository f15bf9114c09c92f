from modeltranslation.translator import TranslationOptions, register

from publications.models import Bulletin, Licence, Publication


@register(Licence)
class LicenceTranslation(TranslationOptions):
    fields = ("name", "publisher", "issuer", "printed_at")


@register(Bulletin)
class BulletinTranslation(TranslationOptions):
    fields = Bulletin.translated_content


@register(Publication)
class PublicationTranslation(TranslationOptions):
    fields = Publication.translated_content
