"""Roles: groups built from the step table and from the publishable models, the same on every machine."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.editorial import registry
from portal.history import confidential

#: Role → (what it is called, its editorial permissions, what it may do with publishable things and the library).
ROLES: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "reporter": (_("reporter"), ("write_vi", "submit"), ("view", "add", "change")),
    "editor": (_("editor"), ("write_vi", "write_en", "submit", "return"), ("view", "add", "change")),
    "translator": (_("translator"), ("write_en", "submit"), ("view", "change")),
    "approver-vi": (_("approver (Vietnamese)"), ("approve_vi", "return"), ("view",)),
    "approver-en": (_("approver (English)"), ("approve_en", "return"), ("view",)),
    "publisher": (_("publisher"), ("publish", "return"), ("view",)),
    "duty editor": (
        _("duty editor"),
        ("write_vi", "write_en", "submit", "return", "publish", "publish_urgently"),
        ("view", "add", "change"),
    ),
    "head of the editorial board": (
        _("head of the editorial board"),
        ("approve_vi", "approve_en", "return", "publish", "publish_urgently", "withdraw"),
        ("view",),
    ),
    "administrator": (_("administrator"), (), ("view",)),
}


@dataclass(frozen=True)
class Role:
    """A role of one section: editorial steps on its things alone, and what is kept beside them."""

    name: str
    label: Any
    steps: tuple[str, ...]
    verbs: tuple[str, ...]  # with the section's publishable things and the library
    section: str
    beside: bool = False  # every right to what the section keeps beside publishable things
    own: tuple[str, ...] = ()  # rights of the section that no other role has
    mail: tuple[str, ...] = ()
    directory: bool = False  # keeps organisations and people
    private: tuple[str, ...] = ()  # models of the section that this role works with and no other
    apart: bool = False  # the section's texts are, until they are public, for its own roles alone


_section_roles: list[Role] = []

#: Who works in sections that stand apart too: what is not public yet is nobody else's there.
EVERYWHERE = {"duty editor", "head of the editorial board"}


def register_role(role: Role) -> None:
    """Called in the section's `AppConfig.ready`."""
    if role not in _section_roles:
        _section_roles.append(role)


def labels() -> dict[str, Any]:
    """What each role is called."""
    named = {name: label for name, (label, _steps, _verbs) in ROLES.items()}
    return named | {role.name: role.label for role in _section_roles}


#: What a role may do with the library follows what it may do with things.
_LIBRARY = {"view": ("view_asset",), "add": ("add_asset",), "change": ("change_asset",)}


def after_migrate(sender: Any = None, **kwargs: Any) -> None:
    """Once the last application has its tables and permissions, the groups get theirs."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender == last:
        build()


def build() -> None:
    """Make the groups and give each exactly the permissions of its row."""
    for name, (_label, steps, verbs) in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(name, steps, verbs))
    for role in _section_roles:
        group, _made = Group.objects.get_or_create(name=role.name)
        group.permissions.set(_permissions_in_section(role))


def _permissions_in_section(role: Role) -> list[Permission]:
    wanted = Q(content_type__app_label="editorial", content_type__model="edition", codename__in=role.steps)
    for model in registry.models():
        if model._meta.app_label == role.section:
            codenames = [f"{verb}_{model._meta.model_name}" for verb in role.verbs]
            wanted |= Q(content_type__app_label=role.section, codename__in=codenames)
    wanted |= Q(content_type__app_label=role.section, codename__in=role.own)
    library = [codename for verb in role.verbs for codename in _LIBRARY[verb]]
    wanted |= Q(content_type__app_label="library", codename__in=library)
    wanted |= Q(content_type__app_label="mailing", codename__in=role.mail)
    if role.beside:
        wanted |= _shelves(role.section)
    if role.private:
        wanted |= Q(content_type__app_label=role.section, content_type__model__in=role.private)
    if role.directory:
        wanted |= Q(content_type__app_label__in=["directory", "people"])
    return list(Permission.objects.filter(wanted))


def _stands_apart(section: str) -> bool:
    return any(role.section == section and role.apart for role in _section_roles)


def _permissions(name: str, steps: tuple[str, ...], verbs: tuple[str, ...]) -> list[Permission]:
    wanted = Q(content_type__app_label="editorial", content_type__model="edition", codename__in=steps)
    for model in registry.models():
        if name in EVERYWHERE or not _stands_apart(model._meta.app_label):
            codenames = [f"{verb}_{model._meta.model_name}" for verb in verbs]
            wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=codenames)
    library = [codename for verb in verbs for codename in _LIBRARY[verb]]
    wanted |= Q(content_type__app_label="library", codename__in=library)
    if name == "head of the editorial board":
        wanted |= _shelves()
    if name == "administrator":
        wanted |= _shelves() & ~_confidential()
        wanted |= Q(content_type__app_label__in=["accounts", "web", "duties"])
        wanted |= Q(content_type__app_label="search", content_type__model="topic")
        wanted |= Q(
            codename__in=["view_effect", "change_effect", "view_record", "view_version", "delete_asset"]
        )
    if name in {"administrator", "duty editor", "head of the editorial board"}:
        wanted |= Q(content_type__app_label__in=["directory", "people"])
    if name in {"duty editor", "head of the editorial board"}:
        wanted |= Q(content_type__app_label="search", content_type__model="topic")
        wanted |= Q(codename__in=["view_effect", "change_effect", "view_record"])
    wanted |= _mail(name)
    return list(Permission.objects.filter(wanted))


#: Role → what it may do with mail. Whoever composes does not approve: see `sending.approve`.
MAIL = {
    "editor": ("view_mailing", "add_mailing", "change_mailing", "view_delivery", "view_returned"),
    "duty editor": ("view_mailing", "add_mailing", "change_mailing", "view_delivery", "view_returned"),
    "publisher": ("view_mailing", "approve_mailing", "send_mailing", "view_delivery", "view_returned"),
    "head of the editorial board": (
        "view_mailing", "approve_mailing", "send_mailing", "view_delivery", "view_returned", "view_mailinglist", "view_suppression",
    ),
    "administrator": (
        "view_mailing", "view_delivery", "view_returned", "view_mailinglist", "add_mailinglist", "change_mailinglist",
        "view_suppression", "add_suppression",
    ),
}  # fmt: skip


def _mail(name: str) -> Q:
    allowed = Q(content_type__app_label="mailing", codename__in=MAIL.get(name, ()))
    if name in {"administrator", "duty editor", "head of the editorial board"}:  # whoever keeps the directory
        allowed |= Q(content_type__app_label="mailing", content_type__model="interest")
    return allowed


def _confidential() -> Q:
    kinds = [(model._meta.app_label, model._meta.model_name) for model in confidential.models()]
    return Q(
        *[Q(content_type__app_label=label, content_type__model=name) for label, name in kinds]
        or [Q(pk__in=[])],
        _connector=Q.OR,
    )


def _shelves(*sections: str) -> Q:
    """Every right to what these sections (all) keep beside publishable things: categories and the like."""
    models = registry.models()
    sections = sections or tuple({model._meta.app_label for model in models})
    publishable = Q(*[("content_type__model", model._meta.model_name) for model in models], _connector=Q.OR)
    private = Q(*[_private(role) for role in _section_roles], _connector=Q.OR)
    return Q(content_type__app_label__in=sections) & ~publishable & (~private if private else Q())


def _private(role: Role) -> Q:
    """What only this role works with; an empty condition for a role without such."""
    if not role.private:
        return Q()
    return Q(content_type__app_label=role.section, content_type__model__in=role.private)
