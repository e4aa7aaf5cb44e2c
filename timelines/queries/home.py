"""Reading home: one index range, with the tweets of very large authors merged in."""

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from common.paging import Window
from relationships.models import Block, Follow, FollowRequest, Mute
from timelines.newest import newest_sql, newest_values
from timelines.repeats import Row, without_repeats
from timelines.wanted import AT_HOME

# Who was large a moment ago still is, or what was not delivered then would be gone while the number swings.
_LARGE_STILL = 0.9

_ROWS = """
SELECT * FROM (
    SELECT e.tweet_id, e.shown_id FROM timelines_timelineentry e WHERE e.owner_id = %(viewer)s {stretch}
    ORDER BY e.tweet_id {order} LIMIT %(most)s) AS entries
UNION SELECT * FROM ({large}) AS large
"""
_STRETCHES = {"max_id": "AND e.tweet_id < %(max_id)s", "min_id": "AND e.tweet_id > %(min_id)s"}
_LARGE = """relationships_follow f JOIN accounts_user u ON u.id = f.followed_id
  WHERE f.follower_id = %(viewer)s AND u.followers_count > %(large)s"""
# A full home ends where its entries end, for large authors too.
_NOT_BENEATH = f"""{AT_HOME} AND t.id >= COALESCE((
  SELECT e.tweet_id FROM timelines_timelineentry e WHERE e.owner_id = %(viewer)s
  ORDER BY e.tweet_id DESC LIMIT 1 OFFSET %(kept)s - 1), 0)"""  # noqa: S608


def home_ids(viewer: User, window: Window) -> list[int]:
    """Ids of what stands on the viewer's home, newest first; one query, seldom more.

    Some of them may have become invisible to the viewer since: whoever draws them asks.
    """
    return without_repeats(lambda stretch: _rows(viewer, stretch), window)


def _rows(viewer: User, window: Window) -> list[Row]:
    stretch = " ".join(sql for name, sql in _STRETCHES.items() if getattr(window, name) is not None)
    order = "ASC" if window.min_id is not None else "DESC"
    sql = _ROWS.format(stretch=stretch, order=order, large=newest_sql(_LARGE, _NOT_BENEATH, window))
    large = int(settings.FANOUT_LIMIT * _LARGE_STILL)
    values = {"viewer": viewer.pk, "large": large, "kept": settings.HOME_ENTRIES_KEPT}
    with connection.cursor() as cursor:
        cursor.execute(sql, {**newest_values(window), **values})
        rows = sorted(cursor.fetchall(), reverse=True)
    return rows[-window.limit :] if window.min_id is not None else rows[: window.limit]


def people_to_meet(viewer: User, limit: int) -> list[User]:
    """People of this server who tweeted last and stand in no relation to the viewer yet. One query."""
    person = OuterRef("pk")
    known = (
        Follow.objects.filter(follower=viewer, followed=person),
        FollowRequest.objects.filter(follower=viewer, followed=person),
        Block.objects.filter(Q(blocker=viewer, blocked=person) | Q(blocker=person, blocked=viewer)),
        Mute.objects.filter(muter=viewer, muted=person),
    )
    around = User.objects.local().active().confirmed().filter(last_tweeted_at__isnull=False)
    strangers = around.exclude(pk=viewer.pk).filter(*(~Exists(rows) for rows in known))
    return list(strangers.order_by("-last_tweeted_at")[:limit])
