"""One's own lists of people, and who is on them."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from rest_framework import serializers

from accounts.queries import person_by_id
from api.answers import answer, encoded, listed
from api.authentication import ApiRequest
from api.described import Page, takes
from api.inputs.fields import Flag, Id, Input, Many, Text
from api.shapes.accounts import accounts_in_order
from api.shapes.lists import REPLIES, people_list
from api.views.pages import people_page
from timelines.actions import add_to_list, create_list, delete_list, remove_from_list, update_list
from timelines.queries import list_for, lists_of, lists_with, members_of

_PERSON = "follow__followed_id"
_OURS = {theirs: ours.value for ours, theirs in REPLIES.items()}


class _ListInput(Input):
    title = Text(default=None, allow_null=True)
    replies_policy = serializers.ChoiceField(list(_OURS), default=None, allow_null=True)
    exclusive = Flag(default=None, allow_null=True)


class _MembersInput(Input):
    account_ids = Many(child=Id())


def index(request: ApiRequest) -> HttpResponse:
    """All of them."""
    return answer([people_list(row) for row in lists_of(request.user)])


def with_person(request: ApiRequest, account_id: int) -> HttpResponse:
    """Those that somebody is on."""
    held = lists_with(request.user, person_by_id(account_id, request.user))
    return answer([people_list(row) for row in lists_of(request.user) if row.pk in held])


def show(request: ApiRequest, list_id: int) -> HttpResponse:
    """One of them."""
    return answer(people_list(list_for(request.user, list_id)))


@takes(_ListInput)
def create(request: ApiRequest) -> HttpResponse:
    """Make one."""
    return answer(people_list(create_list(request.user, **_wishes(_ListInput.read(request)))))


@takes(_ListInput)
def update(request: ApiRequest, list_id: int) -> HttpResponse:
    """Change one; what is not sent stays as it is."""
    row = list_for(request.user, list_id)
    present = {"title": row.title, "replies": row.replies, "is_exclusive": row.is_exclusive}
    wished = {**present, **_wishes(_ListInput.read(request), title=row.title)}
    return answer(people_list(update_list(request.user, row, **wished)))


def delete(request: ApiRequest, list_id: int) -> HttpResponse:
    """Remove one; its people stay followed."""
    delete_list(request.user, list_for(request.user, list_id))
    return answer({})


@takes(Page)
def members(request: ApiRequest, list_id: int) -> HttpResponse:
    """Who is on it; `limit=0` gives everybody at once."""
    rows = members_of(list_for(request.user, list_id))
    if request.query_params.get("limit") != "0":
        return people_page(request, rows, _PERSON)
    ids = rows.order_by("-id").values_list(_PERSON, flat=True)[: settings.LIST_MEMBERS_MAX]
    return encoded(listed(accounts_in_order(list(ids))))


@takes(_MembersInput)
def add(request: ApiRequest, list_id: int) -> HttpResponse:
    """Put people on it whom one follows."""
    row = list_for(request.user, list_id)
    for an_id in _MembersInput.read(request)["account_ids"]:
        add_to_list(request.user, row, person_by_id(an_id, request.user))
    return answer({})


@takes(_MembersInput)
def remove(request: ApiRequest, list_id: int) -> HttpResponse:
    """Take people off it."""
    row = list_for(request.user, list_id)
    for an_id in _MembersInput.read(request)["account_ids"]:
        remove_from_list(request.user, row, person_by_id(an_id, request.user))
    return answer({})


def _wishes(sent: dict[str, Any], title: str = "") -> dict[str, Any]:
    """What was sent, in our words. A list without a title is refused by the action."""
    wishes: dict[str, Any] = {"title": title if sent["title"] is None else sent["title"]}
    if sent["replies_policy"] is not None:
        wishes["replies"] = _OURS[sent["replies_policy"]]
    if sent["exclusive"] is not None:
        wishes["is_exclusive"] = sent["exclusive"]
    return wishes
