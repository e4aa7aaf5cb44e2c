"""Streams, where they are not served: only what keeps connections open can do that (api/streaming)."""

from django.http import HttpResponse
from rest_framework import serializers

from api.answers import refusal
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.fields import Flag, Id, Input


class _PublicInput(Input):
    only_media = Flag(default=False)


class _TagInput(Input):
    tag = serializers.CharField(max_length=200)


class _ListInput(Input):
    list = Id()


def not_here(request: ApiRequest) -> HttpResponse:
    """Server-sent events as they happen, which do not end."""
    return refusal(501, "Streams are not served here; bin/run and bin/stream serve them")


@takes(_PublicInput)
def public(request: ApiRequest) -> HttpResponse:
    """What everybody says first-hand, as it happens."""
    return not_here(request)


@takes(_TagInput)
def tagged(request: ApiRequest) -> HttpResponse:
    """What carries a tag, as it is said."""
    return not_here(request)


@takes(_ListInput)
def listed(request: ApiRequest) -> HttpResponse:
    """What the people on one of one's lists say, as they say it."""
    return not_here(request)


def health(request: ApiRequest) -> HttpResponse:
    """Whether streams are served."""
    return not_here(request)
