"""One tweet: its page, what it said before, and its pictures one by one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from common.errors import NotFound
from tweets.cards import card_of
from tweets.queries import history_of, tweet_for
from tweets.text import plain_excerpt

_TITLE_LENGTH = 70  # characters


@require_safe
def tweet(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    found = tweet_for(request.user, tweet_id)
    if found.author.username != handle:
        return redirect(found.path, permanent=True)
    excerpt = plain_excerpt(found.text, _TITLE_LENGTH)
    return render(request, "web/tweet.html", {"card": card_of(found, request.user), "excerpt": excerpt})


@require_safe
def tweet_history(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    found = tweet_for(request.user, tweet_id)
    if found.author.username != handle:
        return redirect(f"{found.path}/history", permanent=True)
    context = {"card": card_of(found, request.user), "versions": history_of(found)}
    return render(request, "web/history.html", context)


@require_safe
def tweet_picture(request: HttpRequest, handle: str, tweet_id: int, place: int) -> HttpResponse:
    """The lightbox for those without scripts; places count from 1."""
    found = tweet_for(request.user, tweet_id)
    if found.author.username != handle:
        return redirect(f"{found.path}/picture/{place}", permanent=True)
    card = card_of(found, request.user)
    if not 1 <= place <= len(card.images):
        raise NotFound("This tweet has no such picture.")
    context = {
        "card": card,
        "image": card.images[place - 1],
        "previous_path": f"{card.path}/picture/{place - 1}" if place > 1 else "",
        "next_path": f"{card.path}/picture/{place + 1}" if place < len(card.images) else "",
    }
    return render(request, "web/picture.html", context)
