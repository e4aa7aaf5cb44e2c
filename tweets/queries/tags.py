"""Tags by the beginning of their name, and those that are in use."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from common.ids import id_at
from common.lookups import begins
from common.replicas.routing import reading_connection
from tweets.models import Hashtag, Tweet
from tweets.text import tag_key

_LATELY = timedelta(days=7)
_LAST_USES = 50  # of one tag, counted to tell a common one from a slip of the pen

# What only few may read must not show in what everybody is offered.
_PEOPLE = """
SELECT h.name, (
  SELECT COUNT(DISTINCT t.author_id) FROM (
    SELECT th.tweet_id FROM tweets_tweethashtag th WHERE th.hashtag_id = h.id
    ORDER BY th.tweet_id DESC LIMIT %s) AS uses
  JOIN tweets_tweet t ON t.id = uses.tweet_id JOIN accounts_user u ON u.id = t.author_id
  WHERE t.visibility = 'public' AND t.hidden_at IS NULL AND t.held_at IS NULL AND u.state = 'active'
    AND NOT u.is_limited)
FROM tweets_hashtag h WHERE h.id IN ({ids})
"""


def tags_beginning(typed: str) -> dict[str, int]:
    """Tags that begin so, each with how many people used it lately. Those nobody used in public are left out,
    and those that staff hide.

    Two queries, bounded however many tags and tweets there are.
    """
    beginning = tag_key(typed)
    if not beginning:
        return {}
    tags = Hashtag.objects.filter(begins("name", beginning), is_unlisted=False).values_list("id", flat=True)
    return tags_in_use(list(tags[: settings.SUGGESTIONS_READ]))


def tags_in_use(ids: Sequence[int]) -> dict[str, int]:
    """Of these tags those that somebody used in public, each with how many people did lately; staff's choice
    of what is offered is not asked here. One query.
    """
    if not ids:
        return {}
    sql = _PEOPLE.format(ids=", ".join(["%s"] * len(ids)))
    with reading_connection().cursor() as cursor:
        cursor.execute(sql, [_LAST_USES, *ids])
        return {name: people for name, people in cursor.fetchall() if people}


def tags_said_lately(limit: int) -> list[str]:
    """The tags that stand most often in the newest public tweets, but those that staff hide. One query."""
    visitor = AnonymousUser()
    public = Tweet.objects.visible_to(visitor).on_public_timelines().offered_to(visitor)
    since = id_at(timezone.now() - _LATELY)
    uses = public.filter(id__gte=since, tweethashtag__hashtag__is_unlisted=False).newest_first()
    names = uses.values_list("tweethashtag__hashtag__name", flat=True)[: settings.SUGGESTIONS_READ]
    return [name for name, _ in Counter(names).most_common(limit)]
