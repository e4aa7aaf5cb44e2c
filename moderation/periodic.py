"""What the clock does about measures and rules."""

from jobs.registry import outside_transaction
from moderation import actions


def forget_pictures(dry_run: bool = False) -> int:
    """Pictures of reports that were closed long ago."""
    return actions.forget_pictures(dry_run=dry_run)


def forget_hits(dry_run: bool = False) -> int:
    """What automatic rules caught long ago."""
    return actions.forget_hits(dry_run=dry_run)


def forget_said_texts(dry_run: bool = False) -> int:
    """What was said longer ago than rules look back."""
    return actions.forget_said_texts(dry_run=dry_run)


def erase_taken_down(dry_run: bool = False) -> int:
    """Tweets that were taken down long enough ago; how many measures that ends."""
    return actions.erase_taken_down(dry_run=dry_run)


@outside_transaction  # in batches
def learn_sites() -> None:
    """Which sites are new, for rules that ask."""
    actions.learn_sites_if_asked()


def tell_staff_who_waits() -> None:
    """Once an hour: people who asked to join since the last mail."""
    actions.tell_staff_who_waits()
