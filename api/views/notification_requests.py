"""Of whom one wants to hear: the policy, and what waits of strangers. A request has the id of its person."""

from collections.abc import Mapping

from django.http import HttpResponse
from rest_framework import serializers

from accounts.actions import update_privacy
from accounts.models import User
from accounts.queries import person_by_id
from api.answers import answer
from api.authentication import ApiRequest
from api.described import Page, takes
from api.inputs.fields import Flag, Id, Input, Many
from api.inputs.profile import privacy_of
from api.paging import links, window_of
from api.shapes.notifications import first_policy, policy, requests
from notifications.actions import accept_people, dismiss_request, set_policy
from notifications.models import NotificationPolicy
from notifications.queries import (
    policy_of,
    request_of,
    requests_count,
    requests_page,
    waiting_count,
    waiting_of,
)

_PAGE, _PAGE_MOST = 40, 80
Choice = NotificationPolicy.Choice


class _RequestsInput(Input):
    id = Many(child=Id())


class _StrangersInput(Input):
    for_not_following = serializers.ChoiceField(Choice.values, required=False)
    for_not_followers = serializers.ChoiceField(Choice.values, required=False)
    for_new_accounts = serializers.ChoiceField(Choice.values, required=False)
    for_limited_accounts = serializers.ChoiceField(Choice.values, required=False)
    for_private_mentions = serializers.ChoiceField(
        Choice.values, required=False, help_text="drop takes messages of people one follows alone."
    )


class _StrangersOfOldInput(Input):
    filter_not_following = Flag(required=False)
    filter_not_followers = Flag(required=False)
    filter_new_accounts = Flag(required=False)


@takes(Page)
def index(request: ApiRequest) -> HttpResponse:
    """Of whom something waits, the latest first."""
    window = window_of(request, _PAGE, _PAGE_MOST)
    rows = requests_page(request.user, window)
    headers = links(request, [row.newest_id for row in rows], window)
    return answer(requests(rows, request.user), headers=headers)


def show(request: ApiRequest, request_id: int) -> HttpResponse:
    """What waits of one person."""
    return answer(requests([request_of(request.user, request_id)], request.user)[0])


def accept(request: ApiRequest, request_id: int) -> HttpResponse:
    """Hear of that person from now on, and of what waited."""
    request_of(request.user, request_id)
    accept_people(request.user, [request_id])
    return answer({})


def dismiss(request: ApiRequest, request_id: int) -> HttpResponse:
    """Remove what waited of that person."""
    request_of(request.user, request_id)
    dismiss_request(request.user, person_by_id(request_id, request.user))
    return answer({})


@takes(_RequestsInput)
def accept_many(request: ApiRequest) -> HttpResponse:
    """The same for several; those of whom nothing waits are left out."""
    accept_people(request.user, _waiting(request))
    return answer({})


@takes(_RequestsInput)
def dismiss_many(request: ApiRequest) -> HttpResponse:
    """The same for several; those of whom nothing waits are left out."""
    for person in User.objects.in_bulk(_waiting(request)).values():
        dismiss_request(request.user, person)
    return answer({})


def merged(request: ApiRequest) -> HttpResponse:
    """Whether what was accepted stands among the others: it does at once."""
    return answer({"merged": True})


def show_policy(request: ApiRequest) -> HttpResponse:
    """What one wishes about strangers."""
    owner = User.objects.get(pk=request.user.pk)
    return answer(policy(policy_of(owner), owner, *_counts(owner)))


@takes(_StrangersInput)
def update_policy(request: ApiRequest) -> HttpResponse:
    """Wish otherwise; what is not sent stays."""
    wishes = _StrangersInput.read_sent(request)
    if messages := wishes.pop("for_private_mentions", ""):
        _take_messages(User.objects.get(pk=request.user.pk), messages)
    _wish(request.user, wishes)
    return show_policy(request)


def show_first_policy(request: ApiRequest) -> HttpResponse:
    """The older form: yes or no."""
    return answer(first_policy(policy_of(request.user), *_counts(request.user)))


@takes(_StrangersOfOldInput)
def update_first_policy(request: ApiRequest) -> HttpResponse:
    """The older form. A yes lets wait; it does not soften what is dropped."""
    present = policy_of(request.user)
    wishes = {}
    for name, is_kept_apart in _StrangersOfOldInput.read_sent(request).items():
        ours = name.replace("filter_", "for_", 1)
        if is_kept_apart != (getattr(present, ours) != Choice.ACCEPT):
            wishes[ours] = Choice.FILTER if is_kept_apart else Choice.ACCEPT
    _wish(request.user, wishes)
    return show_first_policy(request)


def _wish(owner: User, wishes: Mapping[str, str]) -> None:
    present = policy_of(owner)
    set_policy(owner, {**{name: getattr(present, name) for name in NotificationPolicy.WISHES}, **wishes})


def _take_messages(owner: User, wish: str) -> None:
    """Messages of strangers wait in any case, unless they are not taken at all."""
    takes_from = User.MessagesFrom.FOLLOWED if wish == Choice.DROP else User.MessagesFrom.EVERYONE
    update_privacy(owner, **{**privacy_of(owner), "messages_from": takes_from})


def _counts(person: User) -> tuple[int, int]:
    return requests_count(person), waiting_count(person)


def _waiting(request: ApiRequest) -> list[int]:
    return waiting_of(request.user, _RequestsInput.read(request)["id"])
