"""What the clock does between people."""

from relationships import actions


def end_past_mutes() -> None:
    """Whose mute is over comes back to timelines."""
    actions.end_past_mutes()
