"""What others did that concerns oneself: one by one, and in groups."""

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers

from api.answers import answer, encoded, listed
from api.authentication import ApiRequest
from api.described import Limited, Page, takes
from api.inputs.fields import Flag, Id, Input, Many
from api.paging import limit_of, links, window_of
from api.shapes.accounts import accounts_in_order
from api.shapes.notifications import GROUPED, TYPES, bundle_of, grouped, kinds_of, notifications
from common.errors import NotFound
from notifications.actions import clear as clear_told
from notifications.actions import dismiss_bundle, dismiss_told
from notifications.queries import (
    Group,
    Wanted,
    group_by_bundle,
    groups_page,
    told_by_id,
    told_page,
    unread_groups_count,
    unread_rows_count,
)

_PAGE, _PAGE_MOST = 40, 80
_COUNTED, _COUNTED_MOST = 100, 1000
_LONGEST_BUNDLE = 40  # characters
_ALL = Wanted(tuple(TYPES), with_waiting=True)


class _WantedInput(Input):
    types = Many(child=serializers.CharField(max_length=100), default=None, allow_null=True)
    exclude_types = Many(child=serializers.CharField(max_length=100), default=list, allow_null=True)
    account_id = Id(default=None, allow_null=True)
    include_filtered = Flag(default=False)


class _GroupsInput(_WantedInput):
    grouped_types = Many(child=serializers.CharField(max_length=100), default=None, allow_null=True)
    expand_accounts = serializers.ChoiceField(["full", "partial_avatars"], default="full")


@takes(_WantedInput, Page)
def index(request: ApiRequest) -> HttpResponse:
    """One by one, the latest first."""
    wanted = _wanted(_WantedInput.read(request))
    window = window_of(request, _PAGE, _PAGE_MOST)
    rows = told_page(request.user, wanted, window)
    headers = links(request, [row.id for row in rows], window)
    return encoded(listed(notifications(rows, request.user)), headers=headers)


def show(request: ApiRequest, notification_id: int) -> HttpResponse:
    """One of them."""
    drawn = notifications([told_by_id(request.user, notification_id, _ALL)], request.user)
    if not drawn:
        raise NotFound
    return encoded(drawn[0])


@takes(_WantedInput, Limited)
def unread_count(request: ApiRequest) -> HttpResponse:
    """How many were not read yet."""
    wanted = _wanted(_WantedInput.read(request))
    most = limit_of(request, _COUNTED, _COUNTED_MOST)
    return answer({"count": unread_rows_count(request.user, wanted, most)})


def clear(request: ApiRequest) -> HttpResponse:
    """Remove them all."""
    clear_told(request.user, TYPES)
    return answer({})


def dismiss(request: ApiRequest, notification_id: int) -> HttpResponse:
    """Remove one."""
    told_by_id(request.user, notification_id, _ALL)
    dismiss_told(request.user, [notification_id])
    return answer({})


# --- In groups


@takes(_GroupsInput, Page)
def groups(request: ApiRequest) -> HttpResponse:
    """In groups, with the people and tweets of all of them beside."""
    sent = _GroupsInput.read(request)
    kinds = _grouped(sent)
    window = window_of(request, _PAGE, _PAGE_MOST)
    found = groups_page(request.user, _wanted(sent), window, kinds)
    drawn = grouped(found, request.user, kinds, is_partial=sent["expand_accounts"] == "partial_avatars")
    return answer(drawn, headers=links(request, [group.newest.id for group in found], window))


def show_group(request: ApiRequest, group_key: str) -> HttpResponse:
    """One group."""
    return answer(grouped([_group(request, group_key)], request.user, GROUPED))


@takes(Page)
def group_accounts(request: ApiRequest, group_key: str) -> HttpResponse:
    """Who did it, the latest first."""
    group = _group(request, group_key)
    window = window_of(request, _PAGE, _PAGE_MOST)
    rows = told_page(request.user, Wanted((group.newest.kind,), bundle=group.newest.bundle), window)
    drawn = accounts_in_order([row.actor_id for row in rows])
    return encoded(listed(drawn), headers=links(request, [row.id for row in rows], window))


def dismiss_group(request: ApiRequest, group_key: str) -> HttpResponse:
    """Remove a group."""
    group = _group(request, group_key)
    if group_key.startswith("ungrouped-"):
        dismiss_told(request.user, [group.newest.id])
    else:
        dismiss_bundle(request.user, group.newest.bundle)
    return answer({})


@takes(_GroupsInput, Limited)
def unread_groups(request: ApiRequest) -> HttpResponse:
    """How many groups hold something that was not read yet."""
    sent = _GroupsInput.read(request)
    most = limit_of(request, _COUNTED, _COUNTED_MOST)
    return answer({"count": unread_groups_count(request.user, _wanted(sent), most, _grouped(sent))})


def _wanted(sent: dict[str, Any]) -> Wanted:
    types = set(TYPES.values()) if not sent["types"] else set(sent["types"])
    return Wanted(
        kinds=tuple(kinds_of(types - set(sent["exclude_types"] or []))),
        actor_id=sent["account_id"],
        with_waiting=sent["include_filtered"],
    )


def _grouped(sent: dict[str, Any]) -> tuple[str, ...]:
    """What an app wants grouped, of what can be."""
    if sent["grouped_types"] is None:
        return GROUPED
    return tuple(kind for kind in kinds_of(sent["grouped_types"]) if kind in GROUPED)


def _group(request: ApiRequest, key: str) -> Group:
    kind, _, rest = key.partition("-")
    if kind == "ungrouped":
        if not (rest.isascii() and rest.isdigit() and len(rest) < 19):
            raise NotFound
        told = told_by_id(request.user, int(rest), _ALL)
        return Group(told, told.id, 1, (told.actor_id,))
    if kind not in GROUPED or len(key) > _LONGEST_BUNDLE:
        raise NotFound
    return group_by_bundle(request.user, bundle_of(key), _ALL)
