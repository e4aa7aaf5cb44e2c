"""What follows for tweets when something happened elsewhere."""

from events.bus import outside_transaction
from events.catalogue import UserRestored, UserSuspended
from tweets.actions import recount_feed_blocks


@outside_transaction  # counts block after block; one long transaction would stop all writers
def recount_feed(event: UserSuspended | UserRestored) -> None:
    """A person's tweets went out of sight or came back: page numbers move."""
    recount_feed_blocks()
