"""Cards, and what else looks the same for many readers: drawn once for the same values."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from analytics.actions import note_tweet
from common.naming import site_name
from tweets.cards import TweetCard
from tweets.models import Tweet
from web.side import Side, Suggestion

_KEPT = 1000  # drawn cards in the memory of a process, about 5 KB each
_SIDES_KEPT = 200  # about 3 KB each
_BASE_83 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
_BLURHASH_LENGTH = 6  # at least: its grid, its brightest value, its mean colour
_SEEN_AT_ONCE = 2  # cards from the top whose pictures are loaded without waiting

register = template.Library()


@register.simple_tag
def draw(
    card: TweetCard, place: int, *, step: str = "", in_thread: bool = False, is_pinned: bool = False
) -> SafeString:
    """The card as it stands at that place of a list, counted from 1.

    `step` numbers the tweets of a thread ("2/5"); `in_thread` leaves out whom it answers, which stands
    above it; `is_pinned` says that it stands first because its author put it there.

    A card is all that its template sees, so it never has to be thrown away: whatever changes a tweet,
    its author or its reader's part in it makes a different card. Drawing took half the time of a page.
    """
    if not card.filtered_by and card.visibility != Tweet.Visibility.DIRECT:
        note_tweet(card.id, card.author.id)
    draw_card = _draw if settings.DEBUG else _kept
    return draw_card(card, place > _SEEN_AT_ONCE, step, in_thread, is_pinned)


@register.simple_tag
def draw_side(around: Side | None, is_signed_in: bool, strangers: list[int] | None = None) -> SafeString:
    """The right column: drawn once a minute for the same people in it, most of all for visitors."""
    around, is_signed_in = around or None, bool(is_signed_in)  # the error pages know neither
    to_follow = around.to_follow(strangers) if around and strangers else ()
    draw_side = _draw_side if settings.DEBUG else _kept_side
    return draw_side(around, is_signed_in, to_follow)


@register.filter
def short_count(number: int) -> str:
    """A counter as a card has room for it: 999, 1.2K, 34K, 1.1M; nothing for none.

    Always rounded down: nobody has a thousand likes with 999.
    """
    if not number:
        return ""
    for size, unit in ((1_000_000, "M"), (1_000, "K")):
        if number >= size:
            tenths = number * 10 // size
            whole = tenths >= 100 or tenths % 10 == 0
            return f"{tenths // 10}{unit}" if whole else f"{tenths // 10}.{tenths % 10}{unit}"
    return str(number)


@register.filter
def mean_colour(blurhash: str) -> str:
    """The mean colour of a picture, which its blurhash holds behind two digits; grey without one."""
    packed = 0
    for digit in blurhash[2:6]:
        packed = packed * 83 + _BASE_83.find(digit)
    return f"#{packed:06x}" if len(blurhash) >= _BLURHASH_LENGTH and 0 <= packed < 1 << 24 else "#8b96a3"


def _draw(card: TweetCard, is_lazy: bool, step: str, in_thread: bool, is_pinned: bool) -> SafeString:
    seen = {
        "card": card,
        "is_lazy": is_lazy,
        "is_short": True,
        "is_quoted": False,  # what a template finds nowhere costs it ten times as much
        "step": step,
        "in_thread": in_thread,
        "is_pinned": is_pinned,
    }
    return render_to_string("web/_card.html", seen)


def _draw_side(around: Side | None, is_signed_in: bool, to_follow: tuple[Suggestion, ...]) -> SafeString:
    context = {
        "around": around,
        "to_follow": to_follow,
        "is_signed_in": is_signed_in,
        "site_name": site_name(),
        "site_host": settings.SITE_HOST,
    }
    return render_to_string("web/_side.html", context)


_kept = lru_cache(maxsize=_KEPT)(_draw)
_kept_side = lru_cache(maxsize=_SIDES_KEPT)(_draw_side)
