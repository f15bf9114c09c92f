"""What follows the steps of releases and statements: sent, entered in the ledger, closed. Done by a worker, safe twice."""

from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.editorial import registry
from portal.editorial.effects import effect
from portal.editorial.models import Edition, Effect, Publishable
from portal.mailing.tasks import deliver_at_once
from pressroom.actions import distributing, embargoes, ledger
from pressroom.models import Copy


@effect("distribute_release")
def distribute_release(effects: list[Effect], now: datetime) -> None:
    for each in effects:
        told = each.particulars
        distributing.distribute(
            _thing(each), each.language, version=told["version"], change=told["change"] or "minor",
            note=_note(each), now=now,
        )  # fmt: skip
    deliver_at_once()


@effect("stop_release")
def stop_release(effects: list[Effect], now: datetime) -> None:
    for each in effects:
        distributing.stop(_thing(each), each.language, by=_by(each), now=now)


@effect("recall_release")
def recall_release(effects: list[Effect], now: datetime) -> None:
    for each in effects:
        distributing.recall(_thing(each), each.language, version=_version(each), by=_by(each), now=now)
    deliver_at_once()


@effect("enter_in_ledger")
def enter_in_ledger(effects: list[Effect], now: datetime) -> None:
    for each in effects:
        ledger.enter(_thing(each), each.language)


@effect("close_copies")
def close_copies(effects: list[Effect], now: datetime) -> None:
    """The copies are shut by the state already; here their holders are told."""
    for each in effects:
        standing = Copy.objects.of(_thing(each), each.language).standing()
        embargoes.close(standing, because=each.particulars.get("note", ""), by=_by(each), now=now)


def _thing(each: Effect) -> Any:
    model: type[Publishable] = registry.model_of(each.content_type_id)
    return model._default_manager.get(pk=each.object_id)


def _version(each: Effect) -> int:
    """The version the deed was about: of a step that releases nothing, the one that is public."""
    said = each.particulars.get("version")
    return said or Edition.objects.of(_thing(each)).get(language=each.language).published_version


def _note(each: Effect) -> str:
    """The public note of the change, as readers have it."""
    changes = Edition.objects.of(_thing(each)).get(language=each.language).changes
    return changes[-1]["note"] if changes and each.particulars["change"] != "first" else ""


def _by(each: Effect) -> User | None:
    return User.objects.filter(pk=each.particulars.get("by")).first()
