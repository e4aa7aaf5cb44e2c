"""What the clock does about measures."""

from moderation import actions


def forget_pictures() -> None:
    """Once a day: pictures of reports that were closed long ago."""
    actions.forget_pictures()


def erase_taken_down() -> None:
    """Once an hour: tweets that were taken down long enough ago."""
    actions.erase_taken_down()
