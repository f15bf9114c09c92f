"""Writing: beginning a thing, keeping what was saved, working copies, old versions."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.editorial import content as contents
from portal.editorial.actions.locking import editions_of, lock
from portal.editorial.actions.reading import refresh_entries
from portal.editorial.actions.refusal import Refused
from portal.editorial.contributors import behind
from portal.editorial.models import Edition, Publishable, State
from portal.history.actions import keep_versions, record
from portal.history.models import Version
from portal.languages import LANGUAGES, other


@transaction.atomic
def start(item: Publishable, *, by: User | None, now: datetime, why: str = "") -> Publishable:
    """Give a newly saved thing its editions and its first version; its languages stand in draft."""
    kind = ContentType.objects.get_for_model(item)
    Edition.objects.bulk_create(
        [
            Edition(
                content_type=kind,
                object_id=item.pk,
                language=language,
                state_since=now,
                writer=by,
                is_source=language == item.source_language,
            )
            for language in LANGUAGES
        ],
        ignore_conflicts=True,
    )
    record(item, "created", by=by, now=now, note=why)
    record_save(item, by=by, now=now, why=why)
    return item


@transaction.atomic
def record_save(item: Publishable, *, by: User | None, now: datetime, why: str = "") -> Version | None:
    """Keep a version of what was just saved; a save that changed nothing changes nothing and answers None.

    Raises Refused when what was saved is locked; the caller's transaction then undoes the save.
    """
    return _keep(item, by=by, now=now, why=why)


def _keep(
    item: Publishable, *, by: User | None, now: datetime, why: str, also_by: Iterable[int] = ()
) -> Version | None:
    written, item = item, lock(item)
    contents.load([item])
    said = contents.content_of(item)
    last = last_version(item)
    changed = contents.changed_parts(last.content if last else None, said)
    if not changed:
        return None
    _refuse_locked(item, changed)
    version = new_version(item, said, changed, by=by, now=now, why=why)
    version.also_by = sorted(also_by)
    keep_versions([version])
    type(item)._default_manager.filter(pk=item.pk).update(lock_version=F("lock_version") + 1)
    written.lock_version = item.lock_version + 1  # so that the caller's next save does not turn it back
    Edition.objects.of(item).filter(language__in=changed).update(writer=by)
    _mark_source(item)
    _remember_sources(item, last.content if last else None, said, version.number)
    return version


def _refuse_locked(item: Publishable, changed: list[str]) -> None:
    """What is approved, scheduled or before readers is not changed in place: shared facts when any language is."""
    locked = [edition.language for edition in Edition.objects.of(item) if not edition.is_open]
    if locked and {"shared", *locked} & set(changed):
        raise Refused(_("This text is approved, scheduled or published, and cannot be changed as it stands."))


def _mark_source(item: Publishable) -> None:
    editions = Edition.objects.of(item)
    editions.filter(language=item.source_language, is_source=False).update(is_source=True)
    editions.exclude(language=item.source_language).filter(is_source=True).update(is_source=False)


def last_version(item: Publishable) -> Version | None:
    """The newest version of this row (of the working copy, when it is one)."""
    copy = item.pk if item.is_working_copy else None
    return Version.objects.about(item.root).filter(copy_id=copy).order_by("-number").first()


def new_version(
    item: Publishable,
    said: contents.Content,
    changed: list[str],
    *,
    by: User | None,
    now: datetime,
    why: str = "",
) -> Version:
    """A version not yet numbered nor written."""
    return Version(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.root_pk,
        copy_id=item.pk if item.is_working_copy else None,
        at=now,
        by=by,
        why=why[:200],
        content=said,
        digests=contents.digests(said),
        changed=changed,
    )


def _remember_sources(
    item: Publishable, before: contents.Content | None, said: contents.Content, version_number: int
) -> None:
    """Each field of the translation that was changed was made from the source text standing beside it."""
    target = other(item.source_language)
    edition = Edition.objects.of(item).filter(language=target).first()
    if edition is None:
        return
    sources = contents.field_digests(said, item, item.source_language)
    earlier = before[target] if before else {}
    touched = {
        field: {"digest": sources.get(field, ""), "version": version_number}
        for field in contents.translatable_fields(item)
        if said[target][field] and said[target][field] != earlier.get(field)
    }
    emptied = [field for field in edition.made_from if not said[target].get(field)]
    if not touched and not emptied:
        return
    edition.made_from = {
        field: made for field, made in {**edition.made_from, **touched}.items() if field not in emptied
    }
    edition.save(update_fields=["made_from"])


@transaction.atomic
def open_working_copy(item: Publishable, *, by: User | None, now: datetime) -> Publishable:
    """The working copy of a live thing, made when there is none. Languages that are live stand in it, in draft."""
    item = lock(item)
    if item.is_working_copy:
        return item
    editions = editions_of(item)
    standing = type(item)._default_manager.filter(working_copy_of=item).first()
    if standing:
        standing.working_copy_of = item
        return _joined_by(standing, item, editions, by=by, now=now)
    live = {language: edition for language, edition in editions.items() if edition.was_public}
    if not live:
        raise Refused(_("This piece is not before readers: edit it as it stands."))
    if any(edition.is_dated for edition in editions.values()):
        raise Refused(
            _("One language is scheduled. Take it off the schedule, or wait until it is out, then edit.")
        )
    contents.load([item])
    said = contents.content_of(item)
    copy = type(item)(
        working_copy_of=item, created_at=now, created_by=by, source_language=item.source_language
    )
    copy.released_together = item.released_together and len(live) == len(LANGUAGES)
    contents.restore(copy, _without_change(said), said)
    _stand_in(copy, live, by=by, now=now)
    record(item, "opened a working copy", by=by, now=now, copy=copy.pk)
    copy = type(item)._default_manager.get(pk=copy.pk)
    copied = contents.content_of(copy)
    # The clock is named as its author: copying is nobody's change to the text.
    keep_versions([new_version(copy, copied, [], by=None, now=now, why="working copy")])
    return copy


def _stand_in(copy: Publishable, live: dict[str, Edition], *, by: User | None, now: datetime) -> None:
    """Give the copy its editions: the languages readers have a page in."""
    kind = ContentType.objects.get_for_model(copy)
    Edition.objects.bulk_create(
        Edition(
            content_type=kind, object_id=copy.pk, language=language, state_since=now, made_from=edition.made_from,
            is_source=edition.is_source, writer=by,
        )
        for language, edition in live.items()
    )  # fmt: skip


def _joined_by(
    copy: Publishable, item: Publishable, editions: dict[str, Edition], *, by: User | None, now: datetime
) -> Publishable:
    """A standing copy, with the languages that were published while it was open, as they were published."""
    standing = editions_of(copy)
    newly = {
        language: edition
        for language, edition in editions.items()
        if edition.was_public and language not in standing
    }
    if not newly:
        return copy
    contents.load([item, copy])
    contents.restore(copy, _without_change(contents.content_of(item)), list(newly))
    _stand_in(copy, newly, by=by, now=now)
    copy = type(copy)._default_manager.get(pk=copy.pk)
    keep_versions([new_version(copy, contents.content_of(copy), [], by=None, now=now, why="working copy")])
    return copy


def _without_change(said: contents.Content) -> contents.Content:
    """The content of a new working copy: what kind of change it will be is not said yet."""
    return {
        part: {**fields, **({"change_kind": "", "change_note": ""} if part != "shared" else {})}
        for part, fields in said.items()
    }


@transaction.atomic
def discard_working_copy(copy: Publishable, *, by: User | None, now: datetime) -> Publishable:
    """Throw the working copy away; its versions stay in the history. Answers the original."""
    copy = lock(copy)
    if not copy.is_working_copy:
        raise Refused(_("This is not a working copy."))
    if any(edition.is_dated for edition in editions_of(copy).values()):
        raise Refused(_("This working copy is scheduled: take it off the schedule first."))
    original = copy.root
    record(original, "discarded a working copy", by=by, now=now, copy=copy.pk)
    _forget_sources(copy)
    copy.delete()
    refresh_entries([type(original)._default_manager.get(pk=original.pk)])
    return original


def _forget_sources(copy: Publishable) -> None:
    """A translation made from a text now thrown away was made from nothing that will ever be out."""
    numbers = set(Version.objects.about(copy.root).filter(copy_id=copy.pk).values_list("number", flat=True))
    for edition in Edition.objects.of(copy.root):
        lost = {field for field, made in edition.made_from.items() if made["version"] in numbers}
        if lost:
            edition.made_from = {
                field: made | {"version": 0} if field in lost else made
                for field, made in edition.made_from.items()
            }
            edition.save(update_fields=["made_from"])


@transaction.atomic
def discard_draft(item: Publishable, *, by: User | None, now: datetime) -> None:
    """Delete a draft that no reader has ever seen. What was public once is withdrawn or retracted, never deleted."""
    item = lock(item)
    if item.is_working_copy or any(
        edition.was_public or edition.state != State.DRAFT for edition in editions_of(item).values()
    ):
        raise Refused(_("Only a draft that was never published can be deleted."))
    if reason := item.reason_against_discarding():
        raise Refused(reason)
    if _is_named_by_others(item):
        raise Refused(_("Another piece names this draft as related: take it out there first."))
    record(item, "deleted the draft", by=by, now=now)
    item.delete()


def _is_named_by_others(item: Publishable) -> bool:
    """Deleting it would change what another, perhaps approved, piece says."""
    relations = [item._meta.get_field(relation) for relation in item.relations_content]
    own = [relation for relation in relations if relation.related_model is type(item)]
    return any(
        relation.remote_field.through._default_manager.filter(
            **{relation.m2m_reverse_name(): item.pk}
        ).exists()
        for relation in own
    )


@transaction.atomic
def reopen_version(item: Publishable, version: Version, *, by: User | None, now: datetime) -> Publishable:
    """Bring an old version back: into the draft as it stands, or into a working copy when readers see the thing."""
    item = lock(item)
    if (
        version.object_id != item.root_pk
        or version.content_type_id != ContentType.objects.get_for_model(item).pk
    ):
        raise Refused(_("That version belongs to another piece."))
    editions = editions_of(item)
    if not item.is_working_copy and any(edition.was_public for edition in editions.values()):
        item = lock(open_working_copy(item, by=by, now=now))
        editions = editions_of(item)
    if not all(edition.is_open for edition in editions.values()):
        raise Refused(_("This piece is locked while it is approved or scheduled: return it first."))
    contents.restore(item, _without_change(version.content), ["shared", *editions])
    record(item.root, "reopened a version", by=by, now=now, version=version.number)
    why = str(_("version %(number)s reopened") % {"number": version.number})
    _keep(item, by=by, now=now, why=why, also_by=behind(version))
    return type(item)._default_manager.get(pk=item.pk)
