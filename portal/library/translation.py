from modeltranslation.translator import TranslationOptions, register

from portal.library.models import Asset, Placement


@register(Asset)
class AssetTranslation(TranslationOptions):
    fields = ("title", "alt", "caption", "credit")


@register(Placement)
class PlacementTranslation(TranslationOptions):
    fields = ("title", "alt", "caption", "credit")
