"""`manage.py dkim_record`: what to write into the DNS so that receivers can check our letters' signatures."""

from textwrap import wrap
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.mailing import dkim

LONGEST = 255  # of one string of a TXT record (RFC 1035 §3.3)


class Command(BaseCommand):
    help = "Print the TXT record of the key that signs letters, as a line of a zone file."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            signer = dkim.installed()
        except dkim.NoKey as problem:
            raise CommandError(f"PORTAL_DKIM_KEY: {problem}") from problem
        if signer is None:
            raise CommandError("PORTAL_DKIM_KEY is not set: letters are not signed here.")
        name, text = signer.record
        strings = " ".join(f'"{part}"' for part in wrap(text, LONGEST, drop_whitespace=False))
        self.stdout.write(f"{name}. IN TXT ( {strings} )")
