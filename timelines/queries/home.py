"""Reading home: one index range, with the tweets of very large authors merged in."""

from dataclasses import replace
from typing import Any

from django.conf import settings

from accounts.models import User
from common.paging import Window
from common.replicas.routing import ask
from timelines.newest import newest_sql, newest_values
from timelines.repeats import Row, without_repeats
from timelines.wanted import AT_HOME

# Who was large a moment ago still is, or what was not delivered then would be gone while the number swings.
LARGE_STILL = 0.9

_ROWS = """
SELECT entries.*, 1 FROM (
    SELECT e.tweet_id, e.shown_id, tag.name FROM timelines_timelineentry e
    LEFT JOIN tweets_hashtag tag ON tag.id = e.tag_id WHERE e.owner_id = %(viewer)s {stretch}
    ORDER BY e.tweet_id {order} LIMIT {most}) AS entries
UNION ALL SELECT large.*, NULL, 0 FROM ({large}) AS large
"""
_STRETCHES = {"max_id": "AND e.tweet_id < %(max_id)s", "min_id": "AND e.tweet_id > %(min_id)s"}
_LARGE = """relationships_follow f JOIN accounts_user u ON u.id = f.followed_id
  WHERE f.follower_id = %(viewer)s AND u.followers_count > {large}"""
# A full home ends where its entries end, for large authors too.
_NOT_BENEATH = f"""{AT_HOME} AND t.id >= COALESCE((
  SELECT e.tweet_id FROM timelines_timelineentry e WHERE e.owner_id = %(viewer)s
  ORDER BY e.tweet_id DESC LIMIT 1 OFFSET {{last}}), 0)"""  # noqa: S608
_BENEATH = """
SELECT * FROM ({followed}) AS followed
UNION ALL SELECT * FROM (
    SELECT t.id, COALESCE(t.retweet_of_id, t.id) FROM tweets_tweet t
    WHERE t.author_id = %(viewer)s AND t.visibility <> 'direct' AND t.id < %(max_id)s
    ORDER BY t.id DESC LIMIT {most}) AS own
"""
_READ_OF_EACH = 300  # tweets for a page, whether they are wanted or not
_FOLLOWED = "relationships_follow f WHERE f.follower_id = %(viewer)s"


class Home:
    """One reading of the viewer's home. `tags` says of what was read because of which tag it is there.

    Whoever reads on where the entries end gets what followed people and they themselves said earlier.
    """

    def __init__(self, viewer: User) -> None:
        self._viewer = viewer
        self.tags: dict[int, str] = {}

    def ids(self, window: Window) -> list[int]:
        """Ids of what stands there, newest first; one query, seldom more.

        Some of them may have become invisible to the viewer since: whoever draws them asks.
        """
        return without_repeats(self._rows, window)

    def _rows(self, window: Window) -> list[Row]:
        rows = _rows(self._viewer, window)
        of_people = {an_id for an_id, _, tag, _ in rows if tag is None}
        self.tags |= {an_id: tag for an_id, _, tag, _ in rows if tag and an_id not in of_people}
        found = {(an_id, shown_id) for an_id, shown_id, _, _ in rows}
        entries = [an_id for an_id, _, _, is_entry in rows if is_entry]
        is_plain = window.min_id is None and window.since_id is None
        if window.max_id is not None and is_plain and len(entries) < window.limit:
            # From the last entry on everybody is read, or large authors would stand there alone.
            lowest = min(entries, default=window.max_id)
            found = {pair for pair in found if pair[0] >= lowest}
            found.update(_beneath(self._viewer, replace(window, max_id=lowest)))
        pairs = sorted(found, reverse=True)
        return pairs[-window.limit :] if window.min_id is not None else pairs[: window.limit]


def _beneath(viewer: User, window: Window) -> list[Row]:
    """What was trimmed since, or never stood there: one query, which asks one index for each author."""
    followed = newest_sql(_FOLLOWED, AT_HOME, window, authors=viewer.following_count, read=_READ_OF_EACH)
    sql = _BENEATH.format(followed=followed, most=window.limit)
    rows: Any = ask(sql, {**newest_values(window), "viewer": viewer.pk})
    return list(rows)


def home_ids(viewer: User, window: Window) -> list[int]:
    """As `Home.ids`, for whoever does not ask why."""
    return Home(viewer).ids(window)


def _rows(viewer: User, window: Window) -> list[tuple[int, int, str | None, int]]:
    stretch = " ".join(sql for name, sql in _STRETCHES.items() if getattr(window, name) is not None)
    order = "ASC" if window.min_id is not None else "DESC"
    source = _LARGE.format(large=int(settings.FANOUT_LIMIT * LARGE_STILL))
    large = newest_sql(source, _NOT_BENEATH.format(last=settings.HOME_ENTRIES_KEPT - 1), window)
    sql = _ROWS.format(stretch=stretch, order=order, large=large, most=window.limit)
    rows: Any = ask(sql, {**newest_values(window), "viewer": viewer.pk})
    return list(rows)
