"""Words that people cannot type, kept in a tweet's document beside its own: who, to whom, with what."""

from collections.abc import Iterable, Iterator

from search.words import fold
from tweets.models import Tweet

NOTHING = "nothing:"  # in no document


def mark(kind: str, value: str | int) -> str:
    """The word for a condition like from:12 or has:media. Folded, so that #café is #cafe here too."""
    return f"{kind}:{fold(str(value))}"


def marks_of(
    tweet: Tweet, *, named: Iterable[int], tags: Iterable[str], has_images: bool, has_poll: bool
) -> Iterator[str]:
    """All marks of a tweet. `named` are people's ids, `tags` names without #."""
    yield mark("from", tweet.author_id)
    if tweet.reply_to_author_id:
        yield mark("to", tweet.reply_to_author_id)
    yield from (mark("at", person_id) for person_id in named)
    yield from (mark("tag", tag) for tag in tags)
    if has_images:
        yield mark("has", "media")
    if has_poll:
        yield mark("has", "poll")
    if any(kind == "url" for kind, *_ in tweet.entities):
        yield mark("has", "link")
    if tweet.is_reply:
        yield mark("is", "reply")
    if tweet.is_quote:
        yield mark("is", "quote")
    if tweet.language:
        yield mark("lang", tweet.language)
