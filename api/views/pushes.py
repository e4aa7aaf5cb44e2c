"""Being told while the app is closed: one subscription for each token."""

from typing import cast

from django.conf import settings
from django.http import HttpResponse

from api.answers import answer
from api.authentication import ApiRequest
from api.described import takes
from api.inputs.pushes import ChooseInput, SubscribeInput, wishes
from api.shapes.pushes import subscription
from clients.queries import Access
from common.errors import NotFound
from common.sealing import seal
from notifications.actions import choose_pushes, subscribe, unsubscribe
from notifications.models import PushSubscription
from notifications.queries import subscription_of


@takes(SubscribeInput)
def create(request: ApiRequest) -> HttpResponse:
    """Tell this app there from now on, instead of where it was told before."""
    if not settings.VAPID_PRIVATE_KEY:
        raise NotFound
    sent = SubscribeInput.read(request)
    where, (kinds, policy) = sent["subscription"], wishes(sent)
    row = PushSubscription(
        token_id=_token_id(request),
        owner=request.user,
        endpoint=where["endpoint"],
        public_key=where["keys"]["p256dh"],
        secret=where["keys"]["auth"],
        is_standard=where["standard"],
        kinds=sorted(kinds),
        policy=policy,
        sealed_token=seal(request.META["HTTP_AUTHORIZATION"].partition(" ")[2].strip()),
    )
    return answer(subscription(subscribe(row)))


def show(request: ApiRequest) -> HttpResponse:
    """Where this app is told, and of what."""
    return answer(subscription(subscription_of(_token_id(request))))


@takes(ChooseInput)
def update(request: ApiRequest) -> HttpResponse:
    """Of what it wants to be told."""
    row = subscription_of(_token_id(request))
    choose_pushes(row, *wishes(ChooseInput.read(request)))
    return answer(subscription(row))


def delete(request: ApiRequest) -> HttpResponse:
    """Tell it no more."""
    unsubscribe(token_id=_token_id(request))
    return answer({})


def _token_id(request: ApiRequest) -> int:
    return cast(Access, request.auth).token_id
