"""A tweet as readers see it. A whole page of cards is loaded in two queries, whatever it holds.

Templates and API shapes read cards and never query. Everything a card shows is worked out here, and a
card is a value: two equal ones look the same, so what was drawn for one can be shown for the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from time import time

from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from attachments.models import Attachment
from common.ids import moment_of
from tweets.models import Tweet, TweetImage

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_LINES = 12
_LINE_CHARACTERS = 60  # about one line of a card
_MINUTE, _HOUR, _DAY = 60, 3600, 86400  # seconds


# What a card shows of a picture.
_IMAGE_FIELDS = (
    "tweet_id",
    "position",
    *(f"attachment__{name}" for name in ("width", "height", "description", "blurhash", "is_animated")),
    *(f"attachment__{name}" for name in ("thumb", "card", "card_webp", "full")),
)


@dataclass(frozen=True, slots=True)
class AuthorCard:
    """The person as the head of a card shows them."""

    id: int
    shown_name: str
    handle: str
    full_handle: str
    path: str
    avatar_url: str


@dataclass(frozen=True, slots=True)
class ImageCard:
    """One picture on a card; sizes in pixels of the full view."""

    id: int
    url: str
    webp_url: str
    full_url: str
    page_path: str
    width: int
    height: int
    description: str
    blurhash: str
    is_animated: bool


@dataclass(frozen=True, slots=True)
class TweetCard:
    id: int
    author: AuthorCard
    text: str
    html: SafeString
    path: str
    age: str
    iso: str
    when: str
    edited: bool
    is_mine: bool
    is_long: bool
    images: tuple[ImageCard, ...]

    @property
    def history_path(self) -> str:
        return f"{self.path}/history"

    @property
    def edit_path(self) -> str:
        return f"/edit/{self.id}/"

    @property
    def delete_path(self) -> str:
        return f"/delete/{self.id}/"


def cards_for(ids: Sequence[int], viewer: User | AnonymousUser) -> list[TweetCard]:
    """The cards in the order of the ids; what the viewer may not see is left out. Two queries."""
    if not ids:
        return []
    tweets = Tweet.objects.visible_to(viewer).for_cards().in_bulk(ids)
    return cards_of([tweets[an_id] for an_id in ids if an_id in tweets], viewer)


def card_of(tweet: Tweet, viewer: User | AnonymousUser) -> TweetCard:
    """The card of one tweet that was found already, with its author. One query."""
    return cards_of([tweet], viewer)[0]


def author_card(author: User) -> AuthorCard:
    """The person as cards and lists show them. No query."""
    return AuthorCard(
        id=author.id,
        shown_name=author.shown_name,
        handle=author.handle,
        full_handle=author.full_handle,
        path=author.path,
        avatar_url=author.avatar_url,
    )


def cards_of(tweets: Sequence[Tweet], viewer: User | AnonymousUser) -> list[TweetCard]:
    """The cards of tweets that were found already, with their authors, in the same order. One query."""
    if not tweets:
        return []
    images = _images_by_tweet(tweet.id for tweet in tweets)
    authors = {tweet.author_id: author_card(tweet.author) for tweet in tweets}
    now = time()
    return [
        _card(tweet, authors[tweet.author_id], images[tweet.id], tweet.author_id == viewer.pk, now)
        for tweet in tweets
    ]


def _images_by_tweet(tweet_ids: Iterable[int]) -> defaultdict[int, list[Attachment]]:
    shown = TweetImage.objects.filter(tweet_id__in=list(tweet_ids)).select_related("attachment")
    images: defaultdict[int, list[Attachment]] = defaultdict(list)
    # Sorted here: the ORM takes longer to write an ORDER BY than we to sort a page of pictures.
    for row in sorted(shown.only(*_IMAGE_FIELDS), key=attrgetter("position")):
        images[row.tweet_id].append(row.attachment)
    return images


def _card(tweet: Tweet, author: AuthorCard, images: list[Attachment], is_mine: bool, now: float) -> TweetCard:
    path = f"{author.path}/{tweet.id}"
    moment = moment_of(tweet.id)
    return TweetCard(
        id=tweet.id,
        author=author,
        text=tweet.text,
        html=mark_safe(tweet.html),  # noqa: S308  finished and escaped when written, see tweets/text
        path=path,
        age=_age(moment, now),
        iso=moment.isoformat(timespec="seconds"),
        when=f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC",
        edited=tweet.edited_at is not None,
        is_mine=is_mine,
        is_long=_is_long(tweet.text),
        images=tuple(_image_card(image, f"{path}/picture/{place}") for place, image in enumerate(images, 1)),
    )


def _image_card(image: Attachment, page_path: str) -> ImageCard:
    return ImageCard(
        id=image.id,
        url=image.url,
        webp_url=image.webp_url,
        full_url=image.full_url,
        page_path=page_path,
        width=image.width,
        height=image.height,
        description=image.description,
        blurhash=image.blurhash,
        is_animated=image.is_animated,
    )


def _age(moment: datetime, now: float) -> str:
    """How long ago, as short as a card wants it: now, 5m, 3h, 12 Mar, 12 Mar 2025."""
    seconds = now - moment.timestamp()
    if seconds < _MINUTE:
        return "now"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)}m"
    if seconds < _DAY:
        return f"{int(seconds // _HOUR)}h"
    day = f"{moment.day} {_MONTHS[moment.month - 1]}"
    return (
        day if moment.year == datetime.fromtimestamp(now, tz=moment.tzinfo).year else f"{day} {moment.year}"
    )


def _is_long(text: str) -> bool:
    if len(text) < _LONG_LINES:
        return False
    return sum(1 + len(line) // _LINE_CHARACTERS for line in text.split("\n")) > _LONG_LINES
