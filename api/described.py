"""What an operation takes, said beside its view; the description of the API is made of it."""

from collections.abc import Callable
from typing import Any, TypeVar

from rest_framework import serializers

from api.inputs.fields import Id, Input

View = TypeVar("View", bound=Callable[..., Any])
_TAKEN: dict[Callable[..., Any], tuple[type[Input], ...]] = {}


class Limited(Input):
    """How many of a list."""

    limit = serializers.IntegerField(
        min_value=0, required=False, help_text="How many; more than allowed is cut."
    )


class Page(Limited):
    """Which stretch of a list; api/paging reads it."""

    max_id = Id(required=False, help_text="Older than this one.")
    since_id = Id(required=False, help_text="The newest ones, none older than this one.")
    min_id = Id(required=False, help_text="The stretch just above this one.")


def takes(*inputs: type[Input]) -> Callable[[View], View]:
    """Mark a view: it reads these."""

    def mark(view: View) -> View:
        _TAKEN[view] = inputs
        return view

    return mark


def taken_by(view: Callable[..., Any]) -> tuple[type[Input], ...]:
    """What the view reads; nothing for one that is not marked."""
    return _TAKEN.get(view, ())
