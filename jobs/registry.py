"""Which functions a job may name. A row in the table can never call anything else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks.base import Task

Function = TypeVar("Function", bound=Callable[..., Any])


class UnknownTask(LookupError):
    """No function of that name: the row was written by newer or older code than ours."""


@dataclass(frozen=True, slots=True)
class Known:
    """A function that jobs may name, and whether it wants to run outside a transaction.

    `given_up` takes the arguments of a job that is put aside, in the transaction that does so, for what must
    go on without it. `meaning` is what staff read of such jobs, in a sentence.
    """

    function: Callable[..., Any]
    outside_transaction: bool = False
    given_up: Callable[..., Any] | None = None
    meaning: str = ""


_known: dict[str, Known] = {}
_outside: set[Callable[..., Any]] = set()


def outside_transaction(function: Function) -> Function:
    """Mark a task or reaction that must not hold a transaction: it does slow work or talks to others.

    Such a function can be cut off half-way and is then called again, so it must be safe to run twice.
    """
    _outside.add(function)
    return function


def wants_outside(function: Callable[..., Any]) -> bool:
    """Whether the function was marked with `outside_transaction`."""
    return function in _outside


def register(
    name: str,
    function: Callable[..., Any],
    *,
    outside: bool = False,
    given_up: Callable[..., Any] | None = None,
    meaning: str = "",
) -> None:
    """Let jobs name this function. A later call with the same name replaces the earlier one."""
    _known[name] = Known(function, outside, given_up, meaning)


def find(name: str) -> Known:
    """The function of that name: a registered one, or a task declared with `@task` in an installed app.

    Raises UnknownTask when there is none.
    """
    return _known.get(name) or _declared(name)


def meaning_of(name: str) -> str:
    """What it means that jobs of this name were put aside; "" where nobody has to know more than that."""
    known = _known.get(name)
    return known.meaning if known else ""


def _declared(name: str) -> Known:
    if name.partition(".")[0] not in {app.partition(".")[0] for app in settings.INSTALLED_APPS}:
        raise UnknownTask(name)
    try:
        task = import_string(name)
    except ImportError:
        raise UnknownTask(name) from None
    if not isinstance(task, Task):
        raise UnknownTask(name)
    return Known(task.func, wants_outside(task.func))
