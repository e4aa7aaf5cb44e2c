"""Putting tweets on home timelines and taking them away: SQL over TimelineEntry, the audience in batches.

Deliveries go to followers whose home is kept (they read it within HOME_KEPT_DAYS), never as objects
through Python. Every statement may run twice: a row that is there stays, a row that is gone is gone.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from timelines.models import TimelineEntry
from tweets.models import Tweet

BATCH = 1000  # followers in one statement; short enough that writers on SQLite do not wait long
_REPEAT_WITHIN = 40  # entries of a home in which the same words are not shown again

_DELIVER = """
INSERT INTO timelines_timelineentry (owner_id, tweet_id, shown_id)
SELECT follow.follower_id, %(tweet)s, %(shown)s
FROM relationships_follow follow
JOIN timelines_hometimeline home ON home.owner_id = follow.follower_id
WHERE follow.followed_id = %(author)s
  AND follow.follower_id > %(after)s AND follow.follower_id <= %(until)s
  AND NOT EXISTS (SELECT 1 FROM relationships_mute m WHERE m.muter_id = follow.follower_id
                  AND m.muted_id IN (%(author)s, %(shown_author)s) AND (m.until IS NULL OR m.until > %(now)s))
  {only}
ON CONFLICT DO NOTHING
"""

# A reply is for those who follow both sides, and for whom it answers.
_ONLY_REPLY = """AND (follow.follower_id = %(answered)s OR %(answered)s = %(author)s OR EXISTS (
      SELECT 1 FROM relationships_follow f
      WHERE f.follower_id = follow.follower_id AND f.followed_id = %(answered)s))"""

_ONLY_RETWEET = f"""AND follow.shows_retweets AND follow.follower_id <> %(shown_author)s
  AND NOT EXISTS (SELECT 1 FROM relationships_block b WHERE
      (b.blocker_id = follow.follower_id AND b.blocked_id = %(shown_author)s)
      OR (b.blocker_id = %(shown_author)s AND b.blocked_id = follow.follower_id))
  AND NOT EXISTS (SELECT 1 FROM timelines_timelineentry e WHERE e.owner_id = follow.follower_id
      AND e.shown_id = %(shown)s AND e.tweet_id >= COALESCE((
          SELECT l.tweet_id FROM timelines_timelineentry l WHERE l.owner_id = follow.follower_id
          ORDER BY l.tweet_id DESC LIMIT 1 OFFSET {_REPEAT_WITHIN - 1}), 0))"""  # noqa: S608


def put_on_own(tweet: Tweet) -> None:
    """The author sees it at home at once."""
    TimelineEntry.objects.bulk_create(
        [TimelineEntry(owner_id=tweet.author_id, tweet=tweet, shown_id=tweet.retweet_of_id or tweet.id)],
        ignore_conflicts=True,
    )


def is_delivered(tweet: Tweet) -> bool:
    """Whether followers get it by delivery: not messages, and not from those with very many followers."""
    is_for_followers = tweet.visibility != Tweet.Visibility.DIRECT
    return is_for_followers and tweet.author.followers_count <= settings.FANOUT_LIMIT


def deliver(tweet: Tweet) -> int:
    """Put the tweet on the homes of all followers, batch by batch; returns how many rows were new."""
    only = _ONLY_RETWEET if tweet.retweet_of_id else _ONLY_REPLY if tweet.is_reply else ""
    shown = tweet.retweet_of or tweet
    values = {
        "tweet": tweet.id,
        "shown": shown.id,
        "author": tweet.author_id,
        "shown_author": shown.author_id,
        "answered": tweet.reply_to_author_id or 0,
        "now": connection.ops.adapt_datetimefield_value(timezone.now()),
    }
    delivered = 0
    for after, until in _batches(tweet.author_id):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_DELIVER.format(only=only), {**values, "after": after, "until": until})
            delivered += cursor.rowcount
    return delivered


def _batches(author_id: int) -> Iterator[tuple[int, int]]:
    """Stretches of follower ids with at most BATCH followers in each."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT MAX(id) FROM (SELECT follower_id AS id FROM relationships_follow"
                " WHERE followed_id = %s AND follower_id > %s ORDER BY follower_id LIMIT %s) AS batch",
                [author_id, after, BATCH],
            )
            until = cursor.fetchone()[0]
        if until is None:
            return
        yield after, until
        after = until
