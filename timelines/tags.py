"""Putting what is said with a tag on the homes of those who follow the tag, and taking it away: SQL over
TimelineEntry. The entry says for which tag it is there; what stands there for its author has none.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from common.ids import id_at
from common.prepared import Prepared
from timelines.fanout import batches
from timelines.models import TagFollow, TimelineEntry
from timelines.wanted import BY_TAG, now
from tweets.models import Tweet, TweetHashtag

_INTO = "INSERT INTO timelines_timelineentry (owner_id, tweet_id, shown_id, tag_id)"
_DELIVER = f"""{_INTO}
SELECT f.follower_id, t.id, t.id, f.hashtag_id
FROM tweets_tweet t
JOIN timelines_tagfollow f ON f.hashtag_id = %(tag)s
JOIN timelines_hometimeline home ON home.owner_id = f.follower_id
WHERE t.id = %(tweet)s AND f.follower_id > %(after)s AND f.follower_id <= %(until)s AND {BY_TAG}
ON CONFLICT DO NOTHING
"""  # noqa: S608
_MERGE = f"""{_INTO}
SELECT f.follower_id, t.id, t.id, f.hashtag_id
FROM timelines_tagfollow f
JOIN timelines_hometimeline home ON home.owner_id = f.follower_id
JOIN tweets_tweethashtag th ON th.hashtag_id = f.hashtag_id
JOIN tweets_tweet t ON t.id = th.tweet_id
WHERE f.follower_id = %(owner)s AND f.hashtag_id = %(tag)s AND th.tweet_id > %(since)s AND {BY_TAG}
ORDER BY th.tweet_id DESC LIMIT %(most)s
ON CONFLICT DO NOTHING
"""  # noqa: S608
_TAKE_OUT = """
DELETE FROM timelines_timelineentry WHERE owner_id = %(owner)s AND tag_id = %(tag)s AND NOT EXISTS (
  SELECT 1 FROM timelines_tagfollow f WHERE f.follower_id = %(owner)s AND f.hashtag_id = %(tag)s)
"""
_FOLLOWERS = """SELECT follower_id AS id FROM timelines_tagfollow
  WHERE hashtag_id = %s AND follower_id > %s ORDER BY follower_id LIMIT %s"""


def deliver_by_tags(tweet: Tweet) -> None:
    """Put a public tweet on the homes of all who follow a tag of it but not its author, batch by batch."""
    if not tweet.stands_in_feed:
        return
    for (tag_id,) in _TAGS.rows(tweet_id=tweet.pk):
        for after, until in batches(_FOLLOWERS, tag_id):
            values = {"tweet": tweet.id, "tag": tag_id, "after": after, "until": until, "now": now()}
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_DELIVER, values)


def merge_tag(owner_id: int, hashtag_id: int) -> None:
    """Put the newest tweets with a followed tag in their places, if the home is kept."""
    since = id_at(timezone.now() - timedelta(days=settings.HOME_KEPT_DAYS))
    values = {"owner": owner_id, "tag": hashtag_id, "since": since, "most": settings.HOME_MERGED}
    with connection.cursor() as cursor:
        cursor.execute(_MERGE, {**values, "now": now()})


def merge_all_tags(owner_id: int) -> None:
    """As `merge_tag`, for every tag the person follows."""
    for tag_id in TagFollow.objects.filter(follower_id=owner_id).values_list("hashtag_id", flat=True):
        merge_tag(owner_id, tag_id)


def take_out_tag(owner_id: int, hashtag_id: int) -> None:
    """Remove what stood there for this tag, unless it is followed again or another tag brings it."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_OUT, {"owner": owner_id, "tag": hashtag_id})
    merge_all_tags(owner_id)


def take_out_author(author_id: int) -> None:
    """Remove from every home what that person said and only a tag brought there."""
    TimelineEntry.objects.filter(tweet__author_id=author_id, tag__isnull=False).delete()


# Asked for every tweet.
_TAGS = Prepared(lambda tweet_id: TweetHashtag.objects.filter(tweet_id=tweet_id).values_list("hashtag_id"))
