"""What they say and like: tweets, replies, retweets, quotes, pictures, tags; every counter is right."""

import json
import random
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate

from django.conf import settings
from django.db import connection
from django.utils import timezone

from attachments.models import Attachment
from common.errors import Invalid
from common.ids import id_at
from tweets.actions.content import Said, read_text
from tweets.draft import TweetDraft
from tweets.models import Hashtag, Like, Mention, Tweet, TweetHashtag, TweetImage
from twitter_clone.crowd.bulk import filling, load
from twitter_clone.crowd.people import weights
from twitter_clone.crowd.scratch import tweets_file

_REPLIES, _RETWEETS, _QUOTES = 0.25, 0.15, 0.05  # parts of all tweets
_PICTURES, _MENTIONS = 0.12, 0.1
_LATELY = 3000  # tweets back within which people answer and spread
_BLURHASH = "LEHV6nWB2yk8pyo0adR*.7kCMdnj"
_SAID, _REPLY, _RETWEET, _QUOTE = range(4)
_VISIBILITIES = ["public"] * 94 + ["quiet"] * 3 + ["followers"] * 3


@dataclass(slots=True)
class _Stretch:
    """Tweets by their place, from the oldest on; `about` is the place of what each answers or spreads."""

    ids: list[int]
    kinds: bytearray = field(default_factory=bytearray)
    authors: "array[int]" = field(default_factory=lambda: array("i"))
    about: "array[int]" = field(default_factory=lambda: array("i"))
    replies: "array[int]" = field(init=False)
    retweets: "array[int]" = field(init=False)
    quotes: "array[int]" = field(init=False)
    likes: "array[int]" = field(init=False)

    def __post_init__(self) -> None:
        empty = [0] * len(self.ids)
        self.replies, self.retweets, self.quotes, self.likes = (array("i", empty) for _ in range(4))


def make_tweets(
    people: list[int],
    number: int,
    since: datetime,
    until: datetime,
    dice: random.Random,
    tail: Callable[[], str] = str,
) -> None:
    """Write that many tweets of the time between, and all that belongs to them.

    `tail` is asked for words that stand behind those of each, plain letters and spaces.
    """
    first, last = id_at(since), id_at(until)
    step = (last - first) // number
    stretch = _Stretch([first + n * step for n in range(number)])
    _decide(stretch, len(people), dice)
    texts, tags = _texts(), _tags()
    chosen = array("H", (dice.randrange(len(texts)) for _ in range(number)))
    with filling(Tweet, Like, Attachment, TweetImage, Mention, TweetHashtag):
        load(Like, ("person", "tweet", "created_at"), _likes(stretch, people, dice))
        load(Tweet, _COLUMNS, _rows(stretch, people, texts, chosen, tail))
        _load_pictures(stretch, people, dice)
        load(Mention, ("tweet", "person"), _mentions(stretch, people, dice))
        load(TweetHashtag, ("hashtag", "tweet"), _tagged(stretch, texts, tags, chosen))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_user SET tweets_count = (SELECT COUNT(*) FROM tweets_tweet t"
            " WHERE t.author_id = accounts_user.id AND t.retweet_of_id IS NULL)"
        )


def _decide(stretch: _Stretch, people: int, dice: random.Random) -> None:
    """Who says it, and what it answers, spreads or quotes; the counters follow."""
    number, roll = len(stretch.ids), dice.random
    stretch.authors.extend(
        dice.choices(range(people), cum_weights=list(accumulate(weights(people))), k=number)
    )
    spread: set[tuple[int, int]] = set()
    counters = {_REPLY: stretch.replies, _RETWEET: stretch.retweets, _QUOTE: stretch.quotes}
    for place in range(number):
        kind, about = _kind(roll()), -1
        if kind != _SAID and place:
            about = max(place - 1 - int(roll() * roll() * _LATELY), 0)
            if stretch.kinds[about] == _RETWEET:
                about = stretch.about[about]
        is_spread_twice = kind == _RETWEET and (about, stretch.authors[place]) in spread
        if about < 0 or is_spread_twice:
            kind, about = _SAID, -1
        if kind == _RETWEET:
            spread.add((about, stretch.authors[place]))
        if kind != _SAID:
            counters[kind][about] += 1
        stretch.kinds.append(kind)
        stretch.about.append(about)


def _kind(rolled: float) -> int:
    for kind, part in ((_REPLY, _REPLIES), (_RETWEET, _RETWEETS), (_QUOTE, _QUOTES)):
        if rolled < part:
            return kind
        rolled -= part
    return _SAID


