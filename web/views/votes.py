"""Voting in the poll of a tweet."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from accounts.policies import refusal
from common.errors import Conflict, Invalid, NotAllowed
from common.paging import whole_id
from tweets.actions import vote
from tweets.cards import card_of
from tweets.queries import original_for
from web.fragments import wants_fragment
from web.ways import one_button, way_back


@one_button
def create(request: HttpRequest, handle: str, tweet_id: int) -> HttpResponse:
    """`pick-ID` holds the numbers of the choices, counted from 1; `edition` is the poll that was shown."""
    person = cast(User, request.user)
    if not person.may_write:
        raise NotAllowed(refusal(person, "vote"))
    tweet = original_for(person, tweet_id)
    picked = [whole_id(number) or 0 for number in request.POST.getlist(f"pick-{tweet_id}")]
    edition = whole_id(request.POST.get("edition", ""))
    try:
        vote(person, tweet, [number - 1 for number in picked], edition=edition)
    except (Conflict, Invalid, NotAllowed) as error:
        if wants_fragment(request):
            raise
        messages.error(request, error.message)
    if wants_fragment(request):
        return render(request, "web/_poll.html", {"card": card_of(tweet, person)})
    return way_back(request, tweet.path, f"#t{tweet.id}")
