"""The staff of the demonstration, and what they sign in with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from demo.folder import Fields, read
from portal.accounts.actions import open_account
from portal.accounts.models import ADMINISTRATOR, Unit, User
from portal.editorial import roles as editorial_roles

#: The one password of all demonstration accounts. It is public: load() refuses to run in production.
PASSWORD = "trinh-dien-song-ngu-2026"  # noqa: S105  public by intention
_GROUPS = {"duty-editor": "duty editor", "head": "head of the editorial board"}


@dataclass(frozen=True)
class SignIn:
    """One demonstration account, and whether its owner has chosen a password of their own."""

    username: str
    full_name: str
    roles: tuple[Any, ...]
    has_own_password: bool


@dataclass(frozen=True)
class Staff:
    """Who does what in the stories, found by role."""

    by_role: dict[str, list[User]]

    def first(self, role: str) -> User:
        return self.by_role[role][0]

    def approver(self, language: str) -> User:
        return self.first(f"approver-{language}")

    def writer(self, byline: str) -> User:
        """The reporter whose name ends as the byline does, else the first one: bylines may be pen names."""
        reporters = self.by_role["reporter"]
        return next(
            (person for person in reporters if byline and person.full_name.endswith(byline)), reporters[0]
        )


def engage(now: datetime) -> Staff:
    """Open the units and accounts of `people.toml`; the administrator is a superuser."""
    written = read("people.toml")
    units = {
        unit["key"]: Unit.objects.create(code=unit["key"], name_vi=unit["name_vi"], name_en=unit["name_en"])
        for unit in written["units"]
    }
    domain = read("identity.toml")["identity"]["email"].partition("@")[2]
    password = make_password(PASSWORD)  # hashed once: ten times would take four seconds
    by_role: dict[str, list[User]] = {}
    for person in written["people"]:
        account = _open(person, units[person["unit"]], domain, password, now)
        for role in _groups(person):
            by_role.setdefault(role, []).append(account)
    return Staff(by_role)


def sign_ins() -> list[SignIn]:
    """The demonstration accounts that stand open, in the order of `people.toml`; none before loading."""
    people = {person["username"]: person for person in read("people.toml")["people"]}
    accounts = {
        account.username: account
        for account in User.objects.active().filter(username__in=people)
        if account.full_name == people[account.username]["full_name"]
    }
    return [
        _sign_in(person, accounts[username]) for username, person in people.items() if username in accounts
    ]


def _open(person: Fields, unit: Unit, domain: str, password: str, now: datetime) -> User:
    account = open_account(
        person["username"],
        person["full_name"],
        _groups(person),
        by=None,
        now=now,
        email=f"{person['username']}@{domain}",
        unit=unit,
    )
    account.is_superuser = ADMINISTRATOR in _groups(person)
    account.password = password
    account.save(update_fields=["is_superuser", "password"])
    return account


def _groups(person: Fields) -> list[str]:
    """The groups of a person; who approves does so for each of their languages."""
    return [group for role in person["roles"] for group in _groups_of_role(role, person["languages"])]


def _groups_of_role(role: str, languages: list[str]) -> Iterator[str]:
    if role == "approver":
        yield from (f"approver-{language}" for language in languages)
    else:
        yield _GROUPS.get(role, role)


def _sign_in(person: Fields, account: User) -> SignIn:
    roles = tuple(editorial_roles.labels()[role] for role in _groups(person))
    return SignIn(account.username, account.full_name, roles, account.password_changed_at is not None)
