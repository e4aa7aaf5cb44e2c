"""What the clock does with apps."""

from clients import actions


def forget_codes(dry_run: bool = False) -> int:
    """Codes that can no longer be redeemed."""
    return actions.forget_codes(dry_run=dry_run)


def forget_tokens(dry_run: bool = False) -> int:
    """Tokens of apps for themselves alone that they do not use."""
    return actions.forget_unused_tokens(dry_run=dry_run)


def forget_unused(dry_run: bool = False) -> int:
    """Apps nobody lets in."""
    return actions.forget_unused_apps(dry_run=dry_run)
