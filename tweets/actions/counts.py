"""The counters on a tweet, changed in SQL."""

from django.db.models import F
from django.db.models.functions import Greatest

from tweets.models import Tweet


def adjust_tweet(
    tweet_id: int | None, *, likes: int = 0, retweets: int = 0, replies: int = 0, quotes: int = 0
) -> None:
    """Add to the counters of a tweet, so that no writer loses another's; none goes below nothing."""
    if tweet_id is None:
        return
    wanted = {
        "likes_count": likes,
        "retweets_count": retweets,
        "replies_count": replies,
        "quotes_count": quotes,
    }
    changes = {field: Greatest(F(field) + change, 0) for field, change in wanted.items() if change}
    Tweet.objects.filter(pk=tweet_id).update(**changes)
