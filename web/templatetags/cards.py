"""Cards, and what else looks the same for many readers: drawn once for the same values."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tweets.cards import TweetCard
from web.side import Side

_KEPT = 1000  # drawn cards in the memory of a process, about 5 KB each
_SEEN_AT_ONCE = 2  # cards from the top whose pictures are loaded without waiting

register = template.Library()


@register.simple_tag
def draw(card: TweetCard, place: int) -> SafeString:
    """The card as it stands at that place of a list, counted from 1.

    A card is all that its template sees, so it never has to be thrown away: whatever changes a tweet,
    its author or its reader's part in it makes a different card. Drawing took half the time of a page.
    """
    is_lazy = place > _SEEN_AT_ONCE
    return _draw(card, is_lazy) if settings.DEBUG else _kept(card, is_lazy)


@register.simple_tag
def draw_side(around: Side | None, is_signed_in: bool) -> SafeString:
    """The right column: one drawing a minute for people who are signed in, one for visitors."""
    around, is_signed_in = around or None, bool(is_signed_in)  # the error pages know neither
    return _draw_side(around, is_signed_in) if settings.DEBUG else _kept_side(around, is_signed_in)


def _draw(card: TweetCard, is_lazy: bool) -> SafeString:
    return render_to_string("web/_card.html", {"card": card, "is_lazy": is_lazy})


def _draw_side(around: Side | None, is_signed_in: bool) -> SafeString:
    context = {
        "around": around,
        "is_signed_in": is_signed_in,
        "site_name": settings.SITE_NAME,
        "site_host": settings.SITE_HOST,
    }
    return render_to_string("web/_side.html", context)


_kept = lru_cache(maxsize=_KEPT)(_draw)
_kept_side = lru_cache(maxsize=4)(_draw_side)
