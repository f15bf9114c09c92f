"""What follows the steps of releases and statements: sent, entered in the ledger, closed. Done by a worker, safe twice."""

from datetime import datetime
from typing import Any

from portal.accounts.models import User
from portal.editorial import registry
from portal.editorial.effects import effect
from portal.editorial.models import Effect, Publishable
from portal.mailing.tasks import deliver_at_once
from pressroom.actions import distributing, embargoes, ledger
from pressroom.models import Copy


@effect("distribute_release")
def distribute_release(effects: list[Effect], now: datetime) -> None:
    for each in effects:
        is_first = each.particulars["change"] == "first"
        distributing.distribute(_thing(each), each.language, at=_at(each), is_first=is_first, now=now)
    deliver_at_once()


@effect("stop_release")
def stop_release(effects: list[Effect], now: datetime) -> None:
    for each in effects:
        distributing.stop(_thing(each), each.language, at=_at(each), by=_by(each), now=now)


@effect("recall_release")
def recall_release(effects: list[Effect], now: datetime) -> None:
    """What a person took down is told. What the clock takes down has had its time: its holders were told nothing wrong."""
    for each in effects:
        if each.particulars["by"] is not None:
            distributing.recall(_thing(each), each.language, at=_at(each), by=_by(each), now=now)
    deliver_at_once()


@effect("enter_in_ledger")
def enter_in_ledger(effects: list[Effect], now: datetime) -> None:
    for each in effects:
        ledger.enter(_thing(each), each.language)


@effect("close_copies")
def close_copies(effects: list[Effect], now: datetime) -> None:
    """The copies are shut by the state already; here their holders are told. Those of a later embargo are left alone."""
    for each in effects:
        of_text = Copy.objects.filter(
            content_type=each.content_type_id, object_id=each.object_id, language=each.language
        )  # by its numbers: nobody had it, so the draft may be gone by now
        called_off = of_text.given_until(_at(each))
        embargoes.close(called_off, because=each.particulars.get("note", ""), by=_by(each), now=now)


def _thing(each: Effect) -> Any:
    model: type[Publishable] = registry.model_of(each.content_type_id)
    return model._default_manager.get(pk=each.object_id)


def _at(each: Effect) -> datetime:
    """The moment of the step."""
    return datetime.fromisoformat(each.particulars["at"])


def _by(each: Effect) -> User | None:
    return User.objects.filter(pk=each.particulars.get("by")).first()
