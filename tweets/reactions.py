"""What follows for tweets when something happened elsewhere."""

from common.realtime import LOCAL, conversation, push, tagged
from common.realtime import tweet as stream_of
from events.bus import outside_transaction
from events.catalogue import (
    PollEnded,
    QuoteDetached,
    TweetDeleted,
    TweetEdited,
    TweetHidden,
    TweetPosted,
    UserLeft,
    UserLimited,
    UserRestored,
    UserReturned,
    UserSuspended,
    UserUnlimited,
)
from tweets.actions import recount_feed_blocks, take_up_link
from tweets.models import Hashtag, Tweet


def add_link_card(event: TweetPosted | TweetEdited) -> None:
    """The tweet shows what the page it links to says of itself."""
    take_up_link(event.tweet_id)


def show_new(event: TweetPosted) -> None:
    """Open pages hear of it where it stands for whoever may see it; home is for `timelines` to tell."""
    tweet = Tweet.objects.filter(pk=event.tweet_id).first()
    if tweet is None:
        return
    streams = [LOCAL] if tweet.stands_in_feed else []
    if tweet.is_reply:
        streams.append(conversation(tweet.conversation_id))
    if tweet.visibility != Tweet.Visibility.DIRECT:
        tags = Hashtag.objects.filter(tweethashtag__tweet=tweet.pk)
        streams += [tagged(name) for name in tags.values_list("name", flat=True)]
    push(streams, "new", tweet.pk)


def show_changed(event: TweetEdited | QuoteDetached | PollEnded) -> None:
    """Where it is on a screen it says what it says now."""
    push(stream_of(event.tweet_id), "changed", event.tweet_id)


def show_gone(event: TweetDeleted | TweetHidden) -> None:
    """Where it is on a screen it leaves."""
    push(stream_of(event.tweet_id), "gone", event.tweet_id)


@outside_transaction  # counts block after block; one long transaction would stop all writers
def recount_feed(
    event: UserSuspended | UserRestored | UserLimited | UserUnlimited | UserLeft | UserReturned,
) -> None:
    """A person's tweets went out of the feed or came back: page numbers move."""
    recount_feed_blocks()
