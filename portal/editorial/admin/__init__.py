"""The admin as a workplace. Sections inherit `PublishableAdmin` and give lists of names."""

from portal.editorial.admin.effects import EffectAdmin
from portal.editorial.admin.publishable import PublishableAdmin

__all__ = ["EffectAdmin", "PublishableAdmin"]
