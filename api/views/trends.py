"""What many care for just now, and whom one could follow."""

from django.http import HttpResponse
from rest_framework import serializers

from accounts.queries import person_by_id
from analytics.queries import trending_links, trending_tags, trending_tweet_ids
from api.answers import answer, encoded, listed
from api.authentication import ApiRequest
from api.described import Limited, takes
from api.inputs.fields import Flag, Input
from api.paging import limit_of
from api.shapes import statuses
from api.shapes.accounts import accounts, accounts_in_order
from api.shapes.link_cards import trending_pages
from api.shapes.tags import tags as tag_shapes
from relationships.actions import decline_suggestion
from timelines.queries import Recommended, directory_ids, recommended

_TAGS, _TWEETS, _PEOPLE = 10, 20, 40
_DIRECTORY_MOST = 80


class _PageInput(Input):
    offset = serializers.IntegerField(default=0, min_value=0, max_value=10_000)


class _DirectoryInput(_PageInput):
    """`local` changes nothing yet: all people are of this server."""

    order = serializers.ChoiceField(["active", "new"], default="active")
    local = Flag(default=False)


@takes(_PageInput, Limited)
def tags(request: ApiRequest) -> HttpResponse:
    """Tags, the liveliest first."""
    names = [tag.name for tag in trending_tags()][_place(request, _TAGS, 2 * _TAGS)]
    return answer(tag_shapes(names, request.user))


@takes(_PageInput, Limited)
def tweets(request: ApiRequest) -> HttpResponse:
    """Tweets, the liveliest first."""
    ids = trending_tweet_ids(request.user)[_place(request, _TWEETS, 2 * _TWEETS)]
    return encoded(listed(statuses.in_order(ids, request.user)))


@takes(_PageInput, Limited)
def links(request: ApiRequest) -> HttpResponse:
    """Pages that many link to, the liveliest first."""
    found = trending_links()[_place(request, _TAGS, 2 * _TAGS)]
    return answer(trending_pages([link.card for link in found], request.user))


@takes(Limited)
def suggestions(request: ApiRequest) -> HttpResponse:
    """Whom one could follow, each with the reason."""
    found = recommended(request.user, limit_of(request, _PEOPLE, 2 * _PEOPLE))
    drawn = accounts(one.person.pk for one in found)
    return encoded(
        listed(
            [
                b'{"source":"%b","sources":["%b"],"account":%b}' % (*_reason(one), drawn[one.person.pk])
                for one in found
            ]
        )
    )


def decline(request: ApiRequest, account_id: int) -> HttpResponse:
    """Suggest this person no more."""
    decline_suggestion(request.user, person_by_id(account_id, request.user))
    return answer({})


@takes(Limited)
def suggested_people(request: ApiRequest) -> HttpResponse:
    """The older form: people alone."""
    found = recommended(request.user, limit_of(request, _PEOPLE, 2 * _PEOPLE))
    return encoded(listed(accounts_in_order([one.person.pk for one in found])))


@takes(_DirectoryInput, Limited)
def directory(request: ApiRequest) -> HttpResponse:
    """People who wish to be found: who tweeted last, or who came last."""
    sent = _DirectoryInput.read(request)
    limit = limit_of(request, _PEOPLE, _DIRECTORY_MOST)
    ids = directory_ids(request.user, newcomers=sent["order"] == "new", offset=sent["offset"], limit=limit)
    return encoded(listed(accounts_in_order(ids)))


def _place(request: ApiRequest, default: int, most: int) -> slice:
    offset = _PageInput.read(request)["offset"]
    return slice(offset, offset + limit_of(request, default, most))


def _reason(one: Recommended) -> tuple[bytes, bytes]:
    if one.common:
        return b"past_interactions", b"friends_of_friends"
    return b"global", b"most_followed"
