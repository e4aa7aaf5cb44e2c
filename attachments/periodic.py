"""What the clock does with pictures."""

from attachments import actions


def remove_unclaimed() -> None:
    """Remove pictures that were uploaded and never used."""
    while actions.discard_forgotten():
        pass
