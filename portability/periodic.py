"""What the clock does with archives."""

from portability import actions


def forget_exports(dry_run: bool = False) -> int:
    """Archives that were ready EXPORT_KEPT_DAYS ago, and those that never were."""
    return actions.forget_exports(dry_run=dry_run)
