"""What the clock does with homes."""

from events.bus import outside_transaction
from timelines import actions


@outside_transaction
def trim_homes() -> None:
    actions.trim_homes()


@outside_transaction
def drop_sleepers() -> None:
    actions.drop_sleepers()
