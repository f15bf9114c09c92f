"""`manage.py load_demo`: fills an empty portal with the demonstration and says who may sign in to it."""

from argparse import ArgumentParser
from tomllib import TOMLDecodeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from demo import loading
from demo.folder import Unsound
from demo.people import PASSWORD
from demo.people import sign_ins as accounts


class Command(BaseCommand):
    help = "Fill an empty portal with the demonstration; does nothing where there are accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sign-ins", action="store_true", help="only say who may sign in to the demonstration"
        )

    def handle(self, *_args: Any, sign_ins: bool, verbosity: int, **_options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(_("The demonstration has public passwords: it is never loaded in production."))
        if not sign_ins:
            self._load(verbosity)
        if verbosity:
            self._say_sign_ins()

    def _load(self, verbosity: int) -> None:
        try:
            loaded = loading.load(timezone.now())
        except (OSError, TOMLDecodeError, Unsound) as problem:
            raise CommandError(
                _("The folder demo/ is not whole: %(problem)s") % {"problem": problem}
            ) from problem
        if verbosity:
            self.stdout.write(self._outcome(loaded))

    def _outcome(self, loaded: loading.Loaded | None) -> str:
        if loaded is None:
            return _("There are accounts already: nothing was loaded.")
        said = _("Loaded %(articles)d articles, %(pictures)d pictures and %(people)d members of staff.") % {
            "articles": loaded.articles,
            "pictures": loaded.pictures,
            "people": loaded.people,
        }
        if not loaded.days_moved:
            return said
        return f"{said} {_('All dates were moved by whole days to keep the newest articles fresh.')}"

    def _say_sign_ins(self) -> None:
        people = accounts()
        if not people:
            return
        self.stdout.write("")
        self.stdout.write(
            _("Demonstration accounts for %(address)s, password “%(password)s”:")
            % {"address": reverse("admin:index"), "password": PASSWORD}
        )
        for person in people:
            roles = ", ".join(str(role) for role in person.roles)
            own = " " + _("(has chosen another password)") if person.has_own_password else ""
            self.stdout.write(f"  {person.username:<10} {person.full_name:<20} {roles}{own}")
