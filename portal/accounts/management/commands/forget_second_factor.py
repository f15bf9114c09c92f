from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.accounts.actions import forget_second_factor
from portal.accounts.models import User


class Command(BaseCommand):
    help = "For who has lost phone and recovery codes: removes the second factor, demands a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        try:
            user = User.objects.get(username=username)
        except User.DoesNotExist:
            raise CommandError(f"There is no account named {username}.") from None
        forget_second_factor(user, by=None, now=timezone.now(), reason="command line")
        self.stdout.write(f"{user} signs in with the password alone and then chooses a new one.")
