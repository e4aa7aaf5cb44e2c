"""A tweet as readers see it. A whole page of cards is loaded in a fixed number of queries, whatever it holds.

Templates and API shapes read cards and never query. Everything a card shows is worked out here, and a
card is a value: two equal ones look the same, so what was drawn for one can be shown for the other.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from time import time

from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from attachments.models import Attachment
from common.errors import NotFound
from common.ids import moment_of
from tweets.models import Tweet, TweetImage
from tweets.queries.marks import Marks, marks_of

Viewer = User | AnonymousUser

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
    """`entry_id` is the row that stands in a list: the retweet, where `retweeted_by` spread the tweet.

    `replying_to` is None also when that account is gone, `quote` also when the quoted tweet is gone or
    not to be seen; `is_reply` and `is_quote` tell. `is_quotable` unless its author wants no quotes at all.
    """

    id: int
    entry_id: int
    author: AuthorCard
    text: str
    html: SafeString
    path: str
    age: str
    iso: str
    when: str
    edited: bool
    visibility: str
    is_mine: bool
    is_long: bool
    images: tuple[ImageCard, ...]
    likes: int
    retweets: int
    replies: int
    quotes: int
    liked: bool
    retweeted: bool
    bookmarked: bool
    pinned: bool
    conversation_id: int
    is_reply: bool
    parent_id: int | None
    replying_to: AuthorCard | None
    is_quote: bool
    is_quotable: bool
    quote: "TweetCard | None"
    retweeted_by: AuthorCard | None
    filtered_by: tuple[str, ...] = ()  # titles of the reader's word filters it stands behind

    @property
    def is_open(self) -> bool:
        """Whether everybody may read it, and so spread it."""
        return self.visibility in Tweet.OPEN

    @property
    def history_path(self) -> str:
        return f"{self.path}/history"

    @property
    def edit_path(self) -> str:
        return f"/edit/{self.id}/"

    @property
    def delete_path(self) -> str:
        return f"/delete/{self.id}/"


def cards_for(ids: Sequence[int], viewer: Viewer) -> list[TweetCard]:
    """The cards in the order of the ids; what the viewer may not see is left out.

    Five queries at most: the tweets, what they retweet, what is quoted, pictures, the viewer's marks.
    """
    if not ids:
        return []
    found = Tweet.objects.visible_to(viewer).for_cards().in_bulk(ids)
    return cards_of([found[an_id] for an_id in ids if an_id in found], viewer)


def card_of(tweet: Tweet, viewer: Viewer) -> TweetCard:
    """The card of one tweet that was found already, with its author.

    Raises NotFound for a retweet of something the viewer may not see.
    """
    cards = cards_of([tweet], viewer)
    if not cards:
        raise NotFound("This tweet does not exist, or you may not see it.")
    return cards[0]


def age_of(moment: datetime) -> str:
    """How long ago, in the words of a card."""
    return _age(moment, time())


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


def cards_of(rows: Sequence[Tweet], viewer: Viewer) -> list[TweetCard]:
    """The cards of rows that were found already by `for_cards`, in the same order. Four queries at most."""
    if not rows:
        return []
    originals = _find((row.retweet_of_id for row in rows), viewer)
    pairs = [
        (row, tweet)
        for row in rows
        if (tweet := originals.get(row.retweet_of_id) if row.retweet_of_id else row) is not None
    ]
    quoted = _find((tweet.quote_of_id for _, tweet in pairs), viewer)
    everything = {tweet.id for _, tweet in pairs} | quoted.keys()
    draw = _Drawer(_images_by_tweet(everything), marks_of(viewer, everything), viewer)
    return [draw.entry(row, tweet, quoted.get(tweet.quote_of_id or 0)) for row, tweet in pairs]


def _find(ids: Iterable[int | None], viewer: Viewer) -> dict[int, Tweet]:
    wanted = {an_id for an_id in ids if an_id is not None}
    return Tweet.objects.visible_to(viewer).for_cards().in_bulk(wanted) if wanted else {}


def _images_by_tweet(tweet_ids: Collection[int]) -> dict[int, list[Attachment]]:
    images: dict[int, list[Attachment]] = {}
    if tweet_ids:
        shown = TweetImage.objects.filter(tweet_id__in=list(tweet_ids)).select_related("attachment")
        # Sorted here: the ORM takes longer to write an ORDER BY than we to sort a page of pictures.
        for row in sorted(shown.only(*_IMAGE_FIELDS), key=attrgetter("position")):
            images.setdefault(row.tweet_id, []).append(row.attachment)
    return images


class _Drawer:
    """Makes cards of one page out of everything that was loaded for it."""

    def __init__(self, images: dict[int, list[Attachment]], marks: Marks, viewer: Viewer) -> None:
        self._images, self._marks, self._viewer_id = images, marks, viewer.pk
        self._hides_counts = viewer.pk is not None and viewer.hides_counts
        self._now = time()
        self._people: dict[int, AuthorCard] = {}

    def entry(self, row: Tweet, tweet: Tweet, quoted: Tweet | None) -> TweetCard:
        """The card of a row of a list; for a retweet `tweet` is what it spreads."""
        spread_by = self._person(row.author) if row.retweet_of_id else None
        quote = self._card(quoted, quoted.id, None, None) if quoted else None
        return self._card(tweet, row.id, quote, spread_by)

    def _card(
        self, tweet: Tweet, entry_id: int, quote: TweetCard | None, spread_by: AuthorCard | None
    ) -> TweetCard:
        author = self._person(tweet.author)
        path = f"{author.path}/{tweet.id}"
        moment = moment_of(tweet.id)
        pictures = enumerate(self._images.get(tweet.id, ()), 1)
        return TweetCard(
            id=tweet.id,
            entry_id=entry_id,
            author=author,
            text=tweet.text,
            html=mark_safe(tweet.html),  # noqa: S308  finished and escaped when written, see tweets/text
            path=path,
            age=_age(moment, self._now),
            iso=moment.isoformat(timespec="seconds"),
            when=f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC",
            edited=tweet.edited_at is not None,
            visibility=tweet.visibility,
            is_mine=tweet.author_id == self._viewer_id,
            is_long=_is_long(tweet.text),
            images=tuple(_image_card(image, f"{path}/picture/{place}") for place, image in pictures),
            likes=0 if self._hides_counts else tweet.likes_count,
            retweets=0 if self._hides_counts else tweet.retweets_count,
            replies=0 if self._hides_counts else tweet.replies_count,
            quotes=0 if self._hides_counts else tweet.quotes_count,
            liked=tweet.id in self._marks.liked,
            retweeted=tweet.id in self._marks.retweeted,
            bookmarked=tweet.id in self._marks.bookmarked,
            pinned=tweet.pinned_at is not None,
            conversation_id=tweet.conversation_id,
            is_reply=tweet.is_reply,
            parent_id=tweet.reply_to_id,
            replying_to=self._person(tweet.reply_to_author) if tweet.reply_to_author else None,
            is_quote=tweet.is_quote,
            is_quotable=tweet.quoters != Tweet.Quoters.NOBODY or tweet.author_id == self._viewer_id,
            quote=quote,
            retweeted_by=spread_by,
        )

    def _person(self, person: User) -> AuthorCard:
        known = self._people.get(person.id)
        if known is None:
            known = self._people[person.id] = author_card(person)
        return known


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
    is_recent = moment.year == datetime.fromtimestamp(now, tz=moment.tzinfo).year
    return day if is_recent else f"{day} {moment.year}"


def _is_long(text: str) -> bool:
    if len(text) < _LONG_LINES:
        return False
    return sum(1 + len(line) // _LINE_CHARACTERS for line in text.split("\n")) > _LONG_LINES
