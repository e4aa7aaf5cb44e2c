"""Announcing what happened: promises for later go into the same transaction, the rest follows the commit."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from common import revision
from events.catalogue import CHANGING_WHAT_IS_OFFERED, Event
from jobs import registry
from jobs.actions import write_jobs
from jobs.models import Job
from jobs.registry import outside_transaction

# Reactions find both their marks here, so outside_transaction is named once more.
__all__ = ["Gate", "Plan", "connect", "heard_by", "outside_transaction", "publish", "queue", "react"]

logger = logging.getLogger(__name__)

Reaction = Callable[[Any], object]
Marked = TypeVar("Marked", bound=Reaction)


@dataclass(frozen=True, slots=True)
class Gate:
    """Who is asked, in a job of its own, before others are told of an event.

    `keeper` is a reaction that may stop them from being told by saying so to its own rows: what is delivered
    looks at those. `is_manned` tells without a query whether there is anything to ask; if not, the gate
    stands open and costs nothing. `unasked` is what staff read where the keeper's job was put aside and the
    gate opened without it.
    """

    keeper: Reaction
    is_manned: Callable[[], bool]
    unasked: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Who reacts to an event: `now`, right after the commit, and `later`, each as a job of its own.

    `delivered` is what others are told: as later, but not before the pause that the event asks for, and not
    before the keeper of the `gate` is done.
    """

    now: Sequence[Reaction] = ()
    later: Sequence[Reaction] = ()
    delivered: Sequence[Reaction] = ()
    gate: Gate | None = None


_plans: dict[type[Event], Plan] = {}
_kinds: dict[str, type[Event]] = {}
_later: dict[str, Reaction] = {}
_queues: dict[Reaction, str] = {}
_listeners: list[Callable[[Event], object]] = []


def queue(name: str) -> Callable[[Marked], Marked]:
    """Mark a reaction whose jobs go into this queue instead of “default”."""

    def mark(reaction: Marked) -> Marked:
        _queues[reaction] = name
        return reaction

    return mark


def connect(plans: Mapping[type[Event], Plan]) -> None:
    """Put these plans in force, instead of all earlier ones."""
    for known in (_plans, _kinds, _later):
        known.clear()
    _plans.update(plans)
    for kind, plan in plans.items():
        _kinds[kind.__name__] = kind
        for reaction in (*plan.later, *plan.delivered):
            name = _name(reaction)
            _later[name] = reaction
            registry.register(name, partial(react, name), outside=registry.wants_outside(reaction))
        if plan.gate is not None:
            name = _name(plan.gate.keeper)
            _later[name] = plan.gate.keeper
            registry.register(name, partial(pass_gate, name), given_up=open_gate, meaning=plan.gate.unasked)


def publish(event: Event) -> None:
    """Announce an event from inside the action's transaction.

    What is to follow later is promised in that transaction, so it happens exactly if the deed does.
    What is to follow now runs after the commit; one broken reaction is logged and stops nobody else.
    Raises RuntimeError outside a transaction, LookupError when the switchboard has no plan.
    """
    kind = type(event)
    if not connection.in_atomic_block:
        raise RuntimeError(
            f"publish({kind.__name__}) needs a transaction: decorate the action with @transaction.atomic."
        )
    plan = _plans.get(kind)
    if plan is None:
        raise LookupError(f"{kind.__name__} has no plan. Add a line to twitter_clone/switchboard.py.")
    for listener in _listeners:
        listener(event)
    # In this order: what is due first is done first.
    keeper = _job(plan.gate.keeper, kind, asdict(event)) if plan.gate and plan.gate.is_manned() else None
    at_once = [_job(reaction, kind, asdict(event)) for reaction in plan.later]
    due = timezone.now() + timedelta(seconds=event.pause_seconds)
    if keeper is None:
        write_jobs([*at_once, *_deliveries(plan, event, due)])
    else:
        keeper.args.append(due.isoformat())
        write_jobs([keeper, *at_once])
    transaction.on_commit(revision.bump, robust=True)
    if isinstance(event, CHANGING_WHAT_IS_OFFERED):
        transaction.on_commit(lambda: revision.bump(revision.OFFERED), robust=True)
    if plan.now:
        # A lambda, not a partial: Django fails to log the error of a partial.
        transaction.on_commit(lambda: _react_now(plan.now, event), robust=True)


def react(reaction: str, kind: str, payload: dict[str, Any]) -> None:
    """Let one connected reaction see an event that was written down earlier; what a worker runs.

    Raises UnknownTask when no such reaction or event is connected here.
    """
    if reaction not in _later or kind not in _kinds:
        raise registry.UnknownTask(f"{reaction} of {kind}")
    _later[reaction](_kinds[kind](**payload))


def pass_gate(keeper: str, kind: str, payload: dict[str, Any], due: str) -> None:
    """Let the keeper see the event, and promise what is delivered, for the moment it was due anyway. In one
    transaction with the job, so each happens once.

    A keeper that is broken does not keep others from being told. Where the database could not do it just now
    (a deadlock, a lost connection, a lock not had in time) the keeper has not looked, so nobody is told: the
    error is raised and the job tried again, until it is put aside. Raises UnknownTask as `react` does.
    """
    try:
        with transaction.atomic():
            react(keeper, kind, payload)
    except (registry.UnknownTask, OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("%s failed after %s", keeper, kind)
    open_gate(kind, payload, due)


def open_gate(kind: str, payload: dict[str, Any], due: str) -> None:
    """Promise what is delivered; also when the keeper's job is put aside, because its worker died each time,
    or the database was in trouble for hours: others are told late, but they are. Whoever has that job done
    again later lets the keeper look after all; others are told twice then, which is harmless.

    Raises UnknownTask when no such event is connected here.
    """
    if kind not in _kinds:
        raise registry.UnknownTask(f"deliveries of {kind}")
    write_jobs(_deliveries(_plans[_kinds[kind]], _kinds[kind](**payload), datetime.fromisoformat(due)))


@contextmanager
def heard_by(listener: Callable[[Event], object]) -> Iterator[None]:
    """Let someone hear, inside the transaction, every event published meanwhile; for tests."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def _deliveries(plan: Plan, event: Event, due: datetime) -> list[Job]:
    return [_job(reaction, type(event), asdict(event), run_at=due) for reaction in plan.delivered]


def _job(reaction: Reaction, kind: type[Event], payload: dict[str, Any], **when: datetime) -> Job:
    return Job(
        task=_name(reaction), args=[kind.__name__, payload], queue=_queues.get(reaction, "default"), **when
    )


def _react_now(reactions: Sequence[Reaction], event: Event) -> None:
    for reaction in reactions:
        try:
            reaction(event)
        except Exception:
            logger.exception("%s failed after %s", _name(reaction), type(event).__name__)


def _name(reaction: Reaction) -> str:
    return f"{reaction.__module__}.{reaction.__qualname__}"
