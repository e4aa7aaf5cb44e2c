"""Tweets that wait for their hour. What could not be posted is told on the site alone."""

from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers

from api.answers import answer
from api.authentication import ApiRequest
from api.described import Page, takes
from api.inputs.fields import Input
from api.paging import links, window_of
from api.shapes.scheduled import scheduled_statuses
from tweets.actions import cancel_scheduled, change_scheduled, schedule_tweets
from tweets.draft import SavedAs, TweetDraft
from tweets.models import ScheduledTweet
from tweets.queries import scheduled_for, scheduled_of

_KEY_LENGTH = 40  # of what was scheduled once for each key


class _AnotherTimeInput(Input):
    scheduled_at = serializers.DateTimeField()


def scheduled(request: ApiRequest, draft: TweetDraft, at: datetime) -> HttpResponse:
    """Let it be posted then. The same `Idempotency-Key` again answers with what is scheduled already."""
    saved_as = SavedAs(draft.key[:_KEY_LENGTH], writer="") if draft.key else None
    row = schedule_tweets(request.user, [replace(draft, key="", saved_as=saved_as)], at)
    return answer(scheduled_statuses([row], request.user)[0])


@takes(Page)
def index(request: ApiRequest) -> HttpResponse:
    """What waits, the latest written first."""
    window = window_of(request)
    rows = list(window.stretch(_waiting(request))[: window.limit])
    rows = rows[::-1] if window.min_id is not None else rows
    headers = links(request, [row.pk for row in rows], window)
    return answer(scheduled_statuses(rows, request.user), headers=headers)


def show(request: ApiRequest, scheduled_id: int) -> HttpResponse:
    """One of them."""
    return answer(scheduled_statuses([scheduled_for(request.user, scheduled_id)], request.user)[0])


@takes(_AnotherTimeInput)
def update(request: ApiRequest, scheduled_id: int) -> HttpResponse:
    """The same at another time."""
    at = _AnotherTimeInput.read(request)["scheduled_at"]
    row = change_scheduled(request.user, scheduled_id, at=at)
    return answer(scheduled_statuses([row], request.user)[0])


def delete(request: ApiRequest, scheduled_id: int) -> HttpResponse:
    """Not say it."""
    cancel_scheduled(request.user, scheduled_id)
    return answer({})


def _waiting(request: ApiRequest) -> QuerySet[ScheduledTweet]:
    return scheduled_of(request.user).filter(state=ScheduledTweet.State.WAITING)