_COLUMNS = (
    *("id", "author", "text", "html", "entities", "visibility", "conversation_id"),
    *("is_reply", "reply_to", "reply_to_author", "retweet_of", "is_quote", "quote_of"),
    *("likes_count", "retweets_count", "replies_count", "quotes_count"),
)


def _rows(
    stretch: _Stretch,
    people: list[int],
    texts: list[Said],
    chosen: "array[int]",
    tail: Callable[[], str],
) -> Iterator[tuple[object, ...]]:
    entities = [json.dumps(said.entities) for said in texts]
    threads = array("q", stretch.ids)
    empty = replace(texts[0], text="", html="", entities=[])  # of a retweet
    for place, an_id in enumerate(stretch.ids):
        kind, about = stretch.kinds[place], stretch.about[place]
        other = stretch.ids[about] if about >= 0 else None
        said = empty if kind == _RETWEET else texts[chosen[place]]
        more = "" if kind == _RETWEET else tail()
        is_reply = kind == _REPLY
        if is_reply:
            threads[place] = threads[about]
        yield (
            an_id,
            people[stretch.authors[place]],
            said.text + more,
            said.html + more,
            "[]" if kind == _RETWEET else entities[chosen[place]],
            "public" if kind == _RETWEET else _VISIBILITIES[place * 37 % 100],
            threads[place],
            is_reply,
            other if is_reply else None,
            people[stretch.authors[about]] if is_reply else None,
            other if kind == _RETWEET else None,
            kind == _QUOTE,
            other if kind == _QUOTE else None,
            stretch.likes[place],
            stretch.retweets[place],
            stretch.replies[place],
            stretch.quotes[place],
        )


def _likes(stretch: _Stretch, people: list[int], dice: random.Random) -> Iterator[tuple[int, int, str]]:
    """Two for each tweet on average: most have none, a few have hundreds."""
    now, number = str(timezone.now()), len(people)
    for place, an_id in enumerate(stretch.ids):
        if stretch.kinds[place] == _RETWEET:
            continue
        wanted = min(int(dice.paretovariate(1.2)) - 1, number // 10)
        likers = {dice.randrange(number) for _ in range(wanted)}
        stretch.likes[place] = len(likers)
        for liker in sorted(likers):
            yield people[liker], an_id, now


def _load_pictures(stretch: _Stretch, people: list[int], dice: random.Random) -> None:
    """One to four on some tweets. The files are not there; what a card shows of them is."""
    shown = [
        (place, position)
        for place in range(len(stretch.ids))
        if stretch.kinds[place] != _RETWEET and dice.random() < _PICTURES
        for position in range(dice.choice((1, 1, 1, 2, 4)))
    ]
    now = str(timezone.now())
    names = ("id", "owner", "state", "claimed_at", "format", "width", "height", "blurhash", "description",
             "stem", "thumb", "card", "card_webp", "full", "full_webp")  # fmt: skip
    load(
        Attachment,
        names,
        (
            (stretch.ids[place] + position, people[stretch.authors[place]], "ready", now, "jpeg", 1600, 1200,
             _BLURHASH, "A view over the harbour in the morning", stem,
             *(f"{stem}.{part}" for part in ("thumb.jpg", "card.jpg", "card.webp", "full.jpg", "full.webp")))
            for place, position in shown
            for stem in [f"pictures/{stretch.ids[place] + position}"]
        ),
    )  # fmt: skip
    rows = ((stretch.ids[place], stretch.ids[place] + position, position) for place, position in shown)
    load(TweetImage, ("tweet", "attachment", "position"), rows)


def _mentions(stretch: _Stretch, people: list[int], dice: random.Random) -> Iterator[tuple[int, int]]:
    for place, an_id in enumerate(stretch.ids):
        if stretch.kinds[place] != _RETWEET and dice.random() < _MENTIONS:
            yield an_id, people[dice.randrange(len(people))]


def _tagged(
    stretch: _Stretch, texts: list[Said], tags: dict[str, int], chosen: "array[int]"
) -> Iterator[tuple[int, int]]:
    for place, an_id in enumerate(stretch.ids):
        if stretch.kinds[place] != _RETWEET:
            for tag in dict.fromkeys(texts[chosen[place]].hashtags):
                yield tags[tag], an_id


_read: list[Said] = []


def _texts() -> list[Said]:
    """The real tweets, read once as posting reads them."""
    if not _read:
        path, _ = tweets_file(settings.DATA_DIR)
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                _read.append(read_text(TweetDraft(text=line)))
            except Invalid:
                continue
    return _read


def _tags() -> dict[str, int]:
    if not Hashtag.objects.exists():
        names = {name for said in _texts() for name in said.hashtags}
        Hashtag.objects.bulk_create(Hashtag(name=name) for name in sorted(names))
    return dict(Hashtag.objects.values_list("name", "id"))
