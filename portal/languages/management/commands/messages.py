"""`manage.py messages`: bring the catalogues up to date, check them, compile them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.languages import LANGUAGES
from portal.languages.catalogues import freshness, sources, texts


class Command(BaseCommand):
    help = "Merge the messages of the sources into locale/, or check or compile what is there."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="fail when anything is missing")
        what.add_argument("--compile", action="store_true", help="compile what changed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            return self._compile()
        return self._check() if options["check"] else self._merge()

    def _merge(self) -> None:
        used = sources.messages()
        for language in LANGUAGES:
            catalogue = texts.merge(language, used)
            changed = texts.write(language, catalogue)
            empty = sum(not all(texts.strings(entry)) for entry in catalogue if entry.id)
            self.stdout.write(
                f"{language}: {len(catalogue)} messages, {empty} without a translation"
                f"{'' if changed else ' (unchanged)'}"
            )

    def _check(self) -> None:
        if found := list(texts.problems(sources.messages())):
            raise CommandError("\n".join([*found, "Run `manage.py messages`, then translate what is empty."]))
        self.stdout.write("Every message is there in every language.")

    def _compile(self) -> None:
        for catalogue in freshness.stale():
            texts.compile(catalogue)
