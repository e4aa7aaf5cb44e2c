"""Changing one person's home as a whole: merging someone in, taking someone out, trimming, filling."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from common.ids import id_at
from common.paging import Window
from timelines import tags
from timelines.newest import newest_sql, newest_values
from timelines.wanted import AT_HOME, ON_EXCLUSIVE_LIST

_INTO = "INSERT INTO timelines_timelineentry (owner_id, tweet_id, shown_id) "
_FOLLOWED = "relationships_follow f WHERE f.follower_id = %(owner)s"
_ONE = f"{_FOLLOWED} AND f.followed_id = %(author)s"
# Those with very many followers are merged while reading.
_SMALL = """relationships_follow f JOIN accounts_user u ON u.id = f.followed_id
  WHERE f.follower_id = %(owner)s AND u.followers_count <= %(large)s"""
_OWN = f"""{_INTO} SELECT t.author_id, t.id, COALESCE(t.retweet_of_id, t.id) FROM tweets_tweet t
WHERE t.author_id = %(owner)s AND t.visibility <> 'direct' AND t.id > %(since_id)s
ORDER BY t.id DESC LIMIT %(most)s ON CONFLICT DO NOTHING"""  # noqa: S608

# What a followed tag brought now stands there for its author.
_FOR_ITS_AUTHOR = """ON CONFLICT (owner_id, tweet_id) DO UPDATE SET tag_id = NULL
  WHERE timelines_timelineentry.tag_id IS NOT NULL"""

_TAKE_OUT = """DELETE FROM timelines_timelineentry WHERE owner_id = %(owner)s AND {still} AND EXISTS (
  SELECT 1 FROM tweets_tweet t WHERE t.id = timelines_timelineentry.tweet_id AND ({what}))"""
_SAID = "t.author_id = %(author)s"
_ANSWERS = "(t.is_reply AND t.reply_to_author_id = %(author)s AND t.author_id <> %(owner)s)"
_RETWEETS = f"({_SAID} AND t.retweet_of_id IS NOT NULL)"
_IN_OTHER_LANGUAGES = f"""{_SAID} AND t.language <> '' AND NOT EXISTS (
  SELECT 1 FROM relationships_follow f WHERE f.follower_id = %(owner)s AND f.followed_id = %(author)s
    AND f.languages LIKE '%%,' || t.language || ',%%')"""  # noqa: S608
_SAID_OR_SPREAD = f"""{_SAID} OR EXISTS (
  SELECT 1 FROM tweets_tweet s WHERE s.author_id = %(author)s AND (s.id = t.retweet_of_id
    OR (s.id = t.quote_of_id AND t.author_id <> %(owner)s)))"""  # noqa: S608

_ON_EXCLUSIVE_LIST = f"""EXISTS (SELECT 1 FROM relationships_follow f
  WHERE f.follower_id = %(owner)s AND f.followed_id = t.author_id AND {ON_EXCLUSIVE_LIST})"""  # noqa: S608

_FOLLOWS = """EXISTS (SELECT 1 FROM relationships_follow
  WHERE follower_id = %(owner)s AND followed_id = %(author)s {more})"""
_MUTES = "EXISTS (SELECT 1 FROM relationships_mute WHERE muter_id = %(owner)s AND muted_id = %(author)s)"
_BLOCKS = """EXISTS (SELECT 1 FROM relationships_block WHERE (blocker_id = %(owner)s
  AND blocked_id = %(author)s) OR (blocker_id = %(author)s AND blocked_id = %(owner)s))"""

_TRIM = """
DELETE FROM timelines_timelineentry WHERE owner_id = %(owner)s AND tweet_id < (
    SELECT e.tweet_id FROM timelines_timelineentry e WHERE e.owner_id = %(owner)s
    ORDER BY e.tweet_id DESC LIMIT 1 OFFSET %(last)s)
"""


def merge_author(owner_id: int, author_id: int) -> int:
    """Put the newest tweets of somebody who is followed in their places; returns how many."""
    window = Window(limit=settings.HOME_MERGED)
    return _insert(_ONE, window, owner=owner_id, author=author_id)


def fill(owner_id: int) -> int:
    """Put in what is missing of followed people and tags and of one's own, of HOME_KEPT_DAYS.

    Returns how many, without the tags'. Nothing is taken away, so gaps may be filled too.
    """
    since = id_at(timezone.now() - timedelta(days=settings.HOME_KEPT_DAYS))
    window = Window(limit=settings.HOME_ENTRIES_KEPT, since_id=since)
    own = _run(_OWN, owner=owner_id, since_id=since, most=window.limit)
    followed = _insert(_SMALL, window, owner=owner_id, large=settings.FANOUT_LIMIT)
    tags.merge_all_tags(owner_id)
    return own + followed


def take_out_unfollowed(owner_id: int, author_id: int) -> int:
    """Remove what that person said, and what others answered them, unless they are followed again."""
    still = f"NOT {_FOLLOWS.format(more='')}"
    return _take_out(still, f"{_SAID} OR {_ANSWERS}", owner_id, author_id)


def take_out_retweets(owner_id: int, author_id: int) -> int:
    """Remove what that person spread, unless their retweets are wanted again."""
    return _take_out(f"NOT {_FOLLOWS.format(more='AND shows_retweets')}", _RETWEETS, owner_id, author_id)


def take_out_languages(owner_id: int, author_id: int) -> int:
    """Remove what that person said in languages which the owner does not want to read of them any more."""
    return _take_out(_FOLLOWS.format(more="AND languages <> ''"), _IN_OTHER_LANGUAGES, owner_id, author_id)


def take_out_muted(owner_id: int, author_id: int) -> int:
    """Remove what that person said, also as spread or quoted by others, if they are muted still."""
    return _take_out(_MUTES, _SAID_OR_SPREAD, owner_id, author_id)


def take_out_blocked(owner_id: int, author_id: int) -> int:
    """Remove what that person said, also as spread or quoted by others, if there is a block still."""
    return _take_out(_BLOCKS, _SAID_OR_SPREAD, owner_id, author_id)


def fit_to_lists(owner_id: int) -> None:
    """Remove whoever stands on a list that home leaves out, and put in who no longer does."""
    _run(_TAKE_OUT.format(still="1 = 1", what=_ON_EXCLUSIVE_LIST), owner=owner_id)
    fill(owner_id)


def trim(owner_id: int) -> int:
    """Keep the newest HOME_ENTRIES_KEPT; returns how many went."""
    return _run(_TRIM, owner=owner_id, last=settings.HOME_ENTRIES_KEPT - 1)


def _take_out(still: str, what: str, owner_id: int, author_id: int) -> int:
    return _run(_TAKE_OUT.format(still=still, what=what), owner=owner_id, author=author_id)


def _insert(source: str, window: Window, **values: int) -> int:
    rows = newest_sql(source, AT_HOME, window, owner="f.follower_id,")
    return _run(f"{_INTO}{rows} {_FOR_ITS_AUTHOR}", **newest_values(window), **values)


def _run(sql: str, **values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        changed: int = cursor.rowcount
    return max(changed, 0)
