"""A conversation around one tweet: what it answers, and what was answered, in a fixed number of queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from tweets.models import Tweet

ANCESTORS_SHOWN = 12  # each costs one join by primary key
ANSWERS_SHOWN = (3, 2)  # beneath each reply, and beneath each of those
STEPS_COUNTED = 200  # tweets of one author's own thread that are numbered
_OWN = Q(author_id=F("reply_to_author_id"))  # answers oneself


@dataclass(frozen=True, slots=True)
class Branch:
    """One reply with some of its own; `has_more` tells that others stand on its page."""

    tweet_id: int
    answers: tuple["Branch", ...] = ()
    has_more: bool = False

    def ids(self) -> Iterator[int]:
        yield self.tweet_id
        yield from chain.from_iterable(answer.ids() for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The reply that stood last: the author's own come first, so whose it was is part of the place."""

    tweet_id: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """`ancestors` from the first on, None for each that is gone; their ids may name what is not to be seen.

    `begins_above` is set when the conversation is longer upwards than what is shown. `steps` numbers the
    tweets of a thread that its author wrote alone: id -> (which, of how many).
    """

    ancestors: tuple[int | None, ...]
    begins_above: bool
    replies: tuple[Branch, ...]
    following: Cursor | None
    steps: dict[int, tuple[int, int]]

    def ids(self) -> list[int]:
        replies = chain.from_iterable(branch.ids() for branch in self.replies)
        return [*(an_id for an_id in self.ancestors if an_id is not None), *replies]


def thread_of(
    tweet: Tweet, viewer: User | AnonymousUser, *, after: Cursor | None = None, limit: int
) -> Thread:
    """The thread as it stands around the tweet: its author's own replies first, then all by time.

    Six queries at most, whatever the conversation holds; `limit` counts the replies of the first level.
    """
    ancestors, begins_above = _ancestors(tweet)
    rows = _page(tweet, viewer, after, limit + 1)
    replies = _grown([an_id for an_id, _ in rows[:limit]], viewer)
    following = Cursor(*rows[limit - 1]) if len(rows) > limit else None
    return Thread(ancestors, begins_above, replies, following, _steps(tweet, viewer))


def _ancestors(tweet: Tweet) -> tuple[tuple[int | None, ...], bool]:
    """Upwards in one query: the parent of the parent of … as joined columns of one row."""
    if not tweet.is_reply:
        return (), False
    if tweet.reply_to_id is None:
        return (None,), False
    columns = [f"{'reply_to__' * above}reply_to_id" for above in range(1, ANCESTORS_SHOWN + 1)]
    flags = [f"{'reply_to__' * above}is_reply" for above in range(1, ANCESTORS_SHOWN + 1)]
    row = Tweet.objects.filter(pk=tweet.pk).values_list(*columns, *flags).get()
    found: list[int | None] = [tweet.reply_to_id]
    for parent_id, was_reply in zip(row[:ANCESTORS_SHOWN], row[ANCESTORS_SHOWN:], strict=True):
        if not was_reply:
            return tuple(reversed(found)), False
        found.append(parent_id)
        if parent_id is None:
            return tuple(reversed(found)), False
    return tuple(reversed(found[:ANCESTORS_SHOWN])), True


def _page(
    tweet: Tweet, viewer: User | AnonymousUser, after: Cursor | None, limit: int
) -> list[tuple[int, bool]]:
    """Ids of direct replies, and whether each is the author's own."""
    rows = Tweet.objects.visible_to(viewer).filter(reply_to=tweet)
    own = Q(author_id=tweet.author_id)
    if after is not None:
        behind = Q(id__gt=after.tweet_id)
        rows = rows.filter((own & behind) | ~own if after.is_own else ~own & behind)
    ranked = rows.annotate(rank=_rank(own)).order_by("rank", "id")
    return [(an_id, rank == 0) for an_id, rank in ranked.values_list("id", "rank")[:limit]]


def _grown(ids: Sequence[int], viewer: User | AnonymousUser) -> tuple[Branch, ...]:
    """The replies with what was answered to them, two levels down; deeper ones have pages of their own."""
    levels: list[dict[int, list[int]]] = []
    parents: Sequence[int] = ids
    for shown in (*ANSWERS_SHOWN, 0):
        children = _answers(parents, viewer, shown + 1) if parents else {}
        levels.append(children)
        parents = [an_id for found in children.values() for an_id in found[:shown]]
    return tuple(_branch(an_id, levels, 0) for an_id in ids)


def _branch(tweet_id: int, levels: Sequence[dict[int, list[int]]], level: int) -> Branch:
    found = levels[level].get(tweet_id, [])
    shown = ANSWERS_SHOWN[level] if level < len(ANSWERS_SHOWN) else 0
    answers = tuple(_branch(an_id, levels, level + 1) for an_id in found[:shown])
    return Branch(tweet_id, answers, has_more=len(found) > shown)


def _answers(parents: Sequence[int], viewer: User | AnonymousUser, limit: int) -> dict[int, list[int]]:
    """The first answers to each of these, of the same person first: parent -> ids."""
    rows = Tweet.objects.visible_to(viewer).filter(reply_to_id__in=parents)
    place = Window(RowNumber(), partition_by="reply_to_id", order_by=[_rank(_OWN), "id"])
    found: dict[int, list[int]] = {}
    first: QuerySet[Tweet] = rows.annotate(place=place).filter(place__lte=limit).order_by("place")
    for parent_id, an_id in first.values_list("reply_to_id", "id"):
        found.setdefault(parent_id, []).append(an_id)
    return found


def _steps(tweet: Tweet, viewer: User | AnonymousUser) -> dict[int, tuple[int, int]]:
    """Numbers for a thread whose author answered themselves, from the first tweet of the conversation on."""
    first_id = tweet.conversation_id
    its_author = Tweet.objects.filter(pk=first_id).values("author_id")
    rows = Tweet.objects.visible_to(viewer).filter(conversation_id=first_id, author_id__in=its_author)
    told = rows.order_by("id").values_list("id", "reply_to_id")[:STEPS_COUNTED]
    line = _line(first_id, told)
    return {an_id: (place, len(line)) for place, an_id in enumerate(line, 1)} if len(line) > 1 else {}


def _line(first_id: int, rows: Iterable[tuple[int, int | None]]) -> list[int]:
    """From each tweet to its author's first answer to it."""
    following: dict[int, int] = {}
    is_there = False
    for an_id, parent_id in rows:
        is_there = is_there or an_id == first_id
        if parent_id is not None:
            following.setdefault(parent_id, an_id)
    line = [first_id] if is_there else []
    while line and line[-1] in following:
        line.append(following[line[-1]])
    return line


def _rank(own: Q) -> Case:
    return Case(When(own, then=Value(0)), default=Value(1), output_field=IntegerField())
