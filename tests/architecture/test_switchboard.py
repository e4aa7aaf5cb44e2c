"""The switchboard knows every event, and connects it to public reactions only."""

import dataclasses
import inspect
import sys

from events import catalogue
from twitter_clone.switchboard import PLANS

PLAIN = {int, str, bool, float, list[int], list[str], int | None, str | None}
EVENTS = [
    kind
    for _, kind in inspect.getmembers(catalogue, inspect.isclass)
    if issubclass(kind, catalogue.Event) and kind is not catalogue.Event
]
REACTIONS = [
    reaction
    for plan in PLANS.values()
    for reaction in (*plan.now, *plan.later, *plan.delivered, *([plan.gate.keeper] if plan.gate else []))
]


def test_every_event_has_a_plan_and_every_plan_an_event():
    assert EVENTS
    assert set(PLANS) == set(EVENTS)


def test_events_are_frozen_and_carry_plain_values():
    for kind in EVENTS:
        assert kind.__dataclass_params__.frozen, f"{kind.__name__} can be changed on its way"
        for field in dataclasses.fields(kind):
            assert field.type in PLAIN, f"{kind.__name__}.{field.name} cannot travel as JSON"


def test_reactions_are_public_functions_of_a_reactions_module():
    assert REACTIONS
    for reaction in REACTIONS:
        app, room, *_ = reaction.__module__.split(".")
        assert room == "reactions", f"{reaction.__module__}.{reaction.__name__} is no reaction"
        assert not reaction.__name__.startswith("_")
        front = sys.modules[f"{app}.reactions"]
        assert getattr(front, reaction.__name__) is reaction, (
            f"{reaction.__name__} is not offered by {app}.reactions"
        )


def test_reactions_take_one_event():
    for reaction in REACTIONS:
        assert len(inspect.signature(reaction).parameters) == 1, (
            f"{reaction.__name__} takes more than the event"
        )


def test_every_public_reaction_is_connected():
    """A reaction that nothing calls is a promise nobody keeps."""
    for module in {sys.modules[reaction.__module__] for reaction in REACTIONS}:
        offered = {
            function
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__ and not name.startswith("_")
        }
        assert offered <= set(REACTIONS), f"{module.__name__} offers what the switchboard does not use"
