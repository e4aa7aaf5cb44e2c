"""Reading home: one index range, with the tweets of very large authors merged in."""

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from common.paging import Window
from relationships.models import Block, Follow, FollowRequest, Mute
from tweets.models import Tweet


def home_ids(viewer: User, window: Window) -> list[int]:
    """Ids of what stands on the viewer's home, newest first; one query, two with large authors."""
    ids, large = _entries(viewer, window)
    if large:
        ids = sorted({*ids, *window.ids(_of_large(large))}, reverse=True)
        ids = ids[-window.limit :] if window.min_id is not None else ids[: window.limit]
    return ids


# The entries, and those the viewer follows who have more followers than deliveries are made for.
_ENTRIES = """
SELECT 0, tweet_id FROM (
    SELECT e.tweet_id FROM timelines_timelineentry e WHERE e.owner_id = %(viewer)s {stretch}
    ORDER BY e.tweet_id {order} LIMIT %(limit)s) AS entries
UNION ALL
SELECT 1, f.followed_id FROM relationships_follow f JOIN accounts_user u ON u.id = f.followed_id
WHERE f.follower_id = %(viewer)s AND u.followers_count > %(large)s
"""
_STRETCHES = {"max_id": "AND e.tweet_id < %(max_id)s", "min_id": "AND e.tweet_id > %(min_id)s",
              "since_id": "AND e.tweet_id > %(since_id)s"}  # fmt: skip


def _entries(viewer: User, window: Window) -> tuple[list[int], list[int]]:
    """Ids of tweets, newest first, and of large authors."""
    ends = {"max_id": window.max_id, "min_id": window.min_id, "since_id": window.since_id}
    ends = {name: an_id for name, an_id in ends.items() if an_id is not None}
    stretch = " ".join(_STRETCHES[name] for name in ends)
    sql = _ENTRIES.format(stretch=stretch, order="ASC" if window.min_id is not None else "DESC")
    values = {"viewer": viewer.pk, "limit": window.limit, "large": settings.FANOUT_LIMIT, **ends}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    ids = sorted((an_id for is_author, an_id in rows if not is_author), reverse=True)
    return ids, [an_id for is_author, an_id in rows if is_author]


def _of_large(author_ids: list[int]) -> QuerySet[Tweet]:
    first_hand = Tweet.objects.filter(author_id__in=author_ids, is_reply=False)
    return first_hand.exclude(visibility=Tweet.Visibility.DIRECT)


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
