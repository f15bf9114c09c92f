"""What can be done in a crisis dossier. Everything is written down; nothing of it names the matter outside the dossier."""

from datetime import datetime
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.duties.models import limit_on
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from portal.library.uploads import inspect
from pressroom.models import Crisis, CrisisFile, CrisisRecord, CrisisTask

WORDS = ("title", "severity", "signs", "truth", "holding_vi", "holding_en", "owner")


@transaction.atomic
def open_crisis(crisis: Crisis, *, by: User | None, now: datetime) -> Crisis:
    """Open a dossier: the clock of the first statement runs from the moment the house learned of it."""
    if crisis.learned_at > now:
        raise Refused(_("The house cannot have learned of it in the future."))
    crisis.opened_at = now
    crisis.statement_due_at = statement_due(crisis.learned_at)
    crisis.save(force_insert=True)
    record(crisis, "opened a dossier", by=by, now=now)
    return crisis


def statement_due(learned_at: datetime) -> datetime | None:
    """When the law wants the first statement (Decree 244/2026/ND-CP, Article 7)."""
    limit = limit_on("first-statement", vietnamese_day(learned_at))
    return limit.after(learned_at) if limit else None


@transaction.atomic
def change(
    crisis: Crisis, said: dict[str, Any], *, lock_version: int, by: User | None, now: datetime
) -> Crisis:
    """Keep what the dossier says now; unchanged words change nothing. Raises Refused for a page that is out of date."""
    crisis = _open(crisis)
    if crisis.lock_version != lock_version:
        raise Refused(
            _("Somebody else has changed the dossier since you opened this page. Compare, and save again.")
        )
    changed = [name for name in WORDS if name in said and getattr(crisis, name) != said[name]]
    if not changed:
        return crisis
    for name in changed:
        setattr(crisis, name, said[name])
    crisis.lock_version += 1
    crisis.save(update_fields=[*changed, "lock_version"])
    record(crisis, "changed the dossier", by=by, now=now, fields=changed)
    return crisis


@transaction.atomic
def write_down(
    crisis: Crisis, what: str, *, at: datetime, source: str, by: User | None, now: datetime
) -> CrisisRecord:
    """One more line of the timeline."""
    crisis = _open(crisis)
    if at > now:
        raise Refused(_("What has not happened yet is a task, not a record."))
    line = CrisisRecord.objects.create(
        crisis=crisis, what=what, at=at, source=source, kept_at=now, kept_by=by
    )
    record(crisis, "wrote in the timeline", by=by, now=now)
    return line


@transaction.atomic
def give_task(
    crisis: Crisis, what: str, *, owner: User, due_at: datetime, by: User | None, now: datetime
) -> CrisisTask:
    """Something for one person to do by an hour; only for somebody who may see the dossier."""
    crisis = _open(crisis)
    if not owner.has_perm("pressroom.view_crisis"):
        raise Refused(_("%(name)s may not see crisis dossiers: choose somebody who may.") % {"name": owner})
    task = CrisisTask.objects.create(crisis=crisis, what=what, owner=owner, due_at=due_at)
    record(crisis, "gave a task", by=by, now=now)
    return task


@transaction.atomic
def finish_task(task: CrisisTask, *, by: User | None, now: datetime) -> CrisisTask:
    """Done; a second time changes nothing."""
    crisis = _open(task.crisis)
    task = CrisisTask.objects.select_for_update().get(pk=task.pk)
    if task.done_at is None:
        task.done_at, task.done_by = now, by
        task.save(update_fields=["done_at", "done_by"])
        record(crisis, "finished a task", by=by, now=now)
    return task


@transaction.atomic
def keep_file(crisis: Crisis, file: File, *, by: User | None, now: datetime) -> CrisisFile:
    """Keep a piece of evidence, judged by its bytes like everything taken in. Raises Refused."""
    crisis = _open(crisis)
    inspected = inspect(file)
    kept = CrisisFile(
        crisis=crisis, filename=inspected.filename, media_type=inspected.media_type, size=len(inspected.content),
        kept_at=now, kept_by=by,
    )  # fmt: skip
    kept.file.save(inspected.filename, ContentFile(inspected.content), save=False)
    kept.save(force_insert=True)
    record(crisis, "kept a file", by=by, now=now)
    return kept


@transaction.atomic
def made_statement(
    crisis: Crisis,
    *,
    at: datetime,
    proof: Any,
    statement: models.Model | None = None,
    by: User | None,
    now: datetime,
) -> Crisis:
    """The house has spoken: when, and where that can be seen. Said once; the clock stops at that moment."""
    crisis = _open(crisis)
    if crisis.first_statement_at:
        raise Refused(_("The first statement has been entered already."))
    if not crisis.learned_at <= at <= now:
        raise Refused(_("The first statement lies between the moment the house learned of it and now."))
    if not proof.strip():
        raise Refused(_("Say where the statement can be seen: its address, its number, who heard it."))
    crisis.first_statement_at, crisis.first_statement_proof = at, proof.strip()
    crisis.statement = statement
    crisis.save(
        update_fields=["first_statement_at", "first_statement_proof", "statement_type", "statement_id"]
    )
    record(crisis, "entered the first statement", by=by, now=now, late=crisis.is_breached(now))
    return crisis


@transaction.atomic
def relate(crisis: Crisis, enquiries: Any, *, by: User | None, now: datetime) -> None:
    """The enquiries that are about this issue: exactly these."""
    crisis = _open(crisis)
    before = set(crisis.enquiries.values_list("pk", flat=True))
    crisis.enquiries.set(enquiries)
    if before != set(crisis.enquiries.values_list("pk", flat=True)):
        record(crisis, "related enquiries", by=by, now=now)


@transaction.atomic
def close(crisis: Crisis, lesson: Any, *, by: User | None, now: datetime) -> Crisis:
    """End the dossier with what was learned from it."""
    crisis = _open(crisis)
    if not lesson.strip():
        raise Refused(_("Write down what the house has learned from it."))
    if crisis.tasks.filter(done_at=None).exists():
        raise Refused(_("There are tasks nobody has finished. Finish them first."))
    crisis.closed_at, crisis.lesson = now, lesson.strip()
    crisis.save(update_fields=["closed_at", "lesson"])
    record(crisis, "closed the dossier", by=by, now=now)
    return crisis


def _open(crisis: Crisis) -> Crisis:
    """The row read again under its lock. Raises Refused for one that is closed."""
    crisis = Crisis.objects.select_for_update().get(pk=crisis.pk)
    if not crisis.is_open:
        raise Refused(_("The dossier is closed, and stays as it is."))
    return crisis
