"""One tweet: its page within its conversation, what it said before, and its pictures one by one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from analytics.actions import note_tweet
from common.errors import NotFound
from tweets.cards import TweetCard, card_of
from tweets.models import Tweet
from tweets.policies import may_reply
from tweets.queries import history_of, mutes_thread, original_for
from tweets.text import plain_excerpt
from web.forms.tweet import Composer
from web.fragments import wants_fragment
from web.outside import tweet_preview
from web.threads import thread_page

_TITLE_LENGTH = 70  # characters


@require_safe
@vary_on_headers("HX-Request")
def tweet(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    found = original_for(request.user, tweet_id)
    if not stands_at(found, handle, tweet_id):
        return redirect(found.path, permanent=True)
    thread = thread_page(request, found)
    if wants_fragment(request):
        return render(request, "web/_replies_page.html", {"thread": thread})
    _note_reader(thread.focus.card)
    is_folded = bool(thread.focus.card.filtered_by)  # then its words stand in no title either
    context = {
        "thread": thread,
        "card": thread.focus.card,
        "excerpt": "" if is_folded else plain_excerpt(thread.focus.card.gist, _TITLE_LENGTH),
        "preview": None if is_folded else tweet_preview(thread.focus.card),
        "is_findable": found.author.is_findable,
        "composer": _reply_box(request, found, thread.focus.card),
        "repliers": found.repliers,
        "live": f"tweet:{found.pk}",
        "is_muted": request.user.is_authenticated and mutes_thread(request.user, found),
    }
    return render(request, "web/tweet.html", context)


@require_safe
def tweet_history(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    found = original_for(request.user, tweet_id)
    if not stands_at(found, handle, tweet_id):
        return redirect(f"{found.path}/history", permanent=True)
    context = {"card": card_of(found, request.user), "versions": history_of(found)}
    return render(request, "web/history.html", context)


@require_safe
def tweet_picture(request: HttpRequest, handle: str, tweet_id: int, place: int) -> HttpResponse:
    """The lightbox for those without scripts; places count from 1."""
    found = original_for(request.user, tweet_id)
    if not stands_at(found, handle, tweet_id):
        return redirect(f"{found.path}/picture/{place}", permanent=True)
    card = card_of(found, request.user)
    if not 1 <= place <= len(card.images):
        raise NotFound("This tweet has no such picture.")
    context = {
        "card": card,
        "image": card.images[place - 1],
        "is_folded": _cover_of(card),
        "previous_path": f"{card.path}/picture/{place - 1}" if place > 1 else "",
        "next_path": f"{card.path}/picture/{place + 1}" if place < len(card.images) else "",
    }
    return render(request, "web/picture.html", context)


def stands_at(tweet: Tweet, handle: str, tweet_id: int) -> bool:
    """Whether this is the tweet's own address: its author's name as they write it, and no retweet's id."""
    return (tweet.author.username, tweet.pk) == (handle, tweet_id)


def _cover_of(card: TweetCard) -> str:
    """Why its pictures are not shown at once, "" if they are. A warning says it in its own words."""
    if card.warning and not card.is_unfolded:
        return card.warning
    if not card.is_covered:
        return ""
    return "Sensitive picture" if card.is_sensitive else "Covered picture"


def _note_reader(card: TweetCard) -> None:
    """The others of the page are noted where they are drawn. Who reads a message is nobody's number."""
    if not card.filtered_by and card.visibility != Tweet.Visibility.DIRECT:
        note_tweet(card.id, card.author.id)


def _reply_box(request: HttpRequest, tweet: Tweet, card: TweetCard) -> Composer | None:
    """For those who may reply; the others get a sentence in its place."""
    if not request.user.is_authenticated or not may_reply(request.user, tweet):
        return None
    return Composer.reply_to(request.user, card)
