"""Which of many people may read a tweet: the rule of `visible_to`, asked for all of them at once."""

from collections.abc import Collection, Iterable

from django.db.models import Exists

from accounts.models import User
from tweets.models import Tweet


def readers_of(
    tweet_ids: Iterable[int], people_ids: Collection[int], *, but_muted: bool = False
) -> dict[int, set[int]]:
    """Which of the tweets each of these people may read: person -> ids. One query for each tweet.

    Of a retweet this is the pointer alone, as in `visible_to`. With `but_muted` without the tweets of those
    whom the person mutes.
    """
    found: dict[int, set[int]] = {person_id: set() for person_id in people_ids}
    for tweet_id in tweet_ids:
        this = Tweet.objects.filter(pk=tweet_id).visible_to_each()
        if but_muted:
            this = this.offered_to_each()
        readers = User.objects.filter(Exists(this), pk__in=people_ids)
        for person_id in readers.values_list("pk", flat=True):
            found[person_id].add(tweet_id)
    return found
