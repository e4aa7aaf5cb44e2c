"""Putting tweets on home timelines and taking them away: SQL over TimelineEntry, the audience in batches.

Deliveries go to followers whose home is kept (they read it within HOME_KEPT_DAYS), never as objects
through Python. Every statement may run twice: a row that is there stays, a row that is gone is gone.
"""

from collections.abc import Iterator
from time import monotonic

from django.conf import settings
from django.db import connection, transaction

from common.turns import leave_room
from common.writing import change
from timelines.models import TimelineEntry
from timelines.wanted import AT_HOME, now
from tweets.models import Tweet

BATCH = 1000  # followers in one statement; short enough that writers on SQLite do not wait long

_DELIVER = f"""
INSERT INTO timelines_timelineentry (owner_id, tweet_id, shown_id)
SELECT f.follower_id, t.id, COALESCE(t.retweet_of_id, t.id)
FROM tweets_tweet t
JOIN relationships_follow f ON f.followed_id = t.author_id
JOIN timelines_hometimeline home ON home.owner_id = f.follower_id
WHERE t.id = %(tweet)s AND f.id > %(after)s AND f.id <= %(until)s AND {AT_HOME} {{only}}
ON CONFLICT DO NOTHING
"""  # noqa: S608

_ON_OWN = """
INSERT INTO timelines_timelineentry (owner_id, tweet_id, shown_id)
SELECT home.owner_id, %s, %s FROM timelines_hometimeline home WHERE home.owner_id = %s
ON CONFLICT DO NOTHING
"""

# What many spread would fill a home with rows that reading leaves out again (see timelines.repeats).
_NOT_REPEATED = """AND NOT EXISTS (SELECT 1 FROM timelines_timelineentry e WHERE e.owner_id = f.follower_id
      AND e.shown_id = t.retweet_of_id AND e.tweet_id >= COALESCE((
          SELECT l.tweet_id FROM timelines_timelineentry l WHERE l.owner_id = f.follower_id
          ORDER BY l.tweet_id DESC LIMIT 1 OFFSET %(within)s - 1), 0))"""

# By the row's id, which the index by followed goes on with: by follower each batch would walk them all.
_FOLLOWERS = """SELECT id FROM relationships_follow
  WHERE followed_id = %s AND id > %s ORDER BY id LIMIT %s"""


def put_on_own(tweet: Tweet) -> None:
    """The author sees it at home at once; a home that is not kept gets it when it is filled."""
    if tweet.visibility != Tweet.Visibility.DIRECT:
        change(TimelineEntry, _ON_OWN, tweet.id, tweet.retweet_of_id or tweet.id, tweet.author_id)


def is_delivered(tweet: Tweet) -> bool:
    """Whether followers get it by delivery: not messages, and not from those with very many followers."""
    is_for_followers = tweet.visibility != Tweet.Visibility.DIRECT
    return is_for_followers and tweet.author.followers_count <= settings.FANOUT_LIMIT


def deliver(tweet: Tweet) -> int:
    """Put the tweet on the homes of all followers, batch by batch; returns how many rows were new.

    Nobody who follows meanwhile misses it: whoever is not there yet when their batch is read has committed
    after the tweet, so the merging that comes after their commit finds it.
    """
    sql = _DELIVER.format(only=_NOT_REPEATED if tweet.retweet_of_id else "")
    values = {"tweet": tweet.id, "now": now(), "within": settings.HOME_REPEAT_WITHIN}
    delivered = 0
    for after, until in batches(_FOLLOWERS, tweet.author_id):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, {**values, "after": after, "until": until})
            delivered += cursor.rowcount
    return delivered


def batches(followers: str, of_id: int) -> Iterator[tuple[int, int]]:
    """Stretches of ids, at most BATCH in each. `followers` is their SQL: of whom, after, limit."""
    after, began = 0, 0.0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT MAX(id), COUNT(*) FROM ({followers}) AS batch", [of_id, after, BATCH])  # noqa: S608
            until, number = cursor.fetchone()
        if until is None:
            return
        if began:
            leave_room(began)
        began = monotonic()
        yield after, until
        if number < BATCH:
            return
        after = until
