"""What stands on a person's page: their tweets, replies, pictures, and what they like."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from accounts.models import User
from tweets.models import Like, Tweet, TweetImage, TweetQuerySet


def pinned_ids(viewer: User | AnonymousUser, person: User) -> list[int]:
    """Ids of what the person pinned, the latest first; at most TWEETS_PINNED_MAX."""
    pinned = _said_by(viewer, person).filter(pinned_at__isnull=False)
    return list(pinned.order_by("-pinned_at").values_list("id", flat=True))


def tweets_of(viewer: User | AnonymousUser, person: User) -> TweetQuerySet:
    """Tweets and retweets; the pinned stand above them, and nowhere twice."""
    return _said_by(viewer, person).filter(is_reply=False, pinned_at__isnull=True)


def latest_said_ids(viewer: User | AnonymousUser, person: User, most: int) -> list[int]:
    """Ids of the latest own words, replies too, no messages. One query."""
    said = _said_by(viewer, person).filter(retweet_of__isnull=True).newest_first()
    return list(said.values_list("id", flat=True)[:most])


def replies_of(viewer: User | AnonymousUser, person: User) -> TweetQuerySet:
    return _said_by(viewer, person).filter(is_reply=True)


def media_of(viewer: User | AnonymousUser, person: User) -> TweetQuerySet:
    """Own tweets and replies with pictures."""
    pictures = TweetImage.objects.filter(tweet=OuterRef("pk"))
    return _said_by(viewer, person).filter(Exists(pictures))


def like_ids(person: User, older_than: int | None, limit: int) -> list[tuple[int, int]]:
    """Pairs of like and tweet, the latest like first: one index range."""
    likes = Like.objects.filter(person=person)
    if older_than is not None:
        likes = likes.filter(id__lt=older_than)
    return list(likes.order_by("-id").values_list("id", "tweet_id")[:limit])


def _said_by(viewer: User | AnonymousUser, person: User) -> TweetQuerySet:
    return Tweet.objects.visible_to(viewer).but_messages().by(person)
