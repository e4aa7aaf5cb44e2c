"""Cards, drawn once for the same values."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tweets.cards import TweetCard

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


def _draw(card: TweetCard, is_lazy: bool) -> SafeString:
    return render_to_string("web/_card.html", {"card": card, "is_lazy": is_lazy})


_kept = lru_cache(maxsize=_KEPT)(_draw)
