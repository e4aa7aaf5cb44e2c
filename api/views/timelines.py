"""Lists of tweets in the order of time."""

from time import monotonic
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers

from accounts.models import User
from api.authentication import ApiRequest
from api.described import Page, takes
from api.inputs.fields import Flag, Input, Many
from api.views.pages import status_page
from attachments.queries import link_address
from common.errors import NotFound
from conversations.queries import direct_ids
from timelines.actions import keep_home
from timelines.queries import home_ids, list_for, list_ids
from tweets.queries import Public, Tagged, linked_ids, public_ids, tagged_ids
from tweets.text import tag_key

_NOTED_SECONDS = 1800
_MOST_NOTED = 10_000
_noted: dict[int, float] = {}  # whose home this process kept filled, and when


class _PublicInput(Input):
    """`local` changes nothing yet: all people are of this server."""

    local = Flag(default=False)
    remote = Flag(default=False)
    only_media = Flag(default=False)


def _tags() -> Many:
    return Many(child=serializers.CharField(max_length=200), default=list)


class _TagInput(_PublicInput):
    any = _tags()
    all = _tags()
    none = _tags()


class _LinkInput(Input):
    url = serializers.CharField(max_length=2048)


@takes(Page)
def home(request: ApiRequest) -> HttpResponse:
    """Whom one follows, and oneself."""
    viewer = request.user
    _keep(viewer)
    return status_page(request, lambda window: home_ids(viewer, window))


@takes(_PublicInput, Page)
def public(request: ApiRequest) -> HttpResponse:
    """What everybody says first-hand."""
    sent = _PublicInput.read(request)
    wanted = _public(sent)
    return status_page(request, lambda window: public_ids(request.user, wanted, window))


@takes(_TagInput, Page)
def tag(request: ApiRequest, name: str) -> HttpResponse:
    """What carries a tag."""
    sent = _TagInput.read(request)
    wanted = Tagged(
        tag=tag_key(name),
        any_of=tuple(map(tag_key, sent["any"])),
        all_of=tuple(map(tag_key, sent["all"])),
        none_of=tuple(map(tag_key, sent["none"])),
        origin=_public(sent),
    )
    return status_page(request, lambda window: tagged_ids(request.user, wanted, window))


@takes(Page)
def people_list(request: ApiRequest, list_id: int) -> HttpResponse:
    """What the people on one of one's lists say."""
    found = list_for(request.user, list_id)
    return status_page(request, lambda window: list_ids(found, window))


@takes(Page)
def direct(request: ApiRequest) -> HttpResponse:
    """One's messages, one by one; `conversations` has them by the people one writes with."""
    return status_page(request, lambda window: direct_ids(request.user, window))


@takes(_LinkInput, Page)
def link(request: ApiRequest) -> HttpResponse:
    """What leads to one page, as far as its card is known."""
    address = link_address(_LinkInput.read(request)["url"])
    if address is None:
        raise NotFound
    return status_page(request, lambda window: linked_ids(request.user, address, window))


def _public(sent: dict[str, Any]) -> Public:
    return Public(only_remote=sent["remote"], only_media=sent["only_media"])


def _keep(viewer: User) -> None:
    """Deliver to this home from now on. Once in a while is enough, so most requests ask nothing."""
    now = monotonic()
    if now - _noted.get(viewer.pk, -_NOTED_SECONDS) < _NOTED_SECONDS:
        return
    keep_home(viewer)
    if len(_noted) >= _MOST_NOTED:
        _noted.clear()
    _noted[viewer.pk] = now
