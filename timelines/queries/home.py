"""Reading home: one index range, with the tweets of very large authors merged in."""

from django.conf import settings

from accounts.models import User
from common.paging import Window
from common.replicas.routing import reading_connection
from timelines.newest import newest_sql, newest_values
from timelines.repeats import Row, without_repeats
from timelines.wanted import AT_HOME

# Who was large a moment ago still is, or what was not delivered then would be gone while the number swings.
LARGE_STILL = 0.9

_ROWS = """
SELECT * FROM (
    SELECT e.tweet_id, e.shown_id, tag.name FROM timelines_timelineentry e
    LEFT JOIN tweets_hashtag tag ON tag.id = e.tag_id WHERE e.owner_id = %(viewer)s {stretch}
    ORDER BY e.tweet_id {order} LIMIT %(most)s) AS entries
UNION SELECT large.*, NULL FROM ({large}) AS large
"""
_STRETCHES = {"max_id": "AND e.tweet_id < %(max_id)s", "min_id": "AND e.tweet_id > %(min_id)s"}
_LARGE = """relationships_follow f JOIN accounts_user u ON u.id = f.followed_id
  WHERE f.follower_id = %(viewer)s AND u.followers_count > %(large)s"""
# A full home ends where its entries end, for large authors too.
_NOT_BENEATH = f"""{AT_HOME} AND t.id >= COALESCE((
  SELECT e.tweet_id FROM timelines_timelineentry e WHERE e.owner_id = %(viewer)s
  ORDER BY e.tweet_id DESC LIMIT 1 OFFSET %(kept)s - 1), 0)"""  # noqa: S608


class Home:
    """One reading of the viewer's home. `tags` says of what was read because of which tag it is there."""

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
        of_people = {an_id for an_id, _, tag in rows if tag is None}
        self.tags |= {an_id: tag for an_id, _, tag in rows if tag and an_id not in of_people}
        pairs = sorted({(an_id, shown_id) for an_id, shown_id, _ in rows}, reverse=True)
        return pairs[-window.limit :] if window.min_id is not None else pairs[: window.limit]


def home_ids(viewer: User, window: Window) -> list[int]:
    """As `Home.ids`, for whoever does not ask why."""
    return Home(viewer).ids(window)


def _rows(viewer: User, window: Window) -> list[tuple[int, int, str | None]]:
    stretch = " ".join(sql for name, sql in _STRETCHES.items() if getattr(window, name) is not None)
    order = "ASC" if window.min_id is not None else "DESC"
    sql = _ROWS.format(stretch=stretch, order=order, large=newest_sql(_LARGE, _NOT_BENEATH, window))
    large = int(settings.FANOUT_LIMIT * LARGE_STILL)
    values = {"viewer": viewer.pk, "large": large, "kept": settings.HOME_ENTRIES_KEPT}
    with reading_connection().cursor() as cursor:
        cursor.execute(sql, {**newest_values(window), **values})
        return list(cursor.fetchall())
