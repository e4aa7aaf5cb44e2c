"""What follows in messages when a tweet or a person changed."""

from conversations.actions import accept_followed, deliver_message, file_message, settle, settle_between
from conversations.models import Message, Participation
from events.bus import outside_transaction
from events.catalogue import (
    DirectTweetPosted,
    TweetDeleted,
    TweetHidden,
    TweetRestored,
    UserBlocked,
    UserFollowed,
    UserRestored,
    UserSuspended,
    UserUnblocked,
)
from tweets.models import Tweet

_BATCH = 100  # conversations settled in one transaction


def file_direct_tweet(event: DirectTweetPosted) -> None:
    """Whichever form a direct tweet was written in, it stands in Messages."""
    tweet = _direct(event.tweet_id)
    if tweet is not None:
        file_message(tweet, is_delivered=not event.undo_seconds)


def deliver_direct_tweet(event: DirectTweetPosted) -> None:
    """Its author did not take it back: its readers get it."""
    tweet = _direct(event.tweet_id)
    if tweet is not None:
        deliver_message(tweet)


def follow_message(event: TweetDeleted | TweetHidden | TweetRestored) -> None:
    """What was somebody's newest is not any more, or is again."""
    filed = Message.objects.filter(tweet=event.tweet_id)
    newest = Participation.objects.filter(newest_id=event.tweet_id)
    settle(
        [
            *filed.values_list("conversation_id", flat=True),
            *newest.values_list("conversation_id", flat=True),
        ]
    )


@outside_transaction
def follow_person(event: UserSuspended | UserRestored) -> None:
    """Their messages vanish, or are back, everywhere."""
    rows = Participation.objects.filter(person_id=event.user_id).order_by("conversation_id")
    ids = list(rows.values_list("conversation_id", flat=True))
    for start in range(0, len(ids), _BATCH):
        settle(ids[start : start + _BATCH])


def follow_block(event: UserBlocked | UserUnblocked) -> None:
    settle_between(event.blocker_id, event.blocked_id)


def let_followed_in(event: UserFollowed) -> None:
    accept_followed(event.follower_id, event.followed_id)


def _direct(tweet_id: int) -> Tweet | None:
    return Tweet.objects.filter(pk=tweet_id, visibility=Tweet.Visibility.DIRECT).first()
