"""What the clock does with homes."""

from timelines import actions


def trim_homes(dry_run: bool = False) -> int:
    """Entries beyond HOME_ENTRIES_KEPT."""
    return actions.trim_homes(dry_run=dry_run)


def drop_sleepers(dry_run: bool = False) -> int:
    """Homes that nobody reads."""
    return actions.drop_sleepers(dry_run=dry_run)
