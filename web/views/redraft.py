"""Deleting a tweet to write it anew; its words and pictures return to the composer."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common.errors import NotAllowed, NotFound
from tweets.actions import redraft_tweet, undone_key
from tweets.cards import card_of
from tweets.policies import may_delete
from tweets.queries import drafts_of, tweet_for
from web.access import writer_required
from web.writing import path_to


@writer_required
@require_http_methods(["GET", "HEAD", "POST"])
def redraft(request: HttpRequest, tweet_id: int) -> HttpResponse:
    author = cast(User, request.user)
    try:
        tweet = tweet_for(author, tweet_id)
    except NotFound:
        earlier = drafts_of(author).filter(key=undone_key(tweet_id)).first()  # the second of two clicks
        if earlier is None:
            raise
        return redirect(path_to(earlier))
    if not may_delete(author, tweet):
        raise NotAllowed("You can only write your own tweets anew.")
    if request.method != "POST":
        return render(request, "web/delete.html", {"card": card_of(tweet, author), "redrafts": True})
    draft = redraft_tweet(author, tweet)
    messages.success(request, "The tweet is deleted. Its words are here again, as a draft.")
    return redirect(path_to(draft))
