"""A tweet on other sites: the frame around it and the code for it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.errors import NotFound
from tweets.cards import TweetCard, card_of
from tweets.queries import original_for
from web.outside import outside_address

# Pixels. Without a script on the other site nobody can ask how high a tweet is, so it is estimated.
_HEAD_AND_FOOT = 176
_LINE, _CHARACTERS_IN_LINE = 24, 52
_WIDE, _TALLEST, _MEDIA = 516, 500, 300  # of a picture alone, of several together
_QUOTE, _WARNING = 130, 80
_CHOICE, _POLL_FOOT = 40, 36
_PAGE, _LARGE_PAGE = 130, 400
_HIGHEST = 900


@dataclass(frozen=True, slots=True)
class Frame:
    """`width` and `height` in pixels."""

    card: TweetCard
    width: int
    height: int

    @property
    def html(self) -> SafeString:
        """The code that another site puts into its page."""
        return format_html(
            '<iframe src="{}/embed" width="{}" height="{}" title="Tweet by {}" loading="lazy" '
            'style="border:0;max-width:100%"></iframe>',
            outside_address(self.card.path),
            self.width,
            self.height,
            self.card.author.full_handle,
        )


def embedded_card(tweet_id: int) -> TweetCard:
    """The tweet as a visitor sees it, whoever asks. Raises NotFound for what is not for everybody."""
    visitor = AnonymousUser()
    tweet = original_for(visitor, tweet_id)
    if not tweet.is_open:
        raise NotFound("This tweet does not exist, or you may not see it.")
    return card_of(tweet, visitor)


def frame_of(card: TweetCard, max_width: int | None = None, max_height: int | None = None) -> Frame:
    """Not larger than what is asked for; a tweet that does not fit can be scrolled."""
    width = min(settings.EMBED_WIDTH, max_width or settings.EMBED_WIDTH)
    return Frame(card, width, min(_height(card), max_height or _HIGHEST))


def _height(card: TweetCard) -> int:
    if card.warning:
        return _HEAD_AND_FOOT + _WARNING
    lines = sum(1 + len(line) // _CHARACTERS_IN_LINE for line in card.text.split("\n")) if card.text else 0
    extra = _media_height(card) + (_QUOTE if card.is_quote else 0)
    if card.poll:
        extra += _CHOICE * len(card.poll.choices) + _POLL_FOOT
    if card.page:
        extra += _LARGE_PAGE if card.page.is_large else _PAGE
    return min(_HEAD_AND_FOOT + lines * _LINE + extra, _HIGHEST)


def _media_height(card: TweetCard) -> int:
    if len(card.images) != 1:
        return _MEDIA if card.images else 0
    (image,) = card.images
    return min(_TALLEST, _WIDE * image.height // max(image.width, 1)) + _LINE
