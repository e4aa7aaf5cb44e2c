"""Tweets: saying something, reading one."""

from django.http import HttpResponse

from api.answers import encoded, listed
from api.authentication import ApiRequest
from api.inputs.fields import Id, Input, Many
from api.inputs.statuses import StatusInput, to_draft
from api.shapes import statuses
from clients.keys import checksum_of
from common.errors import NotFound
from tweets.actions import post_tweet
from tweets.queries import tweet_for


class _ManyInput(Input):
    id = Many(child=Id(), default=list)


def show(request: ApiRequest, status_id: int) -> HttpResponse:
    """One tweet."""
    return _status(request, status_id)


def many(request: ApiRequest) -> HttpResponse:
    """Tweets by their ids; those that are not to be seen are left out."""
    ids = list(dict.fromkeys(_ManyInput.read(request)["id"]))[:_MOST_AT_ONCE]
    return encoded(listed(statuses.in_order(ids, request.user)))


def create(request: ApiRequest) -> HttpResponse:
    """Say something. The same `Idempotency-Key` again answers with the tweet of the first time."""
    sent = StatusInput.read(request)
    for name in ("in_reply_to_id", "quoted_status_id"):
        if sent[name] is not None:
            tweet_for(request.user, sent[name])
    once = request.headers.get("Idempotency-Key", "")
    key = f"api:{checksum_of(once)}" if once else ""
    tweet = post_tweet(request.user, to_draft(request.user, sent, key))
    return _status(request, tweet.pk)


_MOST_AT_ONCE = 20


def _status(request: ApiRequest, tweet_id: int) -> HttpResponse:
    drawn = statuses.statuses([tweet_id], request.user).get(tweet_id)
    if drawn is None:
        raise NotFound
    return encoded(drawn)
