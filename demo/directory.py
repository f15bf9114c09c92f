"""Who receives what the house sends: missions, organisations and press outlets, through the real import."""

from datetime import datetime

from demo import folder
from portal.accounts.models import User
from portal.directory.importing import carry_out
from portal.directory.planning import Outcome, plan
from portal.directory.reading import read_path

NAME = "directory.tsv"


def fill_directory(*, by: User, now: datetime) -> None:
    """Import the folder's directory. Raises Unsound when a line of it would be refused."""
    table = read_path(folder.FOLDER / NAME)
    planned = plan(table)
    for line in planned.lines:
        if line.outcome is Outcome.REFUSED:
            raise folder.Unsound(f"{NAME}, line {line.number}: {line.refusal}")
    carry_out(planned, table, by=by, now=now)
