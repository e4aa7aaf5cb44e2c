"""A tweet as readers see it. A whole page of cards is loaded in a fixed number of queries, whatever it holds.

Templates and API shapes read cards and never query. Everything a card shows is worked out here, and a
card is a value: two equal ones look the same, so what was drawn for one can be shown for the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import time

from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from attachments.models import Attachment
from common.errors import NotFound
from common.ids import moment_of
from tweets.ages import age_of, full_time
from tweets.models import Tweet
from tweets.page_card import PageCard, page_card
from tweets.poll_card import PollCard, poll_card
from tweets.queries.shown import ShownImage, ShownTweet, Viewer, shown_images, shown_tweets

_LONG_LINES = 12
_LINE_CHARACTERS = 60  # about one line of a card

_PEOPLE_KEPT, _IMAGES_KEPT = 4000, 2000  # in the memory of a process, about half a KB each


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
    not to be seen; `is_reply` and `is_quote` tell. `is_quotable`: its author lets the reader quote it.
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
    poll: PollCard | None = None
    page: PageCard | None = None  # the first page it links to
    warning: str = ""
    is_sensitive: bool = False
    language: str = ""
    is_unfolded: bool = False  # the reader wants to see at once what stands behind warnings
    is_held: bool = False  # nobody but its author sees it until staff looked at it
    is_covered: bool = False  # its pictures, until the reader asks for them
    because_of: str = ""  # the tag that the reader follows, when this is why it stands there
    filtered_by: tuple[str, ...] = ()  # titles of the reader's word filters it stands behind

    @property
    def is_open(self) -> bool:
        """Whether everybody may read it, and so spread it."""
        return self.visibility in Tweet.OPEN

    @property
    def gist(self) -> str:
        """Its words where there is room for a line only: the warning in their place, where there is one."""
        return self.warning or self.text

    @property
    def shown_unasked(self) -> tuple[ImageCard, ...]:
        """The pictures that may stand where nobody opens anything first: previews, feed readers."""
        return () if self.warning or self.is_sensitive else self.images

    @property
    def history_path(self) -> str:
        return f"{self.path}/history"

    @property
    def edit_path(self) -> str:
        return f"/edit/{self.id}/"

    @property
    def delete_path(self) -> str:
        return f"/delete/{self.id}/"

    @property
    def redraft_path(self) -> str:
        return f"/redraft/{self.id}/"


def cards_for(ids: Sequence[int], viewer: Viewer) -> list[TweetCard]:
    """The cards in the order of the ids, without what the viewer may not see and retweets of it.

    Two queries, whatever they hold.
    """
    shown = shown_tweets(ids, viewer)
    pairs = [
        (row, tweet)
        for row in map(shown.get, ids)
        if row and (tweet := shown.get(row.retweet_of_id) if row.retweet_of_id else row)
    ]
    draw = _Drawer(shown, shown_images(shown), viewer)
    return [draw.entry(row, tweet) for row, tweet in pairs]


def card_of(tweet: Tweet, viewer: Viewer) -> TweetCard:
    """The card of one tweet that was found already.

    Raises NotFound for a retweet of something the viewer may not see, and for what is gone since.
    """
    cards = cards_for([tweet.id], viewer)
    if not cards:
        raise NotFound("This tweet does not exist, or you may not see it.")
    return cards[0]


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


class _Drawer:
    """Makes cards of one page out of everything that was loaded for it."""

    def __init__(
        self, shown: Mapping[int, ShownTweet], images: Mapping[int, list[ShownImage]], viewer: Viewer
    ) -> None:
        self._shown, self._images, self._viewer_id = shown, images, viewer.pk
        self._hides_counts = viewer.pk is not None and viewer.hides_counts
        self._unfolds = viewer.pk is not None and viewer.opens_warnings
        self._pictures = viewer.pictures_shown if viewer.pk is not None else User.PicturesShown.HARMLESS
        self._now = time()

    def entry(self, row: ShownTweet, tweet: ShownTweet) -> TweetCard:
        """The card of a row of a list; for a retweet `tweet` is what it spreads."""
        spread_by = _author_of(row) if row.retweet_of_id else None
        quoted = self._shown.get(tweet.quote_of_id) if tweet.quote_of_id else None
        quote = self._card(quoted, quoted.id, None, None) if quoted else None
        return self._card(tweet, row.id, quote, spread_by)

    def _covers(self, tweet: ShownTweet) -> bool:
        if tweet.is_sensitive or tweet.author__is_sensitive:
            return self._pictures != User.PicturesShown.ALL
        return self._pictures == User.PicturesShown.NONE

    def _card(
        self, tweet: ShownTweet, entry_id: int, quote: TweetCard | None, spread_by: AuthorCard | None
    ) -> TweetCard:
        author = _author_of(tweet)
        path = f"{author.path}/{tweet.id}"
        moment = moment_of(tweet.id)
        pictures = enumerate(self._images.get(tweet.id, ()), 1)
        return TweetCard(
            id=tweet.id,
            entry_id=entry_id,
            author=author,
            text=tweet.text,
            html=mark_safe(tweet.html),  # noqa: S308  finished and escaped when written, see tweets/text
            warning=tweet.warning,
            is_sensitive=tweet.is_sensitive or tweet.author__is_sensitive,
            language=tweet.language,
            is_unfolded=bool(tweet.warning) and self._unfolds,
            is_covered=tweet.id in self._images and self._covers(tweet),
            path=path,
            age=age_of(moment, self._now),
            iso=f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            when=full_time(moment),
            edited=tweet.edited_at is not None,
            visibility=tweet.visibility,
            is_held=tweet.held_at is not None,
            is_mine=tweet.author_id == self._viewer_id,
            is_long=_is_long(tweet.text),
            # The focus, last, is for apps, which cut pictures; the site shows them whole.
            images=tuple(_image_card(f"{path}/picture/{place}", *image[2:-2]) for place, image in pictures),
            page=page_card(tweet, is_covered=bool(tweet.link_card__picture) and self._covers(tweet)),
            poll=poll_card(tweet, self._viewer_id, self._now, hides_counts=self._hides_counts),
            likes=0 if self._hides_counts else tweet.likes_count,
            retweets=0 if self._hides_counts else tweet.retweets_count,
            replies=0 if self._hides_counts else tweet.replies_count,
            quotes=0 if self._hides_counts else tweet.quotes_count,
            liked=tweet.liked,
            retweeted=tweet.retweeted,
            bookmarked=tweet.bookmarked,
            pinned=tweet.pinned_at is not None,
            conversation_id=tweet.conversation_id,
            is_reply=tweet.is_reply,
            parent_id=tweet.reply_to_id,
            replying_to=_answered_by(tweet),
            is_quote=tweet.is_quote,
            is_quotable=tweet.is_quotable,
            quote=quote,
            retweeted_by=spread_by,
        )


def _author_of(tweet: ShownTweet) -> AuthorCard:
    return _person(tweet.author_id, tweet.author__username, tweet.author__display_name, tweet.author__avatar)


def _answered_by(tweet: ShownTweet) -> AuthorCard | None:
    """Whom it answers; None also when that account is gone."""
    person_id, username = tweet.reply_to_author_id, tweet.reply_to_author__username
    if person_id is None or username is None:
        return None
    display_name, avatar = tweet.reply_to_author__display_name, tweet.reply_to_author__avatar
    return _person(person_id, username, display_name or "", avatar or "")


@lru_cache(maxsize=_PEOPLE_KEPT)
def _person(an_id: int, username: str, display_name: str, avatar: str) -> AuthorCard:
    """Kept for the same values, so a new name is another card: finding addresses of files takes long."""
    return author_card(User(id=an_id, username=username, display_name=display_name, avatar=avatar))


@lru_cache(maxsize=_IMAGES_KEPT)
def _image_card(
    page_path: str,
    an_id: int,
    width: int,
    height: int,
    description: str,
    blurhash: str,
    is_animated: bool,
    *files: str,
) -> ImageCard:
    """Kept like people."""
    image = Attachment(id=an_id, **dict(zip(("thumb", "card", "card_webp", "full"), files, strict=True)))
    return ImageCard(
        id=an_id,
        url=image.url,
        webp_url=image.webp_url,
        full_url=image.full_url,
        page_path=page_path,
        width=width,
        height=height,
        description=description,
        blurhash=blurhash,
        is_animated=is_animated,
    )


def _is_long(text: str) -> bool:
    if len(text) < _LONG_LINES:
        return False
    return sum(1 + len(line) // _LINE_CHARACTERS for line in text.split("\n")) > _LONG_LINES
