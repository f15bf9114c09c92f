"""Whether a person may see things of a kind, asked wherever something else would name them."""

from django.db.models import Model
from django.utils.translation import ngettext

from portal.accounts.models import User


def may_see(person: User, kind: type[Model]) -> bool:
    """The right to look at things of this kind, or to change them."""
    label, name = kind._meta.app_label, kind._meta.model_name
    return any(person.has_perm(f"{label}.{verb}_{name}") for verb in ("view", "change"))


def and_unseen(names: list[str], unseen: int) -> list[str]:
    """The names, and how many things stand beside them that the person may not see."""
    if not unseen:
        return names
    told = ngettext(
        "%(count)d thing your role does not show you", "%(count)d things your role does not show you", unseen
    )
    return [*names, told % {"count": unseen}]
