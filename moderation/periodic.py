"""What the clock does about measures."""

from moderation import actions


def erase_taken_down() -> None:
    """Once an hour: tweets that were taken down long enough ago."""
    actions.erase_taken_down()
