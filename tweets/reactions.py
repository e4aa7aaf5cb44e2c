"""What follows for tweets when something happened elsewhere."""

from events.bus import outside_transaction
from events.catalogue import TweetEdited, TweetPosted, UserLeft, UserRestored, UserReturned, UserSuspended
from tweets.actions import recount_feed_blocks, take_up_link


def add_link_card(event: TweetPosted | TweetEdited) -> None:
    """The tweet shows what the page it links to says of itself."""
    take_up_link(event.tweet_id)


@outside_transaction  # counts block after block; one long transaction would stop all writers
def recount_feed(event: UserSuspended | UserRestored | UserLeft | UserReturned) -> None:
    """A person's tweets went out of sight or came back: page numbers move."""
    recount_feed_blocks()
