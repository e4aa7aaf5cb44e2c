"""What the clock does with apps."""

from clients import actions


def forget_unused() -> None:
    """Codes nobody redeemed, and apps nobody lets in."""
    actions.forget_codes()
    actions.forget_unused_apps()
