"""Changing one person's home as a whole: merging someone in, taking someone out, trimming, rebuilding."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from common.ids import id_at

MERGED = 100  # newest tweets of somebody newly followed

# What a follower gets of an author: not messages, replies only to people they both follow or to themselves.
_FOR_FOLLOWER = """t.visibility <> 'direct' AND t.hidden_at IS NULL
  AND (NOT t.is_reply OR t.reply_to_author_id IN (%(owner)s, t.author_id) OR EXISTS (
      SELECT 1 FROM relationships_follow f
      WHERE f.follower_id = %(owner)s AND f.followed_id = t.reply_to_author_id))"""

_MERGE = f"""
INSERT INTO timelines_timelineentry (owner_id, tweet_id, shown_id)
SELECT %(owner)s, t.id, COALESCE(t.retweet_of_id, t.id) FROM (
    SELECT * FROM tweets_tweet t WHERE t.author_id = %(author)s AND {_FOR_FOLLOWER}
      AND (t.retweet_of_id IS NULL OR EXISTS (SELECT 1 FROM relationships_follow f
        WHERE f.follower_id = %(owner)s AND f.followed_id = %(author)s AND f.shows_retweets))
    ORDER BY t.id DESC LIMIT %(most)s) t
WHERE NOT EXISTS (SELECT 1 FROM timelines_timelineentry e
    WHERE e.owner_id = %(owner)s AND e.shown_id = COALESCE(t.retweet_of_id, t.id))
ON CONFLICT DO NOTHING
"""  # noqa: S608

_REBUILD = f"""
INSERT INTO timelines_timelineentry (owner_id, tweet_id, shown_id)
SELECT %(owner)s, t.id, COALESCE(t.retweet_of_id, t.id) FROM tweets_tweet t
WHERE (t.author_id = %(owner)s OR t.author_id IN (
        SELECT f.followed_id FROM relationships_follow f
        WHERE f.follower_id = %(owner)s AND (f.shows_retweets OR t.retweet_of_id IS NULL)))
  AND t.id > %(since)s AND {_FOR_FOLLOWER}
  AND NOT EXISTS (SELECT 1 FROM relationships_mute m
    WHERE m.muter_id = %(owner)s AND m.muted_id = t.author_id)
ORDER BY t.id DESC LIMIT %(most)s
ON CONFLICT DO NOTHING
"""  # noqa: S608

# Whatever that person said, and whatever others spread of it.
_TAKE_OUT = """
DELETE FROM timelines_timelineentry WHERE owner_id = %(owner)s AND (
    tweet_id IN (SELECT t.id FROM tweets_tweet t WHERE t.author_id = %(author)s AND t.id >= {oldest})
    {spread})
"""
_OLDEST = """COALESCE(
    (SELECT MIN(e.tweet_id) FROM timelines_timelineentry e WHERE e.owner_id = %(owner)s), 0)"""
_SPREAD = "OR shown_id IN (SELECT t.id FROM tweets_tweet t WHERE t.author_id = %(author)s)"

_TRIM = """
DELETE FROM timelines_timelineentry WHERE owner_id = %(owner)s AND tweet_id < (
    SELECT e.tweet_id FROM timelines_timelineentry e WHERE e.owner_id = %(owner)s
    ORDER BY e.tweet_id DESC LIMIT 1 OFFSET %(last)s)
"""


def merge_author(owner_id: int, author_id: int) -> int:
    """Put the newest tweets of somebody newly followed in their places; returns how many."""
    return _run(_MERGE, owner=owner_id, author=author_id, most=MERGED)


def take_out_author(owner_id: int, author_id: int, *, also_spread: bool) -> int:
    """Remove what that person said; with `also_spread` also what others retweeted of it."""
    sql = _TAKE_OUT.format(oldest=_OLDEST, spread=_SPREAD if also_spread else "")
    return _run(sql, owner=owner_id, author=author_id)


def rebuild(owner_id: int) -> int:
    """Fill an empty home from those the person follows, of the last HOME_KEPT_DAYS; returns how many."""
    since = id_at(timezone.now() - timedelta(days=settings.HOME_KEPT_DAYS))
    return _run(_REBUILD, owner=owner_id, since=since, most=settings.HOME_ENTRIES_KEPT)


def trim(owner_id: int) -> int:
    """Keep the newest HOME_ENTRIES_KEPT; returns how many went."""
    return _run(_TRIM, owner=owner_id, last=settings.HOME_ENTRIES_KEPT - 1)


def _run(sql: str, **values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        changed: int = cursor.rowcount
    return max(changed, 0)
