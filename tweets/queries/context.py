"""What stands above and beneath one tweet, as a list of ids: the whole conversation in one query."""

from collections.abc import Iterator

from tweets.models import Tweet

_MOST_READ = 4000  # tweets of one conversation that are looked at


def context_of(tweet: Tweet, most_above: int, most_beneath: int) -> tuple[list[int], list[int]]:
    """Ids of what it answers, from the first on, and of all answers beneath it, each before its own answers.

    Whoever draws them leaves out what the reader may not see.
    """
    rows = Tweet.objects.filter(conversation_id=tweet.conversation_id, retweet_of__isnull=True)
    pairs = rows.order_by("id").values_list("id", "reply_to_id")[:_MOST_READ]
    parents: dict[int, int | None] = dict(pairs)
    parents.setdefault(tweet.id, tweet.reply_to_id)
    answers: dict[int, list[int]] = {}
    for an_id, parent_id in parents.items():
        if parent_id is not None:
            answers.setdefault(parent_id, []).append(an_id)
    above = list(_upwards(tweet.id, parents))[:most_above]
    beneath = [an_id for an_id, _ in zip(_downwards(tweet.id, answers), range(most_beneath), strict=False)]
    return above[::-1], beneath


def _upwards(an_id: int, parents: dict[int, int | None]) -> Iterator[int]:
    while (parent_id := parents.get(an_id)) is not None:
        yield parent_id
        an_id = parent_id


def _downwards(an_id: int, answers: dict[int, list[int]]) -> Iterator[int]:
    """Depth first, without recursion: a conversation may be thousands deep."""
    waiting = answers.get(an_id, [])[::-1]
    while waiting:
        following = waiting.pop()
        yield following
        waiting += answers.get(following, [])[::-1]
