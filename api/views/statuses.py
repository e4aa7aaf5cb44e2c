"""Tweets: saying something, reading one with what stands around it, changing it, taking it back."""

import orjson
from django.db import transaction
from django.http import HttpResponse
from rest_framework import serializers

from api.answers import answer, encode, encoded, listed
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Flag, Id, Input, Many
from api.inputs.statuses import QUOTERS, EditInput, StatusInput, to_draft, to_edit
from api.pace import count_deed
from api.shapes import statuses
from api.shapes.edits import edits_of, source_of
from api.shapes.media import media
from api.views.scheduled import scheduled
from attachments.actions import point_at
from clients.keys import checksum_of
from common.errors import NotAllowed, NotFound
from tweets.actions import APP_PREFIX, delete_tweet, edit_tweet, post_tweet, set_quoters
from tweets.policies import may_delete, may_edit, rate_of
from tweets.queries import context_of, images_of, tweet_for

_MOST_AT_ONCE = 20
# Above and beneath, for people and for visitors.
_CONTEXT, _CONTEXT_OF_VISITORS = (400, 400), (40, 60)


class _ManyInput(Input):
    id = Many(child=Id(), default=list)


class _QuotePolicyInput(Input):
    quote_approval_policy = serializers.ChoiceField(list(QUOTERS))


class _DeleteInput(Input):
    delete_media = Flag(default=False, help_text="Its pictures go at once, and cannot be used anew.")


def show(request: ApiRequest, status_id: int) -> HttpResponse:
    """One tweet."""
    return answer_with(request, status_id)


@takes(_ManyInput)
def many(request: ApiRequest) -> HttpResponse:
    """Tweets by their ids; those that are not to be seen are left out."""
    ids = list(dict.fromkeys(_ManyInput.read(request)["id"]))[:_MOST_AT_ONCE]
    return encoded(listed(statuses.in_order(ids, request.user)))


@takes(StatusInput)
def create(request: ApiRequest) -> HttpResponse:
    """Say something. The same `Idempotency-Key` again answers with the tweet of the first time."""
    sent = StatusInput.read(request)
    answered, _ = (
        None if sent[name] is None else tweet_for(request.user, sent[name])
        for name in ("in_reply_to_id", "quoted_status_id")
    )
    once = request.headers.get("Idempotency-Key", "")
    key = f"{APP_PREFIX}{checksum_of(once)}" if once else ""
    draft = to_draft(request.user, sent, key)
    count_deed(request, rate_of(draft.visibility, answered.visibility if answered else ""))
    if sent["scheduled_at"] is not None:
        return scheduled(request, draft, sent["scheduled_at"])
    return answer_with(request, post_tweet(request.user, draft).pk)


@takes(EditInput)
def update(request: ApiRequest, status_id: int) -> HttpResponse:
    """Say it better; what is not sent stays as it is."""
    tweet = tweet_for(request.user, status_id)
    if not may_edit(request.user, tweet):
        raise NotAllowed("You can only edit your own tweets.")
    sent = EditInput.read_sent(request)
    with transaction.atomic():
        edit_tweet(request.user, tweet, to_edit(tweet, sent))
        if quoters := sent.get("quote_approval_policy"):
            set_quoters(request.user, tweet, QUOTERS[quoters])
        focuses = {one["id"]: one["focus"] for one in sent.get("media_attributes") or [] if one["focus"]}
        for image in images_of(tweet) if focuses else ():
            if image.pk in focuses:
                point_at(image, *focuses[image.pk])
    return answer_with(request, status_id)


@takes(_QuotePolicyInput)
def update_policy(request: ApiRequest, status_id: int) -> HttpResponse:
    """Say anew who may quote it."""
    tweet = tweet_for(request.user, status_id)
    set_quoters(request.user, tweet, QUOTERS[_QuotePolicyInput.read(request)["quote_approval_policy"]])
    return answer_with(request, status_id)


@takes(_DeleteInput)
def delete(request: ApiRequest, status_id: int) -> HttpResponse:
    """Take it back. The answer has its text, and its pictures may be used once more, to write it anew."""
    goes_with_pictures = _DeleteInput.read(request)["delete_media"]
    tweet = tweet_for(request.user, status_id)
    if not may_delete(request.user, tweet):
        raise NotFound
    drawn = orjson.loads(_drawn(request, status_id))
    pictures = [media(image) for image in images_of(tweet)]
    delete_tweet(request.user, tweet, keeps_pictures=not goes_with_pictures)
    return answer({**drawn, "text": tweet.text, "media_attachments": pictures})


def context(request: ApiRequest, status_id: int) -> HttpResponse:
    """What stands above and beneath it."""
    tweet = tweet_for(request.user, status_id)
    most = _CONTEXT if request.user.pk else _CONTEXT_OF_VISITORS
    above, beneath = context_of(tweet, *most)
    drawn = statuses.statuses([*above, *beneath], request.user)
    parts = [listed([drawn[an_id] for an_id in ids if an_id in drawn]) for ids in (above, beneath)]
    return encoded(b'{"ancestors":%b,"descendants":%b}' % tuple(parts))


def source(request: ApiRequest, status_id: int) -> HttpResponse:
    """The words as they were written."""
    return encoded(encode(source_of(tweet_for(request.user, status_id))))


def translate(request: ApiRequest, status_id: int) -> HttpResponse:
    """Nobody translates here, which apps are told as if there were no translation of this tweet."""
    tweet_for(request.user, status_id)
    raise NotFound


def history(request: ApiRequest, status_id: int) -> HttpResponse:
    """All versions, the first one first."""
    return encoded(edits_of(tweet_for(request.user, status_id)))


def answer_with(request: ApiRequest, tweet_id: int) -> HttpResponse:
    """The tweet as the person sees it now."""
    return encoded(_drawn(request, tweet_id))


def _drawn(request: ApiRequest, tweet_id: int) -> bytes:
    drawn = statuses.statuses([tweet_id], request.user).get(tweet_id)
    if drawn is None:
        raise NotFound
    return drawn
