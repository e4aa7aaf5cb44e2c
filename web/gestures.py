"""One-button gestures on a tweet: set a state, then lead back to the card, or answer its row of actions."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from accounts.policies import refusal
from common.errors import Invalid, NotAllowed
from tweets.cards import cards_for
from tweets.models import Tweet
from tweets.queries import tweet_for
from web.fragments import wants_fragment
from web.pace import check
from web.ways import one_button, way_back

Deed = Callable[[User, Tweet], object]
Find = Callable[[User, int], Tweet]


def gesture(
    deed: Deed, said: str = "", find: Find = tweet_for, rate: str = ""
) -> Callable[..., HttpResponse]:
    """The view of one deed. `said` is told to the person afterwards, where the card does not show it.
    `rate` is what it counts for, beside all deeds.
    """

    @one_button
    def view(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
        person = cast(User, request.user)
        if not person.may_write:
            raise NotAllowed(refusal(person, "do this"))
        tweet = find(person, tweet_id)
        if rate:
            check(request, rate)
        if wants_fragment(request):
            deed(person, tweet)
            return _actions_row(request, tweet)
        try:
            deed(person, tweet)
        except Invalid as error:
            messages.error(request, error.message)
        else:
            if said:
                messages.success(request, said)
        return way_back(request, tweet.path, f"#t{tweet.retweet_of_id or tweet.id}")

    return view


def _actions_row(request: HttpRequest, tweet: Tweet) -> HttpResponse:
    """The row and the counts as they stand after the deed; of a retweet, those of the tweet it spreads."""
    cards = cards_for([tweet.retweet_of_id or tweet.id], request.user)
    return render(request, "web/_acted.html", {"card": cards[0]}) if cards else HttpResponse(status=204)
