from modeltranslation.translator import TranslationOptions, register

from portal.web.models import MenuItem, SiteIdentity


@register(SiteIdentity)
class SiteIdentityTranslation(TranslationOptions):
    fields = ("ministry_name", "portal_name", "tagline", "address", "responsible", "licence")


@register(MenuItem)
class MenuItemTranslation(TranslationOptions):
    fields = ("label", "path")
