"""The counters on a tweet, changed in SQL, and the row held while something is written about it."""

from collections.abc import Iterable

from django.db.models import Q

from common.errors import NotFound
from common.realtime import push
from common.realtime import tweet as stream_of
from common.writing import count
from tweets.models import Tweet


def hold_tweet(tweet_id: int) -> bool:
    """Keep the row from being changed or deleted until this transaction ends; tells whether it is there."""
    return Tweet.objects.select_for_update(no_key=True).filter(pk=tweet_id).exists()


def lock_tweets(ids: Iterable[int]) -> dict[int, int]:
    """The same for several, with those they answer, quote or spread, whose counters they stand in; the
    revision of each that is there. The older first (docs/architecture.md, “One order of locks”).
    """
    wanted = set(ids)
    rows = Tweet.objects.select_for_update(no_key=True).filter(pk__in=wanted | _beside(wanted)).order_by("pk")
    return {pk: revision for pk, revision in rows.values_list("pk", "revision") if pk in wanted}


def lock_for_removal(ids: Iterable[int]) -> None:
    """As `lock_tweets`, with what answers, quotes or spreads them, too: it goes or changes with them."""
    wanted = set(ids)
    below = Q(reply_to__in=wanted) | Q(quote_of__in=wanted) | Q(retweet_of__in=wanted)
    rows = Tweet.objects.select_for_update().filter(below | Q(pk__in=wanted | _beside(wanted))).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _beside(ids: set[int]) -> set[int]:
    rows = Tweet.objects.filter(pk__in=ids).values_list("reply_to_id", "quote_of_id", "retweet_of_id")
    return {an_id for row in rows for an_id in row if an_id is not None}


def adjust_tweet(
    tweet_id: int, *, likes: int = 0, retweets: int = 0, replies: int = 0, quotes: int = 0
) -> None:
    """Add to the counters of a tweet, so that no writer loses another's; none goes below nothing.

    Raises NotFound when something is added to a tweet that was deleted in the meantime.
    """
    is_there = _add(tweet_id, likes, retweets, replies, quotes)
    if not is_there and max(likes, retweets, replies, quotes) > 0:
        raise NotFound("This tweet was deleted in the meantime.")


def count_where_it_belongs(tweet: Tweet, change: int) -> None:
    """Add to the counters of what it answers, quotes and retweets; only what `Tweet.counted` finds stands
    there. The older first. Raises NotFound as `adjust_tweet` does.
    """
    there = ((tweet.reply_to_id, "replies"), (tweet.quote_of_id, "quotes"), (tweet.retweet_of_id, "retweets"))
    for tweet_id, counter in sorted((an_id, counter) for an_id, counter in there if an_id is not None):
        adjust_tweet(tweet_id, **{counter: change})


def correct_tweet(
    tweet_id: int, *, likes: int = 0, retweets: int = 0, replies: int = 0, quotes: int = 0
) -> None:
    """Add what a recount found missing; a tweet that is gone by now needs nothing."""
    _add(tweet_id, likes, retweets, replies, quotes)


def _add(tweet_id: int, likes: int, retweets: int, replies: int, quotes: int) -> bool:
    wanted = {
        "likes_count": likes,
        "retweets_count": retweets,
        "replies_count": replies,
        "quotes_count": quotes,
    }
    is_there = count(Tweet, tweet_id, wanted)
    if is_there:
        push(stream_of(tweet_id), "counts", tweet_id)
    return is_there
