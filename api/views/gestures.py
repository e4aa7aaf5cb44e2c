"""One-button gestures on a tweet: each sets a state and answers with the tweet."""

from collections.abc import Callable

from django.http import HttpResponse
from rest_framework import serializers

from accounts.models import User
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Input
from api.inputs.statuses import VISIBILITY
from api.views.statuses import answer_with
from tweets.actions import (
    bookmark_tweet,
    like_tweet,
    mute_thread,
    pin_tweet,
    remove_bookmark,
    retweet,
    undo_retweet,
    unlike_tweet,
    unmute_thread,
    unpin_tweet,
)
from tweets.models import Tweet
from tweets.queries import tweet_for

_AUDIENCES = {theirs: ours for theirs, ours in VISIBILITY.items() if theirs != "direct"}


def _gesture(deed: Callable[[User, Tweet], object], words: str) -> Callable[..., HttpResponse]:
    def view(request: ApiRequest, status_id: int) -> HttpResponse:
        deed(request.user, tweet_for(request.user, status_id))
        return answer_with(request, status_id)

    view.__doc__ = words
    return view


favourite = _gesture(like_tweet, "Like it.")
unfavourite = _gesture(unlike_tweet, "Like it no more.")
bookmark = _gesture(bookmark_tweet, "Keep it for later.")
unbookmark = _gesture(remove_bookmark, "Let it go.")
mute = _gesture(mute_thread, "Hear no more of its conversation.")
unmute = _gesture(unmute_thread, "Hear of its conversation again.")
pin = _gesture(pin_tweet, "Show it first on one's profile.")
unpin = _gesture(unpin_tweet, "Show it in its place again.")


class _ReblogInput(Input):
    visibility = serializers.ChoiceField(
        list(_AUDIENCES),
        default=None,
        allow_null=True,
        help_text="Who may see that one spread it, unless the tweet itself is for fewer.",
    )


@takes(_ReblogInput)
def reblog(request: ApiRequest, status_id: int) -> HttpResponse:
    """Spread it. The answer is the retweet, with the tweet in it."""
    audience = _AUDIENCES.get(_ReblogInput.read(request)["visibility"], "")
    spread = retweet(request.user, tweet_for(request.user, status_id), visibility=audience)
    return answer_with(request, spread.pk)


def unreblog(request: ApiRequest, status_id: int) -> HttpResponse:
    """Spread it no more. The answer is the tweet itself."""
    tweet = tweet_for(request.user, status_id)
    undo_retweet(request.user, tweet)
    return answer_with(request, tweet.retweet_of_id or tweet.pk)
