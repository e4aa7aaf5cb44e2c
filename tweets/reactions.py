"""What follows for tweets when something happened elsewhere."""

from events.bus import outside_transaction
from events.catalogue import UserLeft, UserRestored, UserReturned, UserSuspended
from tweets.actions import recount_feed_blocks


@outside_transaction  # counts block after block; one long transaction would stop all writers
def recount_feed(event: UserSuspended | UserRestored | UserLeft | UserReturned) -> None:
    """A person's tweets went out of sight or came back: page numbers move."""
    recount_feed_blocks()
