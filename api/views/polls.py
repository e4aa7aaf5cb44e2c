"""What a tweet asks, and one's vote. A poll has the id of its tweet."""

from django.http import HttpResponse
from rest_framework import serializers

from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Input, Many
from api.shapes.polls import facts_of, poll
from common.errors import NotFound
from tweets.actions import vote
from tweets.queries import tweet_for


class _VoteInput(Input):
    choices = Many(child=serializers.IntegerField(min_value=0, max_value=1000), allow_empty=False)


def show(request: ApiRequest, poll_id: int) -> HttpResponse:
    """The choices, and how they stand."""
    facts = facts_of(tweet_for(request.user, poll_id), request.user)
    if facts is None:
        raise NotFound
    return answer(poll(facts))


@takes(_VoteInput)
def cast(request: ApiRequest, poll_id: int) -> HttpResponse:
    """Vote, once and for good: the places of the choices, counted from 0."""
    sent = _VoteInput.read(request)
    vote(request.user, tweet_for(request.user, poll_id), sent["choices"])
    return show(request, poll_id)
