"""What follows for tweets when something happened elsewhere."""

from collections.abc import Iterable

from common.realtime import CHANGES, LOCAL, conversation, push, tagged
from common.realtime import tweet as stream_of
from events.bus import outside_transaction, queue
from events.catalogue import (
    LinkPosted,
    PicturesLeft,
    PollEnded,
    QuoteDetached,
    RetweetUndone,
    TweetDeleted,
    TweetEdited,
    TweetHeld,
    TweetHidden,
    TweetPosted,
    TweetReleased,
    TweetRestored,
    UserLeft,
    UserLimited,
    UserRestored,
    UserReturned,
    UserSuspended,
    UserUnlimited,
)
from tweets.actions import (
    recount_feed_blocks,
    settle_pictures_in,
    settle_pictures_of,
    take_up_link,
)
from tweets.models import Tweet
from tweets.queries import named_in, posted, tag_names_of


def add_link_card(event: LinkPosted | TweetEdited | TweetReleased) -> None:
    """The tweet shows what the page it links to says of itself."""
    take_up_link(event.tweet_id)


def show_new(event: TweetPosted | TweetReleased) -> None:
    """Open pages hear of it where it stands for whoever may see it; home is for `timelines` to tell."""
    tweet = posted(event.tweet_id)
    if tweet is None or tweet.held_at is not None:
        return
    streams = [LOCAL] if tweet.stands_in_feed else []
    if tweet.is_reply:
        streams.append(conversation(tweet.conversation_id))
    if tweet.visibility != Tweet.Visibility.DIRECT:
        streams += map(tagged, tag_names_of(tweet.pk))
    push(streams, "new", tweet.pk)


def show_changed(event: TweetEdited | TweetReleased | QuoteDetached | PollEnded) -> None:
    """Where it is on a screen it says what it says now."""
    push([stream_of(event.tweet_id), CHANGES], "changed", event.tweet_id)


def show_deleted(event: TweetDeleted) -> None:
    """Where it is on a screen it leaves."""
    _tell_gone(event.tweet_id, event.author_id, event.visibility, event.named_ids)


def show_hidden(event: TweetHidden) -> None:
    """The same for what staff took out of sight."""
    tweet = Tweet.objects.filter(pk=event.tweet_id).first()
    if tweet is not None:
        _tell_gone(tweet.pk, tweet.author_id, tweet.visibility, named_in(tweet.pk))


def show_held(event: TweetHeld) -> None:
    """It leaves the screens of all but its author, where it says that it waits."""
    tweet = Tweet.objects.filter(pk=event.tweet_id).first()
    if tweet is not None:
        push(stream_of(tweet.pk), "changed", tweet.pk)
        named = named_in(tweet.pk)
        _tell_gone(tweet.pk, tweet.author_id, tweet.visibility, named, streams=[CHANGES], held=True)


def show_retweet_undone(event: RetweetUndone) -> None:
    """Apps that have the retweet drop it; pages count anew."""
    push(CHANGES, "gone", event.retweet_id, author=event.person_id)


@outside_transaction  # counts block after block; one long transaction would stop all writers
def recount_feed(
    event: UserSuspended | UserRestored | UserLimited | UserUnlimited | UserLeft | UserReturned,
) -> None:
    """A person's tweets went out of the feed or came back: page numbers move."""
    recount_feed_blocks()


@queue("media")
@outside_transaction
def settle_pictures(event: UserSuspended | UserRestored | UserLeft | UserReturned) -> None:
    """Files of pictures follow their owner out of sight, and back."""
    settle_pictures_of(event.user_id)


@queue("media")
@outside_transaction
def settle_older_pictures(event: PicturesLeft) -> None:
    """The same for what was left."""
    settle_pictures_of(event.user_id, event.before_id)


@queue("media")
@outside_transaction
def settle_tweets_pictures(event: TweetHidden | TweetRestored) -> None:
    """The same for a tweet that was taken down, or shown again."""
    settle_pictures_in(event.tweet_id)


def _tell_gone(
    tweet_id: int,
    author_id: int,
    visibility: str,
    named_ids: Iterable[int],
    *,
    streams: list[str] | None = None,
    held: bool = False,
) -> None:
    """With what nobody can look up any more, and whoever keeps connections needs to know whom to tell: of
    what is `held` everybody but its author.
    """
    push(
        streams or [stream_of(tweet_id), CHANGES],
        "gone",
        tweet_id,
        author=author_id,
        held=held,
        open=visibility in Tweet.OPEN,
        direct=visibility == Tweet.Visibility.DIRECT,
        named=" ".join(map(str, named_ids)),
    )
