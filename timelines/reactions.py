"""What follows for homes when something happened.

What changes a single home comes twice: now, for the very next page, and later, as a promise that holds
if the process dies after the deed was committed, and that finds what was being delivered at that moment.
"""

from django.conf import settings
from django.db import IntegrityError

from accounts.models import User
from common.realtime import DELIVERED, home_of, push
from events import catalogue as happened
from events.bus import outside_transaction, queue
from timelines import fanout, gathering, tags
from timelines.models import HomeTimeline
from tweets.models import Tweet
from tweets.queries import posted

Said = happened.TweetPosted | happened.TweetReleased | happened.TweetRetweeted
Listed = happened.PersonListed | happened.PersonUnlisted | happened.ListChanged | happened.ListDeleted


def put_on_own_timeline(event: Said) -> None:
    """Who speaks sees it at home on the very next page."""
    tweet = _tweet_of(event)
    if tweet is not None:
        fanout.put_on_own(tweet)
        if tweet.visibility != Tweet.Visibility.DIRECT:
            push(home_of(tweet.author_id), "new", tweet.pk)


@queue("fanout")
@outside_transaction
def fan_out(event: Said) -> None:
    """Deliver to the followers, in batches of short transactions; each row once however often this runs. What
    is held comes when it is released.
    """
    tweet = _tweet_of(event)
    if tweet is None or tweet.held_at is not None:
        return
    try:
        fanout.put_on_own(tweet)
        if fanout.is_delivered(tweet):
            fanout.deliver(tweet)
        tags.deliver_by_tags(tweet)
    except IntegrityError:
        if Tweet.objects.filter(pk=tweet.pk).exists():
            raise  # else it was deleted meanwhile, and what was delivered went with it
        return
    if tweet.visibility != Tweet.Visibility.DIRECT:
        push(DELIVERED, "new", tweet.pk)


def merge_followed(event: happened.UserFollowed) -> None:
    """Home shows at once what the newly followed said lately."""
    _merge(event.follower_id, event.followed_id)


def remove_unfollowed(event: happened.UserUnfollowed) -> None:
    gathering.take_out_unfollowed(event.follower_id, event.followed_id)
    tags.merge_all_tags(event.follower_id)


def merge_followed_tag(event: happened.TagFollowed) -> None:
    """Home shows at once what was said lately with the newly followed tag."""
    tags.merge_tag(event.follower_id, event.hashtag_id)


def remove_unfollowed_tag(event: happened.TagUnfollowed) -> None:
    tags.take_out_tag(event.follower_id, event.hashtag_id)


def change_followed(event: happened.FollowChanged) -> None:
    """What somebody spreads, or says in some languages, goes or comes, as the follower wishes now."""
    gathering.take_out_retweets(event.follower_id, event.followed_id)
    gathering.take_out_languages(event.follower_id, event.followed_id)
    _merge(event.follower_id, event.followed_id)


def remove_blocked(event: happened.UserBlocked) -> None:
    """Neither finds the other at home, nor what others spread of them."""
    gathering.take_out_blocked(event.blocker_id, event.blocked_id)
    gathering.take_out_blocked(event.blocked_id, event.blocker_id)


def remove_muted(event: happened.UserMuted) -> None:
    gathering.take_out_muted(event.muter_id, event.muted_id)


def remove_limited(event: happened.UserLimited) -> None:
    """What stood on homes because of a tag; who follows the person keeps it as theirs."""
    tags.take_out_author(event.user_id)


def bring_back_unmuted(event: happened.UserUnmuted) -> None:
    """What they said meanwhile, and what others spread of it."""
    if HomeTimeline.objects.filter(pk=event.muter_id).exists():
        gathering.fill(event.muter_id)


def fit_to_lists(event: Listed) -> None:
    """Home leaves out the people of some lists; who comes on or off one goes or comes."""
    if event.changes_home and HomeTimeline.objects.filter(pk=event.owner_id).exists():
        gathering.fit_to_lists(event.owner_id)


def _merge(follower_id: int, followed_id: int) -> None:
    followed = User.objects.filter(pk=followed_id, followers_count__lte=settings.FANOUT_LIMIT)
    if followed.exists() and HomeTimeline.objects.filter(pk=follower_id).exists():
        gathering.merge_author(follower_id, followed_id)


def _tweet_of(event: Said) -> Tweet | None:
    tweet_id = event.retweet_id if isinstance(event, happened.TweetRetweeted) else event.tweet_id
    return posted(tweet_id)
