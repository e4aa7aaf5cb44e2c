"""People: oneself, and others."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from rest_framework import serializers

from accounts.models import User
from accounts.queries import by_handle, person_by_id
from analytics.actions import note_profile
from api.answers import answer, encoded, listed
from api.authentication import ApiRequest
from api.described import Limited, Page, takes
from api.inputs.fields import Flag, Id, Input, Many, Text
from api.paging import limit_of
from api.shapes.accounts import account, accounts_in_order, own_account
from api.views.pages import people_page, status_page
from common.errors import NotFound
from relationships.queries import (
    followed_by,
    followers_of,
    people_beginning,
    person_asked_for,
    requests_to,
)
from tweets.queries import Said, said_ids
from tweets.text import tag_key

_MOST_AT_ONCE = 80
_SEARCH, _SEARCH_MOST, _OFFSET_MOST = 40, 80, 400


class _ManyInput(Input):
    id = Many(child=Id(), default=list)


class _NameInput(Input):
    acct = Text(default="", help_text="alice, or alice@ and the name of this server.")


class _StatusesInput(Input):
    only_media = Flag(default=False)
    exclude_replies = Flag(default=False)
    exclude_reblogs = Flag(default=False)
    pinned = Flag(default=False)
    tagged = Text(default="")


class _SearchInput(Input):
    """`resolve` looks nowhere else: people of other servers are not here yet."""

    q = serializers.CharField(max_length=500)
    following = Flag(default=False)
    resolve = Flag(default=False)
    offset = serializers.IntegerField(default=0, min_value=0)


def verify_credentials(request: ApiRequest) -> HttpResponse:
    """Who one is."""
    return answer(credentials(request.user.pk))


def credentials(person_id: int) -> dict[str, Any]:
    """`CredentialAccount` of the person, read anew."""
    person = User.objects.get(pk=person_id)
    return own_account(person, requests_to(person).count() if person.is_locked else 0)


def show(request: ApiRequest, account_id: int) -> HttpResponse:
    """One person."""
    found = person_by_id(account_id, request.user)
    note_profile(found.pk)
    return encoded(account(found))


@takes(_ManyInput)
def many(request: ApiRequest) -> HttpResponse:
    """People by their ids; those who are not to be seen are left out."""
    ids = list(dict.fromkeys(_ManyInput.read(request)["id"]))[:_MOST_AT_ONCE]
    there = set(User.objects.reachable().filter(pk__in=ids).values_list("pk", flat=True))
    return encoded(listed(accounts_in_order([an_id for an_id in ids if an_id in there])))


@takes(_NameInput)
def lookup(request: ApiRequest) -> HttpResponse:
    """One person by name, with or without the name of this server."""
    person = by_handle(local_name(request.query_params.get("acct", "")), request.user)
    if person is None or not person.is_active:
        raise NotFound
    return encoded(account(person))


@takes(_SearchInput, Limited)
def search(request: ApiRequest) -> HttpResponse:
    """People whose name begins so: whom one follows first. Whoever is called just so comes before them."""
    sent = _SearchInput.read(request)
    offset = min(sent["offset"], _OFFSET_MOST)
    place = slice(offset, offset + limit_of(request, _SEARCH, _SEARCH_MOST))
    exact = None if sent["following"] else person_asked_for(sent["q"], request.user)
    found = people_beginning(request.user, local_name(sent["q"]), place.stop, only_followed=sent["following"])
    ids = list(dict.fromkeys(person.pk for person in [*([exact] if exact else []), *found]))
    return encoded(listed(accounts_in_order(ids[place])))


@takes(_StatusesInput, Page)
def statuses(request: ApiRequest, account_id: int) -> HttpResponse:
    """What somebody said."""
    person = person_by_id(account_id, request.user)
    sent = _StatusesInput.read(request)
    wanted = Said(
        only_media=sent["only_media"],
        but_replies=sent["exclude_replies"],
        but_retweets=sent["exclude_reblogs"],
        only_pinned=sent["pinned"],
        tag=tag_key(sent["tagged"]),
    )
    return status_page(request, lambda window: said_ids(request.user, person, wanted, window))


@takes(Page)
def followers(request: ApiRequest, account_id: int) -> HttpResponse:
    """Who follows somebody; nobody, where they do not want it known."""
    person = person_by_id(account_id, request.user)
    rows = followers_of(person, request.user)
    return people_page(request, rows.none() if _hides(person, request) else rows, "follower_id")


@takes(Page)
def following(request: ApiRequest, account_id: int) -> HttpResponse:
    """Whom somebody follows; nobody, where they do not want it known."""
    person = person_by_id(account_id, request.user)
    rows = followed_by(person, request.user)
    return people_page(request, rows.none() if _hides(person, request) else rows, "followed_id")


def identity_proofs(request: ApiRequest, account_id: int) -> HttpResponse:
    """Proofs by a service that ended in 2020: none, but older apps still ask."""
    person_by_id(account_id, request.user)
    return answer([])


def collections(request: ApiRequest, account_id: int) -> HttpResponse:
    """Collections of people, by somebody or with somebody: nobody can make any here."""
    person_by_id(account_id, request.user)
    return answer({"collections": []})


def _hides(person: User, request: ApiRequest) -> bool:
    return person.hides_network and person.pk != request.user.pk


def local_name(typed: str) -> str:
    """`@alice@this.server` is alice, in whatever case the server is written."""
    handle = typed.strip().removeprefix("@")
    name, _, host = handle.rpartition("@")
    return name if host.lower() == settings.SITE_HOST.lower() else handle
