"""The file a person has uploaded and not yet imported, kept between the plan and its carrying out."""

from datetime import datetime

from portal.accounts.models import User
from portal.directory.models import Upload
from portal.directory.reading import Table
from portal.languages.folding import normalise


def keep(table: Table, name: str, *, by: User, now: datetime) -> Upload:
    """The person's file from now on; one they had before is forgotten."""
    kept, _made = Upload.objects.update_or_create(
        by=by,
        defaults={
            "name": normalise(name)[-200:],
            "lines": table.lines,
            "left_out": table.left_out,
            "at": now,
        },
    )
    return kept


def table_of(upload: Upload) -> Table:
    return Table([(number, cells) for number, cells in upload.lines], upload.left_out)


def forget(by: User) -> None:
    Upload.objects.filter(by=by).delete()
