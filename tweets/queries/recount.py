"""Counting anew what counters say: which of them are wrong, and by how much."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

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


# The id up to which was counted, and what was wrong on the way.
Stretch = tuple[int, list[Drift]]


def wrong_people() -> Iterator[Drift]:
    """People whose counters differ from what is there: their tweets, who follows them, whom they follow."""
    return _all(people_in_stretches())


def wrong_tweets() -> Iterator[Drift]:
    """Tweets whose counters differ from the likes, retweets, replies and quotes that are there."""
    return _all(tweets_in_stretches())


def wrong_polls() -> Iterator[Drift]:
    """Polls whose numbers differ from the votes that are there."""
    return _all(polls_in_stretches())


def people_in_stretches(after: int = 0) -> Iterator[Stretch]:
    """`wrong_people` from that id on, stretch by stretch of at most BATCH rows."""
    tweets = Tweet.objects.but_messages().counted().filter(retweet_of__isnull=True)
    true = {
        "tweets": _count(tweets, "author"),
        "followers": _count(Follow.objects.all(), "followed"),
        "following": _count(Follow.objects.all(), "follower"),
    }
    for last, wrong in _wrong(User.objects.all(), true, after):
        yield last, [Drift(person.pk, person.handle, counts) for person, counts in wrong]


def tweets_in_stretches(after: int = 0) -> Iterator[Stretch]:
    """The same for tweets."""
    seen = Tweet.objects.counted()
    true = {
        "likes": _count(Like.objects.all(), "tweet"),
        "retweets": _count(seen, "retweet_of"),
        "replies": _count(seen, "reply_to"),
        "quotes": _count(seen, "quote_of"),
    }
    for last, wrong in _wrong(Tweet.objects.select_related("author"), true, after):
        yield last, [Drift(row.pk, f"{row.author.handle}/{row.pk}", counts) for row, counts in wrong]


def polls_in_stretches(after: int = 0) -> Iterator[Stretch]:
    """The same for polls."""
    polls = Poll.objects.select_related("tweet__author").order_by("pk")
    while batch := list(polls.filter(pk__gt=after)[:BATCH]):
        after = batch[-1].pk
        votes = PollVote.objects.filter(poll__in=batch).values("poll_id", "picked")
        cast: dict[int, list[tuple[int, int]]] = {}
        for row in votes.annotate(number=Count("pk")):
            cast.setdefault(row["poll_id"], []).append((row["picked"], row["number"]))
        yield after, [drift for poll in batch if (drift := _drift_of(poll, cast.get(poll.pk, [])))]


def _all(stretches: Iterator[Stretch]) -> Iterator[Drift]:
    return chain.from_iterable(wrong for _, wrong in stretches)


def _drift_of(poll: Poll, cast: list[tuple[int, int]]) -> Drift | None:
    wrong = {name: pair for name, pair in _counted(poll, cast).items() if pair[0] != pair[1]}
    return Drift(poll.pk, f"{poll.tweet.author.handle}/{poll.pk}", wrong) if wrong else None


def _counted(poll: Poll, cast: list[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """What the poll says and what is true, given how many voted how."""
    counts = {"voters": (poll.voters_count, sum(number for _, number in cast))}
    for place, said in enumerate(poll.counts):
        true = sum(number for picked, number in cast if has_bit(picked, place))
        counts[f"choice_{place + 1}"] = (said, true)
    return counts


def _wrong(rows, true: Mapping[str, Expression], after: int):  # type: ignore[no-untyped-def]
    """Batch by batch; a counter and what it counts are read in one statement, so both are of one moment."""
    counted = {f"true_{name}": count for name, count in true.items()}
    right = {f"{name}_count": F(f"true_{name}") for name in true}
    while ids := list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        stretch = rows.filter(pk__gt=after, pk__lte=ids[-1])
        wrong = []
        for row in stretch.annotate(**counted).exclude(**right).order_by("pk"):
            pairs = {name: (getattr(row, f"{name}_count"), getattr(row, f"true_{name}")) for name in true}
            wrong.append((row, {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}))
        after = ids[-1]
        yield after, wrong


def _count(rows: QuerySet[Model], column: str) -> Expression:
    mine = rows.filter(**{column: OuterRef("pk")}).order_by().values(column)
    number = Subquery(mine.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return Coalesce(number, Value(0))
