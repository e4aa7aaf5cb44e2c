"""A conversation as its page draws it: cards in place of ids, and where the next replies are."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from common.errors import NotFound
from common.paging import whole_id
from tweets.cards import TweetCard, cards_for
from tweets.filtering import Context, filtered, folded
from tweets.models import Tweet
from tweets.queries import Branch, Cursor, Thread, thread_of


@dataclass(frozen=True, slots=True)
class Reply:
    """One tweet of a thread; `step` numbers it ("2/5") where its author answered themselves."""

    card: TweetCard
    step: str
    answers: tuple["Reply", ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """`above` from the first on, None where a tweet is gone; `beginning` leads to what stands above those."""

    above: tuple[Reply | None, ...]
    beginning: str
    focus: Reply
    replies: tuple[Reply, ...]
    next_url: str
    is_first: bool


def thread_page(request: HttpRequest, tweet: Tweet) -> ThreadPage:
    """The page around the tweet. `?own=ID` and `?after=ID` tell behind which reply it goes on."""
    after = _cursor(request)
    thread = thread_of(tweet, request.user, after=after, limit=settings.FEED_PAGE_SIZE)
    cards = {card.id: card for card in cards_for([tweet.id, *thread.ids()], request.user)}
    if tweet.id not in cards:  # gone since it was found
        raise NotFound("This tweet does not exist, or you may not see it.")
    steps = {an_id: f"{place}/{total}" for an_id, (place, total) in thread.steps.items()}
    focus = folded(cards[tweet.id], request.user, Context.THREAD)
    kept = {card.id: card for card in filtered(list(cards.values()), request.user, Context.THREAD)}
    hidden = cards.keys() - kept.keys()
    above = tuple(_above(an_id, kept, steps) for an_id in thread.ancestors if an_id not in hidden)
    return ThreadPage(
        above=above,
        beginning=_beginning(thread, above),
        focus=Reply(focus, steps.get(tweet.id, "")),
        replies=_replies(thread.replies, kept, steps),
        next_url=_next_url(request, thread.following),
        is_first=after is None,
    )


def _cursor(request: HttpRequest) -> Cursor | None:
    for name, is_own in (("own", True), ("after", False)):
        tweet_id = whole_id(request.GET.get(name, ""))
        if tweet_id is not None:
            return Cursor(tweet_id, is_own)
    return None


def _above(an_id: int | None, cards: Mapping[int, TweetCard], steps: Mapping[int, str]) -> Reply | None:
    card = cards.get(an_id or 0)
    return Reply(card, steps.get(card.id, "")) if card else None


def _beginning(thread: Thread, above: tuple[Reply | None, ...]) -> str:
    """The page of the highest tweet that is shown, which shows what stands above it."""
    highest = next(filter(None, above), None)
    return highest.card.path if thread.begins_above and highest else ""


def _replies(
    branches: tuple[Branch, ...], cards: Mapping[int, TweetCard], steps: Mapping[int, str]
) -> tuple[Reply, ...]:
    return tuple(
        Reply(
            cards[branch.tweet_id],
            steps.get(branch.tweet_id, ""),
            _replies(branch.answers, cards, steps),
            branch.has_more,
        )
        for branch in branches
        if branch.tweet_id in cards
    )


def _next_url(request: HttpRequest, following: Cursor | None) -> str:
    if following is None:
        return ""
    return f"{request.path}?{urlencode({'own' if following.is_own else 'after': following.tweet_id})}"
