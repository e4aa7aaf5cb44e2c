"""Tags: looking at one, following it, showing it on one's profile."""

from django.http import HttpResponse
from rest_framework import serializers

from accounts.queries import person_by_id
from api.answers import answer
from api.authentication import ApiRequest
from api.described import Page, takes
from api.inputs.fields import Input
from api.paging import links, window_of
from api.shapes.tags import featured_tag, tag, tags
from common.errors import NotFound
from timelines.actions import follow_tag, unfollow_tag
from timelines.queries import tag_follows_of
from tweets.actions import feature_tag, is_tag, stop_featuring, stop_featuring_named
from tweets.queries import Featured, featured_of, tags_of
from tweets.text import tag_key

_PAGE, _PAGE_MOST = 100, 200
_OFFERED = 10


class _FeatureInput(Input):
    name = serializers.CharField(max_length=300)


def show(request: ApiRequest, name: str) -> HttpResponse:
    """One tag, and how often it was used lately."""
    return answer(tag(_key(name), request.user))


def follow(request: ApiRequest, name: str) -> HttpResponse:
    """Find at home what is said with it."""
    follow_tag(request.user, _key(name))
    return answer(tag(_key(name), request.user))


def unfollow(request: ApiRequest, name: str) -> HttpResponse:
    """Follow it no more."""
    unfollow_tag(request.user, _key(name))
    return answer(tag(_key(name), request.user))


def feature(request: ApiRequest, name: str) -> HttpResponse:
    """Show it on one's profile."""
    feature_tag(request.user, _key(name))
    return answer(tag(_key(name), request.user))


def unfeature(request: ApiRequest, name: str) -> HttpResponse:
    """Take it off one's profile."""
    stop_featuring_named(request.user, _key(name))
    return answer(tag(_key(name), request.user))


@takes(Page)
def followed(request: ApiRequest) -> HttpResponse:
    """The tags one follows, the latest first."""
    window = window_of(request, _PAGE, _PAGE_MOST)
    rows = window.rows(tag_follows_of(request.user), "id", "hashtag__name")
    drawn = tags([name for _, name in rows], request.user)
    return answer(drawn, headers=links(request, [row_id for row_id, _ in rows], window))


def featured(request: ApiRequest) -> HttpResponse:
    """The tags on one's own profile."""
    return answer([featured_tag(row, request.user) for row in featured_of(request.user)])


def featured_by(request: ApiRequest, account_id: int) -> HttpResponse:
    """The tags on somebody's profile."""
    person = person_by_id(account_id, request.user)
    return answer([featured_tag(row, person) for row in featured_of(person)])


@takes(_FeatureInput)
def create_featured(request: ApiRequest) -> HttpResponse:
    """Show one more on one's profile."""
    name = tag_key(_FeatureInput.read(request)["name"].removeprefix("#"))
    made = feature_tag(request.user, name)
    return answer(featured_tag(_row(request, made.pk), request.user))


def delete_featured(request: ApiRequest, featured_id: int) -> HttpResponse:
    """Take one off one's profile."""
    stop_featuring(request.user, featured_id)
    return answer({})


def offered(request: ApiRequest) -> HttpResponse:
    """The tags one uses most that do not stand on the profile yet."""
    return answer(tags(tags_of(request.user, _OFFERED), request.user))


def _row(request: ApiRequest, featured_id: int) -> Featured:
    return next(row for row in featured_of(request.user) if row.id == featured_id)


def _key(name: str) -> str:
    key = tag_key(name)
    if not is_tag(key):
        raise NotFound
    return key
