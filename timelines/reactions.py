"""What follows for homes when something happened."""

from django.conf import settings

from accounts.models import User
from events.bus import outside_transaction, queue
from events.catalogue import TweetPosted, TweetRetweeted, UserBlocked, UserFollowed, UserMuted, UserUnfollowed
from timelines import fanout
from timelines.gathering import merge_author, take_out_author
from timelines.models import HomeTimeline
from tweets.models import Tweet


def put_on_own_timeline(event: TweetPosted | TweetRetweeted) -> None:
    """Who speaks sees it at home on the very next page."""
    tweet = _tweet_of(event)
    if tweet is not None and tweet.visibility != Tweet.Visibility.DIRECT:
        fanout.put_on_own(tweet)


@queue("fanout")
@outside_transaction
def fan_out(event: TweetPosted | TweetRetweeted) -> None:
    """Deliver to the followers, in batches of short transactions; each row once however often this runs."""
    tweet = _tweet_of(event)
    if tweet is not None and fanout.is_delivered(tweet):
        fanout.deliver(tweet)


def merge_followed(event: UserFollowed) -> None:
    """Home shows at once what the newly followed said lately."""
    followed = User.objects.filter(pk=event.followed_id, followers_count__lte=settings.FANOUT_LIMIT)
    if followed.exists() and HomeTimeline.objects.filter(pk=event.follower_id).exists():
        merge_author(event.follower_id, event.followed_id)


def remove_unfollowed(event: UserUnfollowed) -> None:
    take_out_author(event.follower_id, event.followed_id, also_spread=False)


def remove_blocked(event: UserBlocked) -> None:
    """Neither finds the other at home, nor what others spread of them."""
    take_out_author(event.blocker_id, event.blocked_id, also_spread=True)
    take_out_author(event.blocked_id, event.blocker_id, also_spread=True)


def remove_muted(event: UserMuted) -> None:
    take_out_author(event.muter_id, event.muted_id, also_spread=True)


def _tweet_of(event: TweetPosted | TweetRetweeted) -> Tweet | None:
    tweet_id = event.retweet_id if isinstance(event, TweetRetweeted) else event.tweet_id
    return Tweet.objects.select_related("author", "retweet_of").filter(pk=tweet_id).first()
