"""`manage.py import_directory`: says line by line what a file would do to the directory; with --write, does it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.directory import importing
from portal.directory.planning import Outcome, Plan, plan
from portal.directory.reading import Table, read_path


class Command(BaseCommand):
    help = "Show what a CSV, TSV or XLSX file would change in the directory; --write changes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--write", action="store_true", help="do what the plan says")

    def handle(self, *_args: Any, file: Path, write: bool, **_options: Any) -> None:
        table = _table(file)
        planned = plan(table)
        self._show(planned)
        if not write:
            self.stdout.write(_("Nothing was changed. Run the command again with --write to do this."))
            return
        try:
            importing.carry_out(planned, table, by=None, now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS(_("Done: %(lines)d lines.") % {"lines": len(planned.to_do)}))

    def _show(self, planned: Plan) -> None:
        if planned.left_out:
            self.stdout.write(_("Columns left out: %(columns)s.") % {"columns": ", ".join(planned.left_out)})
        for line in planned.lines:
            style = self.style.ERROR if line.outcome is Outcome.REFUSED else str
            self.stdout.write(f"{line.number:>5}  {line.name}: " + style(" ".join(line.sentences)))
        self.stdout.write(planned.summary)


def _table(file: Path) -> Table:
    try:
        return read_path(file)
    except OSError as problem:
        raise CommandError(str(problem)) from problem
    except Refused as refusal:
        raise CommandError(str(refusal)) from refusal
