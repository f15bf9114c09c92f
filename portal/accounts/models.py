"""Staff, units and what happened to accounts. Roles are groups, built by `portal.editorial.roles`."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.languages.sorting import vietnamese_key

ADMINISTRATOR = "administrator"  # the group whose sessions and passwords are kept shorter


class Unit(models.Model):
    """A department, office, centre … of the ministry."""

    name = models.CharField(_("name"), max_length=200)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    head = models.ForeignKey(
        "User", verbose_name=_("head"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code


class StaffQuerySet(models.QuerySet):
    """Words the accounts' rules are written in."""

    def active(self) -> "StaffQuerySet":
        """Whoever may sign in."""
        return self.filter(is_active=True)

    def superusers(self) -> "StaffQuerySet":
        """Whoever may do everything."""
        return self.filter(is_superuser=True)

    def idle_since(self, moment: datetime) -> "StaffQuerySet":
        """Active accounts not signed in to, opened or reopened after `moment`; the longest idle first."""
        welcomed = AccountEvent.objects.filter(
            user=models.OuterRef("pk"),
            verb__in=[AccountEvent.Verb.OPENED, AccountEvent.Verb.REOPENED],
            at__gt=moment,
        )
        return (
            self.active()
            .annotate(last_used_at=Coalesce("last_login", "date_joined"))
            .filter(~models.Exists(welcomed), last_used_at__lte=moment)
            .order_by("last_used_at", "pk")
        )


class StaffManager(UserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    """Django's, which knows how to make users, with our words."""

    use_in_migrations = False


class User(AbstractUser):
    """A member of staff. Names are Vietnamese names: family, middle, given in one field, never reordered."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    pen_name = models.CharField(_("pen name"), max_length=100, blank=True)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT)
    language = models.CharField(
        _("language of the workplace"),
        max_length=2,
        choices=[("vi", "Tiếng Việt"), ("en", "English")],
        default="vi",
    )
    password_changed_at = models.DateTimeField(_("password changed"), null=True, blank=True, editable=False)
    password_must_change = models.BooleanField(
        _("must choose a new password at the next sign-in"), default=False, editable=False
    )

    objects = StaffManager()

    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Vietnamese people are sorted by given name; the full name breaks ties."""
        words = self.get_full_name().split()
        return (vietnamese_key(words[-1]), vietnamese_key(self.get_full_name()))

    @property
    def is_new(self) -> bool:
        """Whether nobody has signed in to this account or chosen its password yet."""
        return self.last_login is None and self.password_changed_at is None

    @cached_property
    def is_administrator(self) -> bool:
        """Whether the shorter limits for administrators hold for this person."""
        return self.is_superuser or self.groups.filter(name=ADMINISTRATOR).exists()


class AppendOnly(models.QuerySet):
    """Refuses what would change the past."""

    def update(self, **changes: Any) -> int:
        raise TypeError("Account events are append-only: they are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Account events are append-only: they are never deleted.")


class AccountEvent(models.Model):
    """One deed about one account. `by` is empty for the portal itself (clock, command line)."""

    class Verb(models.TextChoices):
        OPENED = "opened", _("Account opened")
        CLOSED = "closed", _("Account closed")
        CLOSED_IDLE = "closed_idle", _("Account closed because it was not used")
        REOPENED = "reopened", _("Account reopened")
        ROLES_CHANGED = "roles_changed", _("Roles changed")
        PASSWORD_SET = "password_set", _("Password set by an administrator")
        SECOND_FACTOR_ADDED = "second_factor_added", _("Second factor set up")
        SECOND_FACTOR_REMOVED = "second_factor_removed", _("Second factor removed")
        RECOVERY_CODES_MADE = "recovery_codes_made", _("New recovery codes made")
        RECOVERY_CODE_USED = "recovery_code_used", _("Recovery code used")

    at = models.DateTimeField(_("when"))
    user = models.ForeignKey(User, verbose_name=_("account"), on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(_("what"), max_length=30, choices=Verb.choices)
    by = models.ForeignKey(
        User, verbose_name=_("who"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(_("note"), blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "verb", "at"], name="account_event_of_user")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.user_id}"
