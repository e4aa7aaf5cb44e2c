"""Home timelines: everybody reads, a few of them back to the eight hundredth entry."""

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from timelines.gathering import fill
from timelines.models import HomeTimeline, TimelineEntry
from tweets.models import Tweet
from twitter_clone.crowd.bulk import filling, load

READERS = 40
_FRESH = 1000  # the newest tweets stand on every home; about 1.5 million entries

_DELIVER = """
INSERT INTO timelines_timelineentry (owner_id, tweet_id, shown_id)
SELECT f.follower_id, t.id, COALESCE(t.retweet_of_id, t.id)
FROM tweets_tweet t JOIN accounts_user u ON u.id = t.author_id
JOIN relationships_follow f ON f.followed_id = t.author_id
WHERE t.id >= %(oldest)s AND NOT t.is_reply AND u.followers_count <= %(large)s
ORDER BY f.follower_id, t.id
ON CONFLICT DO NOTHING
"""


def make_homes() -> None:
    """Everybody's home as it would stand there by now."""
    if not HomeTimeline.objects.exists():
        now = str(timezone.now())
        load(
            HomeTimeline,
            ("owner", "read_at"),
            ((pk, now) for pk in User.objects.values_list("pk", flat=True)),
        )
    newest = list(Tweet.objects.order_by("-id").values_list("id", flat=True)[:_FRESH])
    with filling(TimelineEntry), connection.cursor() as cursor:
        cursor.execute(_DELIVER, {"oldest": newest[-1], "large": settings.FANOUT_LIMIT})
    for person in readers():
        TimelineEntry.objects.filter(owner=person).delete()
        fill(person.pk)


def readers() -> list[User]:
    """Those whose pages are measured: they follow the star and some hundred others."""
    star = User.objects.order_by("-followers_count")[0]
    people = User.objects.filter(follows_given__followed=star, following_count__range=(100, 2000))
    return list(people.order_by("id")[:READERS])
