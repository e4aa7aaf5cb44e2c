"""What the clock counts."""

from analytics import actions
from jobs.registry import outside_transaction


@outside_transaction  # reading many tweets must not hold up those who write
def recount_trends() -> None:
    actions.recount_trends()


@outside_transaction
def recount_link_trends() -> None:
    actions.recount_link_trends()


@outside_transaction
def recount_tweet_trends() -> None:
    actions.recount_tweet_trends()


@outside_transaction  # many short ones
def close_days() -> None:
    actions.close_days()


@outside_transaction
def roll_up_days() -> None:
    actions.roll_up_days()


def forget_days(dry_run: bool = False) -> int:
    """Days of statistics that were kept for long enough."""
    return actions.forget_days(dry_run=dry_run)


@outside_transaction  # counting everybody takes a while
def count_server_day() -> None:
    actions.count_server_day()
