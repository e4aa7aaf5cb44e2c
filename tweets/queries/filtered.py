"""Which single tweets a person's filters hold."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from accounts.models import User
from common.errors import NotFound
from common.replicas.routing import primary
from relationships.filtering import Rule
from tweets.models import FilteredTweet

_KEPT = 2000  # people of whom a process remembers them


def filtered_tweets_in(filter_ids: Collection[int]) -> dict[int, list[FilteredTweet]]:
    """Those of each of these filters, the latest first. One query."""
    found: dict[int, list[FilteredTweet]] = {an_id: [] for an_id in filter_ids}
    rows = FilteredTweet.objects.filter(filter_id__in=list(filter_ids)).order_by("-id")
    for row in rows if found else ():
        found[row.filter_id].append(row)
    return found


def filtered_tweet_for(owner: User, row_id: int) -> FilteredTweet:
    """One of the person's. Raises NotFound for one that is not theirs."""
    found = FilteredTweet.objects.filter(filter__owner=owner, pk=row_id).first()
    if found is None:
        raise NotFound("This tweet stands in no filter any more.")
    return found


def filters_holding(reader: User, rules: Iterable[Rule]) -> Mapping[int, frozenset[int]]:
    """Tweet -> the reader's filters that hold it. No query where none of the rules does, or once known."""
    if not any(rule.holds_tweets for rule in rules):
        return {}
    return _held(reader.pk, reader.filters_revision)


@lru_cache(maxsize=_KEPT)
def _held(owner_id: int, revision: int) -> Mapping[int, frozenset[int]]:
    held: dict[int, set[int]] = {}
    with primary():
        rows = FilteredTweet.objects.filter(filter__owner=owner_id)
        for tweet_id, filter_id in rows.values_list("tweet_id", "filter_id"):
            held.setdefault(tweet_id, set()).add(filter_id)
    return {tweet_id: frozenset(filters) for tweet_id, filters in held.items()}
