"""What can be done with a tweet beside its buttons: for the menus of cards, and pages without scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from relationships.queries import Relation, relation_to
from tweets.cards import card_of
from tweets.queries import mutes_thread, tweet_for
from web.fragments import wants_fragment
from web.people import person_row


@require_safe
@vary_on_headers("HX-Request")
def menu(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    return _menu(request, handle, tweet_id, "menu")


@require_safe
@vary_on_headers("HX-Request")
def share(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    return _menu(request, handle, tweet_id, "share")


def _menu(request: HttpRequest, handle: str, tweet_id: int, part: str) -> HttpResponse:
    tweet = tweet_for(request.user, tweet_id)
    tweet = tweet_for(request.user, tweet.retweet_of_id) if tweet.retweet_of_id else tweet
    if tweet.author.username != handle or tweet.id != tweet_id:
        return redirect(f"{tweet.path}/{part}", permanent=tweet.id == tweet_id)
    context = {"card": card_of(tweet, request.user), "part": part}
    viewer = request.user
    if part == "menu" and isinstance(viewer, User):
        is_mine = viewer == tweet.author
        relation = Relation() if is_mine else relation_to(viewer, tweet.author)
        context["row"] = person_row(viewer, tweet.author, relation)
        context["is_muted"] = mutes_thread(viewer, tweet)
    return render(request, f"web/_{part}.html" if wants_fragment(request) else "web/menu.html", context)
