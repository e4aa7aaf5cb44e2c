"""Counting anew what counters say: which of them are wrong, and by how much."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Expression, F, IntegerField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from relationships.models import Follow
from tweets.models import Like, Poll, PollVote, Tweet
from tweets.models.poll import has_bit

BATCH = 1000  # rows in one statement


@dataclass(frozen=True, slots=True)
class Drift:
    """A row with counters that are wrong; `missing` is what has to be added to each of those."""

    id: int
    name: str
    counts: Mapping[str, tuple[int, int]]  # name -> what it says, what is true

    @property
    def missing(self) -> dict[str, int]:
        return {name: true - said for name, (said, true) in self.counts.items()}


def wrong_people() -> Iterator[Drift]:
    """People whose counters differ from what is there: their tweets, who follows them, whom they follow."""
    tweets = Tweet.objects.but_messages().filter(retweet_of__isnull=True, hidden_at__isnull=True)
    true = {
        "tweets": _count(tweets, "author"),
        "followers": _count(Follow.objects.all(), "followed"),
        "following": _count(Follow.objects.all(), "follower"),
    }
    for person, counts in _wrong(User.objects.all(), true):
        yield Drift(person.pk, person.handle, counts)


def wrong_tweets() -> Iterator[Drift]:
    """Tweets whose counters differ from the likes, retweets, replies and quotes that are there."""
    true = {
        "likes": _count(Like.objects.all(), "tweet"),
        "retweets": _count(Tweet.objects.all(), "retweet_of"),
        "replies": _count(Tweet.objects.all(), "reply_to"),
        "quotes": _count(Tweet.objects.all(), "quote_of"),
    }
    for tweet, counts in _wrong(Tweet.objects.select_related("author"), true):
        yield Drift(tweet.pk, f"{tweet.author.handle}/{tweet.pk}", counts)


def wrong_polls() -> Iterator[Drift]:
    """Polls whose numbers differ from the votes that are there."""
    polls = Poll.objects.select_related("tweet__author").order_by("pk")
    after = 0
    while batch := list(polls.filter(pk__gt=after)[:BATCH]):
        after = batch[-1].pk
        votes = PollVote.objects.filter(poll__in=batch).values("poll_id", "picked")
        cast: dict[int, list[tuple[int, int]]] = {}
        for row in votes.annotate(number=Count("pk")):
            cast.setdefault(row["poll_id"], []).append((row["picked"], row["number"]))
        for poll in batch:
            wrong = {
                name: pair
                for name, pair in _counted(poll, cast.get(poll.pk, [])).items()
                if pair[0] != pair[1]
            }
            if wrong:
                yield Drift(poll.pk, f"{poll.tweet.author.handle}/{poll.pk}", wrong)


def _counted(poll: Poll, cast: list[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """What the poll says and what is true, given how many voted how."""
    counts = {"voters": (poll.voters_count, sum(number for _, number in cast))}
    for place, said in enumerate(poll.counts):
        true = sum(number for picked, number in cast if has_bit(picked, place))
        counts[f"choice_{place + 1}"] = (said, true)
    return counts


def _wrong(rows, true: Mapping[str, Expression]):  # type: ignore[no-untyped-def]
    """Batch by batch; a counter and what it counts are read in one statement, so both are of one moment."""
    counted = {f"true_{name}": count for name, count in true.items()}
    right = {f"{name}_count": F(f"true_{name}") for name in true}
    after = 0
    while ids := list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        stretch = rows.filter(pk__gt=after, pk__lte=ids[-1])
        for row in list(stretch.annotate(**counted).exclude(**right).order_by("pk")):
            pairs = {name: (getattr(row, f"{name}_count"), getattr(row, f"true_{name}")) for name in true}
            yield row, {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        after = ids[-1]


def _count(rows: QuerySet[Model], column: str) -> Expression:
    mine = rows.filter(**{column: OuterRef("pk")}).order_by().values(column)
    number = Subquery(mine.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return Coalesce(number, Value(0))
